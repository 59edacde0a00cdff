// Package oserror takes apart errors of package os.
package oserror

import (
	"errors"
	"io/fs"
	"os"
)

// Cause returns an error without operation and file names, where package os has put them around it. Messages
// name a file as their reader knows it.
func Cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
