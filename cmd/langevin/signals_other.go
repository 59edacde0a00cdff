//go:build js || wasip1 || plan9

package main

import "os"

// stopping has no signals: WebAssembly has none, and asking which are ignored panics there. On Plan 9 a note
// ends the process.
var stopping []os.Signal

func ignored(os.Signal) bool { return false }

// signalCode is the exit code of a process that a signal has ended.
func signalCode(os.Signal) int { return exitError }

// ignoreBrokenPipes does nothing: such a pipe is an error here.
func ignoreBrokenPipes() {}
