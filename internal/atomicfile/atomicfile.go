// Package atomicfile replaces files whole: whoever opens the path sees the old content or the new one, never a part,
// whatever interrupts the writing.
package atomicfile

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/seed964deb49/langevin/internal/fault"
	"github.com/seed964deb49/langevin/internal/oserror"
)

// Write makes what the callback writes the content of the file at path, which need not exist. A new file gets the
// mode that os.Create would give it, an existing one keeps its own. A symbolic link stays one: the file that it
// points to is replaced.
//
// When the callback or anything else fails or panics, a file at path is left as it was and no other file remains.
// Only an error of the last step, which makes the directory entry survive a power failure, comes after the new
// content is in place.
func Write(path string, write func(w io.Writer) error) error {
	if err := replace(path, write); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}

// Scratch makes a file in a directory for as long as use takes, which may read it by its path. Its content is
// what write writes.
func Scratch(directory string, write func(w io.Writer) error, use func(path string) error) error {
	f, err := create(directory, nil)
	if err != nil {
		return err
	}
	defer func() {
		f.Close()
		os.Remove(f.Name())
		underWay.end(f.Name())
	}()
	if err := fill(f, write); err != nil {
		return fmt.Errorf("cannot write a temporary file in %s: %w", directory, err)
	}
	return use(f.Name())
}

// fill writes what the callback writes to a file, in blocks.
func fill(f *os.File, write func(w io.Writer) error) error {
	buffered := bufio.NewWriterSize(writer{f}, 1<<16)
	if err := write(buffered); err != nil {
		return err
	}
	return buffered.Flush()
}

func replace(path string, write func(w io.Writer) error) error {
	if path == "" {
		return errors.New("the path is empty")
	}
	path, old, err := resolve(path)
	if err != nil {
		return err
	}
	// In the same directory, because a rename is atomic only within a file system.
	f, err := create(filepath.Dir(path), old)
	if err != nil {
		return err
	}
	placed := false
	defer func() {
		if !placed {
			f.Close()
			os.Remove(f.Name())
		}
		underWay.end(f.Name())
	}()
	if err := fill(f, write); err != nil {
		return err
	}
	if err := fault.Do(fault.Sync, f.Sync); err != nil {
		return oserror.Cause(err)
	}
	if err := cmp.Or(fault.Before(fault.Close), f.Close()); err != nil {
		return oserror.Cause(err)
	}
	if err := underWay.place(f.Name(), path); err != nil {
		return oserror.Cause(err)
	}
	placed = true
	return syncDirectory(filepath.Dir(path))
}

// resolve returns the file to replace, behind any symbolic link, and its description, which is nil for a new file.
// It fails where opening the file for writing in place would, as a rename goes past a file's own permissions.
func resolve(path string) (string, fs.FileInfo, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil, nil
	}
	if err != nil {
		return "", nil, oserror.Cause(err)
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		target, err := filepath.EvalSymlinks(path)
		if err != nil {
			return "", nil, fmt.Errorf("the symbolic link leads to no file: %w", oserror.Cause(err))
		}
		path = target
		if info, err = os.Lstat(path); err != nil {
			return "", nil, oserror.Cause(err)
		}
	}
	if info.IsDir() {
		return "", nil, errors.New("it is a directory")
	}
	if !info.Mode().IsRegular() {
		return "", nil, errors.New("it is not a regular file")
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return "", nil, oserror.Cause(err)
	}
	return path, info, oserror.Cause(f.Close())
}

// create opens a new temporary file, which is noted, with the mode of old or, without one, that of a plain
// create. Whoever removes it or moves it to its place calls underWay.end. It leaves the umask to the system, which os.CreateTemp cannot: its files are always private.
func create(directory string, old fs.FileInfo) (*os.File, error) {
	mode := fs.FileMode(0o666)
	if old != nil {
		mode = old.Mode().Perm()
	}
	for {
		name := filepath.Join(directory, fmt.Sprintf(".langevin-%016x.tmp", rand.Uint64()))
		f, err := underWay.create(name, mode)
		switch {
		case errors.Is(err, fs.ErrExist):
			continue
		case errors.Is(err, errAbandoned):
			return nil, err
		case err != nil:
			return nil, fmt.Errorf("cannot create a file in directory %s: %w", directory, oserror.Cause(err))
		}
		if old == nil {
			return f, nil
		}
		if err := setMode(f, mode); err != nil {
			f.Close()
			os.Remove(name)
			underWay.end(name)
			return nil, err
		}
		return f, nil
	}
}

// setMode undoes what the umask took from the mode. It changes nothing that is right already, as some file systems
// refuse every change.
func setMode(f *os.File, mode fs.FileMode) error {
	info, err := f.Stat()
	if err != nil {
		return oserror.Cause(err)
	}
	if info.Mode().Perm() == mode {
		return nil
	}
	if err := fault.Do(fault.Mode, func() error { return f.Chmod(mode) }); err != nil {
		return fmt.Errorf("cannot keep its mode %v: %w", mode, oserror.Cause(err))
	}
	return nil
}

// syncDirectory makes a rename durable where the system lets a directory be synced.
func syncDirectory(directory string) error {
	switch runtime.GOOS {
	case "windows", "plan9", "js", "wasip1":
		return nil
	}
	d, err := os.Open(directory)
	if failure := fault.Before(fault.SyncDir); failure != nil && err == nil {
		d.Close()
		err = failure
	}
	if errors.Is(err, fs.ErrPermission) {
		return nil // A directory may be writable without being readable.
	}
	if err == nil {
		err = d.Sync()
		d.Close()
	}
	if err == nil || errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return fmt.Errorf("the file is written, but may be lost in a power failure: cannot sync directory %s: %w",
		directory, oserror.Cause(err))
}

// writer hides the name of the temporary file from the errors that reach the callback.
type writer struct{ f *os.File }

func (w writer) Write(p []byte) (int, error) {
	n, err := fault.WriteTo(w.f, p)
	return n, oserror.Cause(err)
}
