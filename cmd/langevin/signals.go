//go:build !js && !plan9

package main

import (
	"os"
	"syscall"
)

var stopping = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}

// signalCode is the exit code of a process that a signal has ended.
func signalCode(s os.Signal) int {
	const signalled = 128
	if n, ok := s.(syscall.Signal); ok {
		return signalled + int(n)
	}
	return exitError
}
