package oserror

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCause(t *testing.T) {
	dir := t.TempDir()
	_, open := os.Open(filepath.Join(dir, "none"))
	rename := os.Rename(filepath.Join(dir, "none"), filepath.Join(dir, "other"))
	for _, err := range []error{open, rename, fmt.Errorf("around: %w", open)} {
		got := Cause(err)
		if !errors.Is(got, os.ErrNotExist) || strings.Contains(got.Error(), dir) {
			t.Errorf("of %q the cause is %q", err, got)
		}
	}
	if other := errors.New("other"); Cause(other) != other {
		t.Errorf("of %q the cause is %q", other, Cause(other))
	}
}
