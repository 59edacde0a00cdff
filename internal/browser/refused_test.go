package browser

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What the page says of data, and whether it waits for some.
const (
	saysOfData = `document.querySelector("[data-error-for=data]:not([hidden])")?.textContent`
	isBusy     = `document.querySelector("#data").getAttribute("aria-busy") == "true"`
)

// TestEmptyFile: an empty file is refused by a sentence of what is wrong with it.
func TestEmptyFile(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	for _, name := range []string{"empty.csv", "empty.npy", "empty.safetensors"} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		p.drop("#drop", path)
		p.wait(5*time.Second, `/`+name+`/.test(`+saysOfData+`) && !(`+isBusy+`)`)
		t.Log(value[string](p, saysOfData))
	}
}

// TestLostWithData: where the connection is lost while data are on their way, the page says that they are to be chosen
// again, and does not take what comes later for them.
func TestLostWithData(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	path := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(path, []byte("a,b\n"+strings.Repeat("1,2\n2,1\n", 100)), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	p.drop("#drop", path)
	p.wait(5*time.Second, isBusy)
	s.kill()
	p.wait(5*time.Second, `/choose them again/.test(`+saysOfData+`) && !(`+isBusy+`)`)
}
