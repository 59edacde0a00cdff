package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/atomicfile"
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
				return usage("cannot write %s: it is the same file as %s, and two results need two files", path, other)
			}
		}
	}
	return nil
}

// checkApart returns an error if an output would take the place of a file that is read. The input may be the
// name of a data set.
func checkApart(input string, outputs ...string) error {
	if input == "" || slices.Contains(dataset.Names(), input) {
		return nil
	}
	for _, output := range outputs {
		if output != "" && sameFile(output, input) {
			return usage("cannot write %s: it is %s, which is read", output, input)
		}
	}
	return nil
}

// checkOutput returns an error if a file cannot be written.
func checkOutput(path string) error {
	if path == "-" {
		return usage("cannot write to the standard output: name a file; ./- is one of that name")
	}
	dir := filepath.Dir(path)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot write %s: there is no directory %s", path, dir)
	}
	return atomicfile.Check(path)
}

// checkModelName returns an error for a name whose ending tells of something else than a model file.
func checkModelName(path string) error {
	others := []string{".png", ".svg", ".gif", ".json", ".gz", ".pt", ".pth", ".ckpt", ".onnx", ".h5", ".pkl"}
	ending := strings.ToLower(filepath.Ext(path))
	if slices.Contains(others, ending) || dataset.CheckWrite(path, []int{1}) == nil {
		return usage("cannot write %s: a model is a safetensors file, and not what ends in %s: end the name in .safetensors", path, ending)
	}
	return nil
}

// checkFormat returns an error for a name whose ending is not that of a file of rows of the shape.
func checkFormat(path string, shape []int) error {
	if err := dataset.CheckWrite(path, shape); err != nil {
		return usageError{err}
	}
	return nil
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

// checkRows returns an error unless rows of a model's data can be written to a file of that name, and drawn
// writeText replaces a file, whole.
func writeText(path string, text []byte) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
