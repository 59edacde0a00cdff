package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/seed964deb49/langevin/internal/live"
)

// served is langevin serve in a process of its own.
type served struct {
	t      *testing.T
	cmd    *exec.Cmd
	url    string
	stderr *bytes.Buffer
	begun  time.Time
}

// startServe starts langevin serve on a free port in a folder.
func startServe(t *testing.T, folder string, args ...string) *served {
	t.Helper()
	if testing.Short() || signal.Ignored(os.Interrupt) {
		t.Skip("starts processes")
	}
	s := &served{t: t, stderr: &bytes.Buffer{}}
	s.cmd = process(t, s.stderr, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	s.cmd.Dir = folder
	s.cmd.Env = append(s.cmd.Env, "TMPDIR="+folder, "HOME="+folder)
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.begun = time.Now()
	if err := s.cmd.Start(); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() {
		s.cmd.Process.Kill()
		s.cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err, s.stderr)
	}
	s.url = strings.TrimSpace(line)
	return s
}

func (s *served) address() string {
	return strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/")
}

// open opens a page and says hello.
func (s *served) open() *websocket.Conn {
	s.t.Helper()
	c, _, err := websocket.Dial(s.t.Context(), "ws://"+s.address()+"/live", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	c.SetReadLimit(-1)
	s.ask(c, live.Request{Do: "hello"})
	return c
}

func (s *served) ask(c *websocket.Conn, r live.Request, body ...byte) {
	s.t.Helper()
	message, err := live.Encode(r, body)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := c.Write(s.t.Context(), websocket.MessageBinary, message); err != nil {
		s.t.Fatal(err)
	}
}

// await waits for an event of a kind, and returns its header and its body.
func (s *served) await(c *websocket.Conn, kind string, has string) (header string, body []byte) {
	s.t.Helper()
	ctx, done := context.WithTimeout(s.t.Context(), time.Minute)
	defer done()
	for {
		_, message, err := c.Read(ctx)
		if err != nil {
			s.t.Fatalf("no %s: %v", kind, err)
		}
		text, body, err := live.Split(message)
		if err != nil {
			s.t.Fatal(err)
		}
		var h struct{ Event string }
		if err := json.Unmarshal(text, &h); err != nil {
			s.t.Fatal(err)
		}
		if h.Event == kind && strings.Contains(string(text), has) {
			return string(text), body
		}
	}
}

// TestServeStart: the page can be used within a second of the command's start. Of some starts the fastest
// counts, since other processes may take the cores.
func TestServeStart(t *testing.T) {
	best := time.Hour
	for range 5 {
		s := startServe(t, t.TempDir())
		answer, err := http.Get(s.url)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		first := time.Since(s.begun)
		s.await(s.open(), "hello", "")
		best = min(best, time.Since(s.begun))
		t.Logf("the page after %v, hello after %v", first, time.Since(s.begun))
		s.cmd.Process.Kill()
	}
	if best > time.Second {
		t.Errorf("the page is usable after %v", best)
	}
}

// TestServe: the page is there, trains, and is told when the command ends, which it does within
// a second. The command prints one line, and writes nothing to the disk.
func TestServe(t *testing.T) {
	folder := t.TempDir()
	writeFile(t, filepath.Join(folder, "people.csv"), "height,weight\n"+strings.Repeat("170.5,60\n180,70.5\n", 100))
	s := startServe(t, folder, "--data", "people.csv")
	answer, err := http.Get(s.url)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || answer.StatusCode != 200 || !bytes.Contains(page, []byte(`name="langevin-transport" content="socket"`)) {
		t.Errorf("%v, %v, %.300s", answer, err, page)
	}
	c := s.open()
	hello, _ := s.await(c, "hello", "")
	if !strings.Contains(hello, "people.csv") {
		t.Errorf("hello %s", hello)
	}
	s.ask(c, live.Request{Do: "data", Name: "people.csv"})
	s.await(c, "data", "height")
	s.ask(c, live.Request{Do: "data", Files: []live.Upload{{Name: "up.csv", Size: 12}}}, []byte("1,2\n3,4\n5,6\n")...)
	s.await(c, "data", "up.csv")
	s.ask(c, live.Request{Do: "data", Name: "8gaussians"})
	s.ask(c, live.Request{Do: "train", Settings: &live.Settings{Steps: 100, Batch: 8, Hidden: []int{6}}})
	s.await(c, "state", `"done"`)
	s.ask(c, live.Request{Do: "get", What: "model"})
	s.await(c, "file", "")
	s.ask(c, live.Request{Do: "watch", Watch: &live.Watch{A: &live.Drawing{Sampler: "heun", N: 20, Seed: 1}}})
	s.await(c, "drawn", "")
	for _, format := range []string{"npy", "png"} {
		s.ask(c, live.Request{Do: "get", What: "samples", Of: "a", Format: format})
		_, body := s.await(c, "file", format)
		if len(body) == 0 {
			t.Errorf("no samples as %s", format)
		}
	}
	s.ask(c, live.Request{Do: "train", Settings: &live.Settings{Steps: 1_000_000, Batch: 8, Hidden: []int{6}}})
	s.await(c, "state", `"training"`)
	sent := time.Now()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, _, err = c.Read(t.Context())
	}
	if code := websocket.CloseStatus(err); code != websocket.StatusGoingAway {
		t.Errorf("the page sees %v", err)
	}
	s.cmd.Wait()
	if took := time.Since(sent); took > time.Second {
		t.Errorf("the command ends after %v", took)
	}
	if code := s.cmd.ProcessState.ExitCode(); code != 143 || s.stderr.String() != "langevin: stopped by a signal (terminated)\n" {
		t.Errorf("code %d, stderr %q", code, s.stderr)
	}
	fs.WalkDir(os.DirFS(folder), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() && path != "people.csv" {
			t.Errorf("there is %s, %v", path, err)
		}
		return nil
	})
}

// TestServeErrors: what cannot be served is an error before anything is.
func TestServeErrors(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		args, token string
		code        int
		want        string
	}{
		{"--listen " + taken.Addr().String(), "", exitError, "cannot listen on " + taken.Addr().String()},
		{"--listen 8080", "", exitUsage, "want an address and a port, such as 127.0.0.1:8080"},
		{"--data " + filepath.Join(t.TempDir(), "none.csv"), "", exitError, "cannot offer the data of --data"},
		{"--sessions 0", "", exitUsage, "want 1 to 32"},
		{"--sessions 33", "", exitUsage, "want 1 to 32"},
		{"--grace=-1s", "", exitUsage, "--grace -1s: want no less than 0s"},
		{"", "short", exitUsage, "LANGEVIN_TOKEN is no token"},
		{"", "a+token/with=signs&more", exitUsage, "LANGEVIN_TOKEN is no token"},
	} {
		t.Setenv("LANGEVIN_TOKEN", c.token)
		var out, stderr bytes.Buffer
		if code := run(append([]string{"serve"}, strings.Fields(c.args)...), &out, &stderr); code != c.code ||
			!strings.Contains(stderr.String(), c.want) || strings.Count(stderr.String(), "\n") != 1 || out.Len() > 0 {
			t.Errorf("serve %s: code %d, %s%s", c.args, code, &out, &stderr)
		}
	}
}

// TestServeAddress: without --listen another port is taken where the usual one is, and elsewhere than on
// loopback, for a name, and where it is wished, there is a token.
func TestServeAddress(t *testing.T) {
	if usual, err := net.Listen("tcp", usualAddress); err == nil {
		defer usual.Close()
	}
	const chosen = "abcdefghijklmnop"
	for _, c := range []struct{ args, token, url, note string }{
		{"", "", `^http://127\.0\.0\.1:\d+/\n$`, "Port 8080 is taken"},
		{"--quiet", "", `^http://127\.0\.0\.1:\d+/\n$`, ""},
		{"--listen 127.0.0.1:0 --token", "", `^http://127\.0\.0\.1:\d+/\?token=[A-Z2-7]{26}\n$`, ""},
		{"--listen 127.0.0.1:0", chosen, `^http://127\.0\.0\.1:\d+/\?token=` + chosen + `\n$`, ""},
		{"--listen 127.0.0.1:0 --host page.example", "", `^http://127\.0\.0\.1:\d+/\?token=\w{26}\n$`, ""},
		{"--listen 0.0.0.0:0", "", `^http://[\d.]+:\d+/\?token=\w{26}\n$`, "Traffic is not encrypted"},
		{"--listen :0 --host page.example", "", `^http://page\.example:\d+/\?token=\w{26}\n$`, "Traffic is not encrypted"},
	} {
		t.Setenv("LANGEVIN_TOKEN", c.token)
		line, err := newParser(&commands{}, io.Discard, io.Discard).Parse(append([]string{"serve"}, strings.Fields(c.args)...))
		if err != nil {
			t.Fatal(err)
		}
		ctx, end := context.WithCancelCause(t.Context())
		var out, log bytes.Buffer
		console := &console{ctx: ctx, out: &until{&out, func() { end(&stopped{os.Interrupt}) }}, log: &log, warn: io.Discard}
		if strings.Contains(c.args, "quiet") {
			console.log = io.Discard
		}
		if err := line.Run(console); err == nil || err.Error() != "stopped by a signal (interrupt)" {
			t.Errorf("serve %s: %v", c.args, err)
		}
		if !regexp.MustCompile(c.url).MatchString(out.String()) || !strings.HasPrefix(log.String(), c.note) {
			t.Errorf("serve %s: %q, %q", c.args, &out, &log)
		}
		end(nil)
	}
}

// until is a writer that calls end after the first write.
type until struct {
	io.Writer
	end func()
}

func (u *until) Write(p []byte) (int, error) {
	defer u.end()
	return u.Writer.Write(p)
}

// TestServeBounded: a thousand connections, bodies of gigabytes, the largest messages from many pages at once,
// broken frames and pages that go away leave the command serving, in less than 300 MB.
func TestServeBounded(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("asks Linux for the memory")
	}
	s := startServe(t, t.TempDir(), "--grace", "100ms")
	sized, err := live.Encode(live.Request{Do: "data", Files: []live.Upload{{Name: "x.csv", Size: 60 << 20}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	upload := append(sized, make([]byte, (8-len(sized)%8)%8+60<<20)...)
	var all sync.WaitGroup
	for i := range 1000 {
		all.Go(func() { s.trouble(i, upload) })
	}
	all.Wait()
	for range 20 {
		c, _, err := websocket.Dial(t.Context(), "ws://"+s.address()+"/live", nil)
		if err == nil {
			c.CloseNow()
			break
		}
		time.Sleep(500 * time.Millisecond)
	}
	c := s.open()
	s.await(c, "hello", "")
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes, err := strconv.Atoi(strings.Fields(peak)[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("at most %d MB", kilobytes*1024/1e6)
	if kilobytes*1024 > 300e6 {
		t.Errorf("%d kB were resident, want at most 300 MB", kilobytes)
	}
	if strings.Contains(s.stderr.String(), "panic") {
		t.Error(s.stderr)
	}
}

// trouble is a client of one of the kinds, which leaves after some seconds at most.
func (s *served) trouble(i int, upload []byte) {
	c, err := net.Dial("tcp", s.address())
	if err != nil {
		return
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(3 * time.Second))
	const upgrade = "GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
	hello := "\x82\x92\x00\x00\x00\x00\x0e\x00\x00\x00" + `{"do":"hello"}`
	switch i % 6 {
	case 0:
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: localh")
	case 1:
		io.WriteString(c, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000000\r\n\r\n")
		c.Write(upload)
	case 2:
		io.WriteString(c, upgrade+strings.Repeat("\xff\x00\xfe\x7f", 1000))
	case 3:
		io.WriteString(c, upgrade+hello)
	case 4:
		head := []byte{0x82, 0xff, 0, 0, 0, 0, byte(len(upload) >> 24), byte(len(upload) >> 16), byte(len(upload) >> 8),
			byte(len(upload)), 0, 0, 0, 0}
		io.WriteString(c, upgrade+hello+string(head))
		c.Write(upload)
	}
	io.Copy(io.Discard, c)
}
