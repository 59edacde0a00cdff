package main

import (
	"errors"
	"fmt"

	"github.com/alecthomas/kong"
)

// Exit codes. A command that a signal ends returns 128 and the signal's number, as shells do.
const (
	exitError = 1
	exitUsage = 2
)

// exitCodes is what the help says of them.
const exitCodes = "Exit codes: 0 success, 1 an error, 2 a wrong command line, 129, 130 and 143 stopped by SIGHUP, SIGINT and SIGTERM."

// usageError is the error of a command line that cannot be meant, whatever the files have in them.
type usageError struct{ error }

// Unwrap returns the error itself.
func (e usageError) Unwrap() error { return e.error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// report prints an error as one sentence and returns the exit code.
func (c *console) report(err error, command string) int {
	c.endProgress()
	var wrong usageError
	var parse *kong.ParseError
	var stop *stopped
	var file settingsError
	switch {
	case errors.As(err, &file):
	case errors.As(err, &parse), errors.As(err, &wrong):
		fmt.Fprintf(c.warn, "langevin: %v (see langevin%s --help)\n", err, command)
		return exitUsage
	case errors.As(err, &stop):
		fmt.Fprintf(c.warn, "langevin: %v\n", err)
		return signalCode(stop.signal)
	}
	fmt.Fprintf(c.warn, "langevin: %v\n", err)
	return exitError
}

// selected returns the command that a wrong command line is of, after a space, or nothing where it names none.
func selected(err error) string {
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil && parse.Context.Selected() != nil {
		return " " + parse.Context.Selected().Name
	}
	return ""
}
