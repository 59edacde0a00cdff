package browser

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// langevin is the command, built once for all tests.
var langevin string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "langevin-browser")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		langevin = filepath.Join(dir, "langevin")
		build := exec.Command("go", "build", "-o", langevin, "./cmd/langevin")
		build.Dir = "../.."
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "cannot build the command: %v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// server is a running langevin serve.
type server struct {
	t       *testing.T
	cmd     *exec.Cmd
	url     string
	address string
	done    chan struct{} // closed when it has ended
	err     error
}

// serve starts langevin serve at an address, and returns when it has printed its URL.
func serve(t *testing.T, address string, flags ...string) *server {
	t.Helper()
	s := &server{t: t, address: address, done: make(chan struct{})}
	s.cmd = exec.Command(langevin, append([]string{"serve", "--listen", address}, flags...)...)
	s.cmd.Dir = t.TempDir()
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.cmd.Stderr = os.Stderr
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	lines := make(chan string, 100)
	go func() {
		scanner := bufio.NewScanner(out)
		for scanner.Scan() {
			lines <- scanner.Text()
		}
		s.err = s.cmd.Wait()
		close(s.done)
	}()
	for {
		select {
		case line := <-lines:
			for _, word := range strings.Fields(line) {
				if strings.HasPrefix(word, "http://") {
					s.url = word
					s.address = strings.Trim(strings.TrimPrefix(word, "http://"), "/")
					return s
				}
			}
		case <-s.done:
			t.Fatalf("langevin serve has ended: %v", s.err)
		case <-time.After(10 * time.Second):
			t.Fatal("langevin serve prints no URL")
		}
	}
}

// kill ends the server as a crash would.
func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	<-s.done
}

// run carries out a command line in a folder, and returns what it prints.
func run(t *testing.T, dir string, line ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, langevin, line...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("langevin %s: %v\n%s", strings.Join(line, " "), err, out)
	}
	return string(out)
}
