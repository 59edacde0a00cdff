// Command build makes the static folder of the page, with the engine compiled to WebAssembly:
//
//	go run ./internal/wasm/build -out wasm
//
// Any server of files can serve the folder, under any path.
package main

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/seed964deb49/langevin/internal/page"
)

//go:embed worker-main.js
var workerMain []byte

// engine is the package that is compiled.
const engine = "github.com/seed964deb49/langevin/internal/wasm"

func main() {
	out := flag.String("out", "wasm", "the folder to make; what is there gives way when the new one is whole")
	flag.Parse()
	if err := build(*out); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

// build makes the folder beside its place, and then moves it there.
func build(out string) (err error) {
	parent := filepath.Dir(filepath.Clean(out))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	if err := replaceable(out); err != nil {
		return err
	}
	made, err := os.MkdirTemp(parent, ".wasm-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(made)) }()
	folder, before := filepath.Join(made, "new"), filepath.Join(made, "old")
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	for _, make := range []func(folder string) error{copyPage, copyRunner, compile, compress} {
		if err := make(folder); err != nil {
			return err
		}
	}
	if err := os.Rename(out, before); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Rename(folder, out)
}

// replaceable returns an error where something else than such a folder is in its place.
func replaceable(out string) error {
	entries, err := os.ReadDir(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) == 0:
		return nil
	}
	if _, err := os.Stat(filepath.Join(out, "langevin.wasm")); err != nil {
		return fmt.Errorf("%s has other files and no langevin.wasm: choose another -out, or remove it", out)
	}
	return nil
}

// The tag that says how the page talks with the engine, as langevin serve and as the folder have it.
const (
	socketTag = `<meta name="langevin-transport" content="socket">`
	workerTag = `<meta name="langevin-transport" content="worker">`
)

// copyPage copies the files of the page.
func copyPage(folder string) error {
	files := page.Files()
	index, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return err
	}
	if n := bytes.Count(index, []byte(socketTag)); n != 1 {
		return fmt.Errorf("index.html has %d times %s: want one", n, socketTag)
	}
	if err := os.CopyFS(folder, files); err != nil {
		return err
	}
	index = bytes.Replace(index, []byte(socketTag), []byte(workerTag), 1)
	if err := os.WriteFile(filepath.Join(folder, "index.html"), index, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "worker-main.js"), workerMain, 0o644)
}

// copyRunner copies what runs Go's programs in a browser, with its licence.
func copyRunner(folder string) error {
	text, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("go env GOROOT: %w", err)
	}
	root := strings.TrimSpace(string(text))
	for to, from := range map[string]string{
		"wasm_exec.js": "lib/wasm/wasm_exec.js", "wasm_exec.LICENSE.txt": "LICENSE",
	} {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(from)))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, to), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compile compiles the engine.
func compile(folder string) error {
	c := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(folder, "langevin.wasm"), engine)
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("go build %s: %w", engine, err)
	}
	return nil
}

// compress writes the engine compressed beside it, for servers that do not compress.
func compress(folder string) error {
	name := filepath.Join(folder, "langevin.wasm")
	program, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(program); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	fmt.Printf("langevin.wasm %.1f MB, %.1f MB compressed\n", float64(len(program))/1e6, float64(packed.Len())/1e6)
	if err := os.Chmod(name, 0o644); err != nil { // it is no program of this machine
		return err
	}
	return os.WriteFile(name+".gz", packed.Bytes(), 0o644)
}
