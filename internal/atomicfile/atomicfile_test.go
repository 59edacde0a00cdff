package atomicfile

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func content(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// check fails the test unless the file at path holds want.
func check(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s holds %.40q, want %.40q", path, got, want)
	}
}

// checkNames fails the test unless the directory holds exactly these files, which come sorted.
func checkNames(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("directory holds %q, want %q", got, want)
	}
}

// checkError fails the test unless the error says all of wants and nothing of the temporary file.
func checkError(t *testing.T, err error, wants ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range wants {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q does not say %q", err, want)
		}
	}
	if strings.Contains(err.Error(), ".tmp") {
		t.Errorf("error %q names the temporary file", err)
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	long := strings.Repeat("0123456789", 100_000)
	for _, want := range []string{"first", "second", "", long, "short"} {
		if err := Write(path, content(want)); err != nil {
			t.Fatal(err)
		}
		check(t, path, want)
		checkNames(t, dir, "a")
	}
}

func TestWriteRelative(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := Write("a", content("x")); err != nil {
		t.Fatal(err)
	}
	check(t, "a", "x")
	checkNames(t, ".", "a")
}

func TestWriteLongestName(t *testing.T) {
	path := filepath.Join(t.TempDir(), strings.Repeat("n", 255))
	if err := os.WriteFile(path, nil, 0o666); err != nil {
		t.Skip("names of 255 bytes do not work here:", err)
	}
	if err := Write(path, content("x")); err != nil {
		t.Fatal(err)
	}
	check(t, path, "x")
}

func TestCallbackFails(t *testing.T) {
	dir := t.TempDir()
	failure := errors.New("no more numbers")
	failing := func(w io.Writer) error {
		w.Write(bytes.Repeat([]byte("new"), 100_000))
		return failure
	}
	path := filepath.Join(dir, "a")
	err := Write(path, failing)
	checkError(t, err, "cannot write "+path, "no more numbers")
	if !errors.Is(err, failure) {
		t.Errorf("error %v does not wrap the one of the callback", err)
	}
	checkNames(t, dir)

	if err := Write(path, content("old")); err != nil {
		t.Fatal(err)
	}
	checkError(t, Write(path, failing), path)
	check(t, path, "old")
	checkNames(t, dir, "a")
}

func TestCallbackPanics(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := Write(path, content("old")); err != nil {
		t.Fatal(err)
	}
	func() {
		defer func() {
			if r := recover(); r != "stop" {
				t.Errorf("recovered %v, want the panic of the callback", r)
			}
		}()
		Write(path, func(w io.Writer) error {
			w.Write([]byte("new"))
			panic("stop")
		})
	}()
	check(t, path, "old")
	checkNames(t, dir, "a")
}

// A write that fails must fail Write even where the callback drops the error.
func TestFailedWriteIsNotLost(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := Write(path, content("old")); err != nil {
		t.Fatal(err)
	}
	var seen error
	err := Write(path, func(w io.Writer) error {
		breakWriter(t, w)
		_, seen = w.Write(make([]byte, 1<<20))
		return nil
	})
	checkError(t, seen)
	checkError(t, err, "cannot write "+path)
	check(t, path, "old")
	checkNames(t, dir, "a")
}

// breakWriter makes the writes that follow fail, as a full disk does.
func breakWriter(t *testing.T, w io.Writer) {
	t.Helper()
	b, ok := w.(*bufio.Writer)
	if !ok {
		t.Fatalf("the callback got a %T, want a *bufio.Writer", w)
	}
	f, err := os.Open(os.Args[0])
	if err != nil {
		t.Skip(err)
	}
	f.Close()
	b.Reset(writer{f})
}

func TestImpossiblePaths(t *testing.T) {
	dir := t.TempDir()
	sub := filepath.Join(dir, "sub")
	file := filepath.Join(dir, "file")
	if err := os.Mkdir(sub, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := Write(file, content("old")); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, path string
		wants      []string
	}{
		{"empty path", "", []string{"the path is empty"}},
		{"directory", sub, []string{sub, "it is a directory"}},
		{"missing parent", filepath.Join(dir, "none", "a"), []string{
			filepath.Join(dir, "none", "a"), "directory " + filepath.Join(dir, "none")}},
		{"missing parent, trailing separator", filepath.Join(dir, "none") + string(filepath.Separator), []string{
			filepath.Join(dir, "none")}},
		{"parent is a file", filepath.Join(file, "a"), []string{filepath.Join(file, "a")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			called := false
			err := Write(test.path, func(io.Writer) error {
				called = true
				return nil
			})
			checkError(t, err, append(test.wants, "cannot write ")...)
			if called {
				t.Error("callback ran for a path that cannot be written")
			}
			if test.name == "missing parent" && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("error %v is not fs.ErrNotExist", err)
			}
		})
	}
	checkNames(t, dir, "file", "sub")
	checkNames(t, sub)
	check(t, file, "old")
}

// The special file is a socket of the test's own: a device of the system would be lost if the check were.
func TestSpecialFileIsNotReplaced(t *testing.T) {
	t.Chdir(t.TempDir()) // A relative path stays within the short limit for sockets.
	l, err := net.Listen("unix", "socket")
	if err != nil {
		t.Skip("no sockets here:", err)
	}
	defer l.Close()
	if info, err := os.Lstat("socket"); err != nil || info.Mode()&fs.ModeSocket == 0 {
		t.Skip("sockets are no files here")
	}
	checkError(t, Write("socket", content("x")), "socket", "it is not a regular file")
	checkNames(t, ".", "socket")
	if info, err := os.Lstat("socket"); err != nil || info.Mode()&fs.ModeSocket == 0 {
		t.Errorf("the socket is gone: %v, %v", info, err)
	}
}

func TestPermissions(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("permissions do not bind this user")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := Write(path, content("old")); err != nil {
		t.Fatal(err)
	}

	t.Run("read-only file", func(t *testing.T) {
		if err := os.Chmod(path, 0o444); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(path, 0o666)
		err := Write(path, content("new"))
		checkError(t, err, path)
		if !errors.Is(err, fs.ErrPermission) {
			t.Errorf("error %v is not fs.ErrPermission", err)
		}
	})
	t.Run("unwritable directory", func(t *testing.T) {
		if err := os.Chmod(dir, 0o555); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(dir, 0o777)
		for _, p := range []string{path, filepath.Join(dir, "b")} {
			err := Write(p, content("new"))
			checkError(t, err, p, "directory "+dir)
			if !errors.Is(err, fs.ErrPermission) {
				t.Errorf("error %v is not fs.ErrPermission", err)
			}
		}
	})
	t.Run("unreadable directory", func(t *testing.T) {
		if err := os.Chmod(dir, 0o333); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(dir, 0o777)
		if err := Write(filepath.Join(dir, "b"), content("new")); err != nil {
			t.Error(err)
		}
	})
	check(t, path, "old")
	checkNames(t, dir, "a", "b")
}

func TestMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no mode here")
	}
	dir := t.TempDir()
	mode := func(name string) fs.FileMode {
		t.Helper()
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode()
	}

	plain, err := os.Create(filepath.Join(dir, "plain"))
	if err != nil {
		t.Fatal(err)
	}
	plain.Close()
	if err := Write(filepath.Join(dir, "new"), content("x")); err != nil {
		t.Fatal(err)
	}
	if got, want := mode("new"), mode("plain"); got != want {
		t.Errorf("new file has mode %v, want %v like a plain create", got, want)
	}

	// 0666 has bits that the usual umask takes away, 0600 lacks some that it leaves.
	for _, want := range []fs.FileMode{0o600, 0o640, 0o666, 0o777} {
		if err := os.Chmod(filepath.Join(dir, "new"), want); err != nil {
			t.Fatal(err)
		}
		if err := Write(filepath.Join(dir, "new"), content("y")); err != nil {
			t.Fatal(err)
		}
		if got := mode("new"); got != want {
			t.Errorf("overwritten file has mode %v, want %v kept", got, want)
		}
	}
}

func TestSymbolicLink(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "far"), 0o777); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(dir, "far", "a")
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join("far", "a"), link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	checkError(t, Write(link, content("x")), link, "the symbolic link leads to no file")

	if err := Write(target, content("old")); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, content("new")); err != nil {
		t.Fatal(err)
	}
	check(t, target, "new")
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	checkNames(t, dir, "far", "link")
	checkNames(t, filepath.Join(dir, "far"), "a")
}
