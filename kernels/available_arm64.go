//go:build !purego

package kernels

// available lists the implementations that this machine runs, fastest first: NEON is part of every arm64.
var available = []backend{neon, generic}
