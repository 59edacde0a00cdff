package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/atomicfile"
	"github.com/seed964deb49/langevin/smld"
)

// checkOutputs returns an error if one of the files cannot be written, or if two of them are one, before the work that would
// fill them. An empty path is no output.
func checkOutputs(paths ...string) error {
	for i, path := range paths {
		if path == "" {
			continue
		}
		if err := checkOutput(path); err != nil {
			return err
		}
		for _, other := range paths[:i] {
			if other != "" && sameFile(path, other) {
				return fmt.Errorf("cannot write %s: it is the same file as %s, and two results need two files", path, other)
			}
		}
	}
	return nil
}

// checkApart returns an error if an output would take the place of a file that is read.
func checkApart(input string, outputs ...string) error {
	for _, output := range outputs {
		if output != "" && sameFile(output, input) {
			return fmt.Errorf("cannot write %s: it is %s, which is read", output, input)
		}
	}
	return nil
}

// checkOutput returns an error if a file cannot be written.
func checkOutput(path string) error {
	dir := filepath.Dir(path)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot write %s: there is no directory %s", path, dir)
	}
	return atomicfile.Check(path)
}

// sameFile reports whether two paths are of one file, which need not exist yet.
func sameFile(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	if errA == nil && errB == nil {
		return os.SameFile(infoA, infoB)
	}
	targetA, errA := atomicfile.Target(a)
	targetB, errB := atomicfile.Target(b)
	return errA == nil && errB == nil && targetA == targetB
}

// checkRows returns an error unless rows of a model's data can be written to a file of that name, and drawn where there is to be a picture.
func checkRows(out, picture string, m *smld.Model) error {
	if err := dataset.CheckWrite(out, m.Data.Shape); err != nil {
		return err
	}
	if picture == "" {
		return nil
	}
	return checkPicture(m.Image(), m.Data.Shape)
}
