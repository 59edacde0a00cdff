//go:build js || plan9

package main

import (
	"os"
	"syscall"
)

var stopping = []os.Signal{os.Interrupt, syscall.SIGTERM}

// signalCode is the exit code of a process that a signal has ended.
func signalCode(os.Signal) int { return exitError }

// ignoreBrokenPipes does nothing: such a pipe is an error here.
func ignoreBrokenPipes() {}
