//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package kernels

// involuntarySwitches is 0 where the system does not tell how often it has taken a core away.
func involuntarySwitches() int64 { return 0 }
