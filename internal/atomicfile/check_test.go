package atomicfile

import (
	"os"
	"path/filepath"
	"testing"
)

// Check must say what Write says, and leave nothing.
func TestCheck(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := Check(file); err != nil {
		t.Error(err)
	}
	checkNames(t, dir)
	if err := Write(file, content("old")); err != nil {
		t.Fatal(err)
	}
	if err := Check(file); err != nil {
		t.Error(err)
	}
	check(t, file, "old")
	for _, path := range []string{"", dir, dir + string(filepath.Separator), filepath.Join(dir, "none", "a"), filepath.Join(file, "a")} {
		if err := Check(path); err == nil {
			t.Errorf("%q can be written", path)
		}
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join("none", "a"), link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	checkError(t, Check(link), link, "leads to no file")
	checkNames(t, dir, "file", "link")
}
