package serve

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestHosts: on loopback the server answers to this machine's names on it alone, whatever the port.
func TestHosts(t *testing.T) {
	r := start(t, func(c *Config) { c.Names = []string{"Proxy.example"} }, nil)
	for host, want := range map[string]int{
		r.address.String(): 200, "localhost:1234": 200, "LOCALHOST": 200, "127.0.0.1": 200, "[::1]:80": 200, "[::1]": 200,
		"proxy.example": 200, "evil.example": 403, "evil.example:8080": 403, "localhost.evil.example": 403,
		"127.0.0.1.evil.example": 403, "192.0.2.1": 403, "0.0.0.0": 403, "[::]:80": 403,
	} {
		for _, path := range []string{"/", "/live"} {
			answer, text := r.ask(path, "Host", host)
			if status := answer.StatusCode; (status == 403) != (want == 403) || want == 403 && !answer.Close {
				t.Errorf("Host %s: %d, %s", host, status, text)
			}
		}
		if _, answer, err := r.dial("Host", host); (err == nil) != (want == 200) {
			t.Errorf("WebSocket of Host %s: %v, %v", host, answer, err)
		}
	}
}

// TestHostsElsewhere: on other addresses the server answers to those of this machine and to names it was given.
func TestHostsElsewhere(t *testing.T) {
	r := start(t, func(c *Config) { c.Names = []string{"here.example"} }, func(s *Server) { s.loopback = false })
	for host, want := range map[string]int{
		"127.0.0.1:80": 200, "here.example:80": 200, "localhost": 403, "evil.example": 403, "192.0.2.1": 403,
	} {
		if answer, text := r.ask("/", "Host", host); answer.StatusCode != want {
			t.Errorf("Host %s: %d, %s", host, answer.StatusCode, text)
		}
	}
	if _, answer, err := r.dial(); err == nil || answer.StatusCode != 403 {
		t.Error("a program elsewhere opens a WebSocket without an Origin")
	}
	if _, _, err := r.dial("Origin", "https://"+r.address.String()); err != nil {
		t.Error(err)
	}
}

// TestOrigins: pages of other sites get nothing, neither files nor a WebSocket. A link to the page is followed.
func TestOrigins(t *testing.T) {
	r := start(t, nil, nil)
	own := "http://" + r.address.String()
	link := []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}
	for _, c := range []struct {
		path    string
		want    int
		headers []string
	}{
		{"/", 200, []string{"Origin", own}},
		{"/", 200, []string{"Sec-Fetch-Site", "none"}},
		{"/page.js", 200, []string{"Sec-Fetch-Site", "same-origin"}},
		{"/", 200, link},
		{"/page.js", 403, link},
		{"/live", 403, link},
		{"/", 403, []string{"Sec-Fetch-Site", "cross-site"}},
		{"/", 403, []string{"Sec-Fetch-Site", "same-site"}},
		{"/", 403, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}},
		{"/", 403, []string{"Origin", "http://evil.example"}},
		{"/", 403, []string{"Origin", "null"}},
		{"/", 403, []string{"Origin", "http://127.0.0.1:1"}},
		{"/", 403, []string{"Origin", own, "Origin", "http://evil.example"}},
		{"/live", 426, []string{"Origin", own}},
	} {
		if answer, text := r.ask(c.path, c.headers...); answer.StatusCode != c.want {
			t.Errorf("%s %v: %d, %s", c.path, c.headers, answer.StatusCode, text)
		}
		if c.path != "/live" && len(c.headers) == 6 {
			continue
		}
		if _, answer, err := r.dial(c.headers...); (err == nil) != (c.want != 403) {
			t.Errorf("WebSocket %v: %v, %v", c.headers, answer, err)
		}
	}
	if _, _, err := r.dial(); err != nil { // a program of this machine
		t.Error(err)
	}
}

// TestToken: with a token nothing is had without it. The address with it sets a cookie and leads to the page.
func TestToken(t *testing.T) {
	const token = "0123456789abcdef"
	r := start(t, func(c *Config) { c.Token = token }, nil)
	if want := fmt.Sprintf("http://%s/?token=%s", r.address, token); r.URL() != want {
		t.Errorf("URL %s, want %s", r.URL(), want)
	}
	name := fmt.Sprintf("langevin-%d=", r.address.Port())
	for _, path := range []string{"/", "/?token=", "/?token=0123456789abcdeg", "/page.js", "/page.js?token=" + token, "/live",
		"/live?token=" + token, "/none"} {
		for _, cookie := range []string{"", name, name + "x", name + token[1:], "langevin=" + token} {
			answer, text := r.ask(path, "Cookie", cookie)
			if answer.StatusCode != 401 || !strings.Contains(text, "langevin serve printed") || answer.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s with %q: %d %s", path, cookie, answer.StatusCode, text)
			}
		}
	}
	if _, answer, err := r.dial("Cookie", name+"x"); err == nil || answer.StatusCode != 401 {
		t.Error("a WebSocket without the token")
	}
	answer, _ := r.ask("/?token=" + token)
	if answer.StatusCode != 303 || answer.Header.Get("Location") != "/" {
		t.Errorf("%d to %q", answer.StatusCode, answer.Header.Get("Location"))
	}
	cookie := answer.Header.Get("Set-Cookie")
	if want := name + token + "; Path=/; HttpOnly; SameSite=Strict"; cookie != want {
		t.Errorf("cookie %q, want %q", cookie, want)
	}
	if answer, _ := r.ask("/", "Cookie", "other=1; "+name+token); answer.StatusCode != 200 {
		t.Error("not admitted:", answer.StatusCode)
	}
	if _, _, err := r.dial("Cookie", name+token); err != nil {
		t.Error(err)
	}
	if answer, _ := r.ask("/?token="+token, "Host", "evil.example"); answer.StatusCode != 403 {
		t.Error("a foreign host is told whether a token is right")
	}
	if a, b := NewToken(), NewToken(); a == b || len(a) < 26 {
		t.Errorf("tokens %q, %q", a, b)
	}
}

// TestMethods: there are GET and HEAD.
func TestMethods(t *testing.T) {
	r := start(t, nil, nil)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"} {
		answer, _ := r.ask("/", "Method", method)
		if answer.StatusCode != 405 || answer.Header.Get("Allow") != "GET, HEAD" || !answer.Close {
			t.Errorf("%s: %v", method, answer)
		}
	}
	for _, line := range []string{"OPTIONS * HTTP/1.1", "CONNECT example.org:443 HTTP/1.1"} {
		if answer := r.raw(line+"\r\nHost: localhost\r\n\r\n", 5*time.Second); !strings.HasPrefix(answer, "HTTP/1.1 405 ") {
			t.Errorf("%s: %q", line, answer)
		}
	}
	if answer, text := r.ask("/", "Method", "HEAD"); answer.StatusCode != 200 || text != "" {
		t.Errorf("HEAD: %v, %q", answer, text)
	}
}

// raw sends bytes and returns what comes until the server ends the connection.
func (r *running) raw(bytes string, within time.Duration) string {
	r.t.Helper()
	c, err := net.Dial("tcp", r.address.String())
	if err != nil {
		r.t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(within))
	if _, err := io.WriteString(c, bytes); err != nil {
		r.t.Fatal(err)
	}
	answer, err := io.ReadAll(c)
	if e, ok := err.(net.Error); ok && e.Timeout() {
		r.t.Errorf("after %v the connection goes on", within)
	}
	return string(answer)
}

// TestFiles: the page's files come with what keeps other sites out of them, whole, compressed or not at all.
func TestFiles(t *testing.T) {
	r := start(t, nil, nil)
	answer, text := r.ask("/")
	if text != string(page["index.html"].Data) || answer.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%v, %q", answer, text)
	}
	for header, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		"Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; connect-src 'self'; " +
			"object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	} {
		if got := answer.Header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	if again, _ := r.ask("/", "If-None-Match", answer.Header.Get("ETag")); again.StatusCode != 304 {
		t.Errorf("the same again: %d", again.StatusCode)
	}
	whole, text := r.ask("/page.js", "Accept-Encoding", "identity")
	if text != string(page["page.js"].Data) || whole.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("%v, %d bytes", whole, len(text))
	}
	small, squeezed := r.ask("/page.js", "Accept-Encoding", "br, gzip")
	if small.Header.Get("Content-Encoding") != "gzip" || len(squeezed) > len(text)/10 ||
		small.Header.Get("ETag") == whole.Header.Get("ETag") || small.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("%v, %d bytes", small, len(squeezed))
	}
	for _, path := range []string{"/none", "/../server.go", "/%2e%2e/server.go", "//page.js", "/page.js/", "/index.html/x"} {
		if answer, _ := r.ask(path); answer.StatusCode != 404 {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
	}
}

// endless is a body of so many bytes, which counts those that were taken.
type endless struct{ left, taken int64 }

func (e *endless) Read(p []byte) (int, error) {
	n := min(int64(len(p)), e.left)
	if e.left -= n; n == 0 {
		return 0, io.EOF
	}
	e.taken += n
	return int(n), nil
}

// TestBodies: a body of a gigabyte is refused at once, and the server reads a few KiB of it.
func TestBodies(t *testing.T) {
	r := start(t, nil, nil)
	const gigabyte = 1 << 30
	for _, c := range []struct {
		method, headers string
		status          string
	}{
		{"POST", fmt.Sprintf("Content-Length: %d", gigabyte), "405"},
		{"POST", "Transfer-Encoding: chunked", "405"},
		{"PUT", fmt.Sprintf("Content-Length: %d\r\nExpect: 100-continue", gigabyte), "405"},
		{"GET", fmt.Sprintf("Content-Length: %d", gigabyte), "413"},
		{"GET", "Transfer-Encoding: chunked", "413"},
		{"GET", "Content-Length: 100000", "413"},
	} {
		before, begun := r.read.Load(), time.Now()
		conn, err := net.Dial("tcp", r.address.String())
		if err != nil {
			t.Fatal(err)
		}
		body := &endless{left: gigabyte}
		sent := make(chan struct{})
		go func() {
			defer close(sent)
			fmt.Fprintf(conn, "%s / HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n", c.method, c.headers)
			if strings.Contains(c.headers, "chunked") {
				fmt.Fprintf(conn, "%x\r\n", gigabyte)
			}
			io.CopyBuffer(struct{ io.Writer }{conn}, body, make([]byte, 1<<16))
		}()
		status := "none"
		if answer, err := http.ReadResponse(bufio.NewReader(conn), nil); err == nil {
			status = fmt.Sprint(answer.StatusCode)
			answer.Body.Close()
		}
		<-sent
		conn.Close()
		if status != c.status {
			t.Errorf("%s with %q: %s, want %s", c.method, c.headers, status, c.status)
		}
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("%s with %q: the connection goes on for %v", c.method, c.headers, took)
		}
		if read := r.read.Load() - before; read > 16<<10 {
			t.Errorf("%s with %q: the server reads %d bytes", c.method, c.headers, read)
		}
	}
}

// TestHeaders: headers without end, or that come too slowly, end a connection.
func TestHeaders(t *testing.T) {
	r := start(t, nil, func(s *Server) { s.timing.header = 200 * time.Millisecond })
	long := "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 64<<10)
	if answer := r.raw(long, 5*time.Second); !strings.HasPrefix(answer, "HTTP/1.1 431 ") {
		t.Errorf("%q", answer)
	}
	for _, half := range []string{"", "G", "GET / HTTP/1.1\r\nHost: local"} {
		r.raw(half, 2*time.Second)
	}
	for _, wrong := range []string{"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n"} {
		if answer := r.raw(wrong, 5*time.Second); strings.Contains(answer, " 200 ") {
			t.Errorf("%q: %q", wrong, answer)
		}
	}
}
