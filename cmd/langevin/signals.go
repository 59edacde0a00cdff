//go:build !js && !wasip1 && !plan9

package main

import (
	"os"
	"os/signal"
	"syscall"
)

var stopping = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}

// ignored reports whether the process was started to ignore a signal.
func ignored(s os.Signal) bool { return signal.Ignored(s) }

// signalCode is the exit code of a process that a signal has ended.
func signalCode(s os.Signal) int {
	const signalled = 128
	if n, ok := s.(syscall.Signal); ok {
		return signalled + int(n)
	}
	return exitError
}

// ignoreBrokenPipes makes writing to a pipe that nobody reads an error, where it would end the process.
func ignoreBrokenPipes() { signal.Ignore(syscall.SIGPIPE) }
