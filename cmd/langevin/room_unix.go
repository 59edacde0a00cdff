//go:build linux || darwin

package main

import (
	"math"

	"golang.org/x/sys/unix"
)

// availableRoom asks the system. Where it does not say, nothing stands against writing.
func availableRoom(dir string) float64 {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil || s.Blocks == 0 {
		return math.Inf(1)
	}
	return float64(s.Bavail) * float64(s.Bsize)
}
