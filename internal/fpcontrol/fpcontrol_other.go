//go:build purego || !(amd64 || arm64)

package fpcontrol

const all, control = 0, 0

// Modes are none where there is no program that sets them.
var Modes []Mode

func get() uint32 { return 0 }

func set(uint32) {}
