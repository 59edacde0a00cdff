//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package kernels

import "syscall"

// processUsage returns what this process has had of its cores.
func processUsage() usage {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return usage{}
	}
	return usage{switches: int64(u.Nivcsw), ran: u.Utime.Nano() + u.Stime.Nano()}
}
