package atomicfile

import (
	"errors"
	"io"
	"os"
	"testing"
)

// TestScratch: a file for a while has what is written, and is gone afterwards, whatever happens.
func TestScratch(t *testing.T) {
	dir := t.TempDir()
	broken := errors.New("no more")
	for _, want := range []error{nil, broken} {
		err := Scratch(dir, content("some text"), func(path string) error {
			check(t, path, "some text")
			return want
		})
		if !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
		checkNames(t, dir)
	}
	err := Scratch(dir, func(io.Writer) error { return broken }, func(string) error {
		t.Error("what is not written is used")
		return nil
	})
	if !errors.Is(err, broken) {
		t.Error(err)
	}
	checkNames(t, dir)
	if len(underWay.names) > 0 {
		t.Errorf("%v are under way still", underWay.names)
	}
	if err := Scratch(dir+"/none", content("x"), func(string) error { return nil }); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
