//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package kernels

import "syscall"

// involuntarySwitches returns how often the system has taken a core away from this process.
func involuntarySwitches() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return int64(u.Nivcsw)
}
