package atomicfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestAbandon: writes that are given up leave the old content and no other file, and none begins afterwards.
func TestAbandon(t *testing.T) {
	defer func() { underWay.abandoned = false }()
	dir := t.TempDir()
	path, later := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	if err := os.WriteFile(path, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	begun, done, left := make(chan bool), make(chan bool), make(chan error)
	go func() {
		left <- Write(path, func(w io.Writer) error {
			begun <- true
			<-done
			_, err := io.WriteString(w, "new")
			return err
		})
	}()
	<-begun
	Abandon()
	checkNames(t, dir, "a")
	close(done)
	if err := <-left; !errors.Is(err, errAbandoned) {
		t.Errorf("the write ends in %v", err)
	}
	if err := Write(later, content("x")); !errors.Is(err, errAbandoned) {
		t.Errorf("a write that begins later ends in %v", err)
	}
	checkNames(t, dir, "a")
	check(t, path, "old")
	if len(underWay.names) > 0 {
		t.Errorf("%v are under way still", underWay.names)
	}
}

// TestAbandonedCreate: a temporary file is known as soon as it is there, that of Check too, and afterwards
// there is none.
func TestAbandonedCreate(t *testing.T) {
	defer func() { underWay.abandoned = false }()
	dir := t.TempDir()
	f, err := create(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if !underWay.names[f.Name()] {
		t.Errorf("%s is there and not known", f.Name())
	}
	if err := Check(filepath.Join(dir, "a")); err != nil {
		t.Error(err)
	}
	Abandon()
	checkNames(t, dir)
	underWay.end(f.Name())
	if err := Check(filepath.Join(dir, "a")); !errors.Is(err, errAbandoned) {
		t.Errorf("a check that begins later ends in %v", err)
	}
	checkNames(t, dir)
	if len(underWay.names) > 0 {
		t.Errorf("%v are under way still", underWay.names)
	}
}
