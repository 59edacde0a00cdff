package atomicfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/seed964deb49/langevin/internal/oserror"
)

// Check returns the error that Write to path would meet now, other than a lack of room, and leaves everything as it was. It is
// for the time before the work that makes the content.
func Check(path string) error {
	if err := possible(path); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}

func possible(path string) error {
	if path == "" {
		return errors.New("the path is empty")
	}
	if os.IsPathSeparator(path[len(path)-1]) {
		return errors.New("it is the name of a directory")
	}
	path, old, err := resolve(path)
	if err != nil {
		return err
	}
	f, err := create(filepath.Dir(path), old)
	if err != nil {
		return err
	}
	defer underWay.end(f.Name())
	return oserror.Cause(errors.Join(f.Close(), os.Remove(f.Name())))
}

// Target returns the file that Write to path replaces, behind any symbolic link, as a path that holds in any folder.
func Target(path string) (string, error) {
	target, _, err := resolve(path)
	if err != nil {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(target))
	if err != nil {
		return "", oserror.Cause(err)
	}
	dir, err = filepath.Abs(dir)
	return filepath.Join(dir, filepath.Base(target)), err
}
