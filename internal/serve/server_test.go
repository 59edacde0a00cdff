package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"
)

// fake is a session that does what the first word of a message says.
type fake struct {
	id     string
	mutex  sync.Mutex
	send   func([]byte) bool
	number int
	got    int  // bytes of messages
	full   bool // the listener has once taken no more
	closed chan struct{}
	stuck  chan struct{} // that Close waits for, where it is not nil
}

func (f *fake) Attach(send func([]byte) bool) func() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.send != nil {
		f.send([]byte("taken"))
	}
	f.number++
	number := f.number
	f.send = send
	send(fmt.Appendf(nil, "hello %s %d", f.id, number))
	return func() {
		f.mutex.Lock()
		defer f.mutex.Unlock()
		if f.number == number {
			f.send = nil
		}
	}
}

func (f *fake) Handle(message []byte) error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.got += len(message)
	word, _, _ := strings.Cut(string(message[:min(20, len(message))]), " ")
	switch word {
	case "bad":
		return errors.New("this is no request")
	case "slow":
		time.Sleep(300 * time.Millisecond)
	case "flood":
		for !f.full {
			f.full = !f.send(make([]byte, 1<<16))
		}
	}
	if f.send != nil {
		f.send(fmt.Appendf(nil, "%s %d", word, f.got))
	}
	return nil
}

func (f *fake) Close() {
	if f.stuck != nil {
		<-f.stuck
	}
	close(f.closed)
}

// fakes makes sessions and keeps them.
type fakes struct {
	mutex sync.Mutex
	all   []*fake
	stuck chan struct{}
}

func (f *fakes) make(id string) Session {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.all = append(f.all, &fake{id: id, closed: make(chan struct{}), stuck: f.stuck})
	return f.all[len(f.all)-1]
}

func (f *fakes) at(i int) *fake {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.all[i]
}

// counting is a listener that counts what is read from its connections.
type counting struct {
	net.Listener
	read atomic.Int64
}

func (l *counting) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return &counted{c, &l.read}, err
}

type counted struct {
	net.Conn
	read *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.read.Add(int64(n))
	return n, err
}

// page is one of two files, one of them worth compressing.
var page = fstest.MapFS{
	"index.html": {Data: []byte("<!doctype html><title>page</title>")},
	"page.js":    {Data: []byte(strings.Repeat("// a line\n", 1000))},
}

// running is a server of a test.
type running struct {
	*Server
	t        *testing.T
	sessions *fakes
	read     *atomic.Int64
	stop     context.CancelFunc
	stopped  chan error
	log      *bytes.Buffer
}

// start starts a server and ends it with the test, with all goroutines that it had.
func start(t *testing.T, change func(*Config), tune func(*Server)) *running {
	t.Helper()
	before := goleak.IgnoreCurrent()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &counting{Listener: inner}
	r := &running{t: t, sessions: &fakes{}, read: &l.read, stopped: make(chan error, 1), log: &bytes.Buffer{}}
	config := Config{
		Page: page, Session: r.sessions.make, Upload: 1 << 20, Sessions: 3, Grace: 100 * time.Millisecond,
		Log: log.New(r.log, "", 0), Refusal: func(s string) []byte { return []byte("refused: " + s) },
		Wanted: func(message []byte) (string, error) {
			word, id, _ := strings.Cut(string(message), " ")
			if word != "hello" {
				return "", errors.New("the first message is no hello")
			}
			return id, nil
		},
		Size: func(begin []byte) (size int64, err error) {
			_, err = fmt.Sscanf(string(begin[:20]), "size %d", &size)
			return size, err
		},
	}
	if change != nil {
		change(&config)
	}
	if r.Server, err = New(l, config); err != nil {
		t.Fatal(err)
	}
	if tune != nil {
		tune(r.Server)
	}
	ctx, stop := context.WithCancel(t.Context())
	r.stop = stop
	go func() { r.stopped <- r.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-r.stopped; err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
		if r.log.Len() > 0 {
			t.Errorf("log: %s", r.log)
		}
		// Those of the kernels' pool live on.
		goleak.VerifyNone(t, before, goleak.IgnoreAnyFunction("github.com/seed964deb49/langevin/kernels.worker"))
	})
	return r
}

// ask sends a request with headers, of which Host and Method stand for themselves, and returns the answer.
func (r *running) ask(path string, headers ...string) (*http.Response, string) {
	r.t.Helper()
	q, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+r.address.String()+path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		switch headers[i] {
		case "Host":
			q.Host = headers[i+1]
		case "Method":
			q.Method = headers[i+1]
		default:
			q.Header.Add(headers[i], headers[i+1])
		}
	}
	answer, err := http.DefaultTransport.RoundTrip(q)
	if err != nil {
		r.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return answer, string(text)
}

// dial opens a WebSocket.
func (r *running) dial(headers ...string) (*websocket.Conn, *http.Response, error) {
	o := &websocket.DialOptions{HTTPHeader: http.Header{}}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			o.Host = headers[i+1]
		} else {
			o.HTTPHeader.Add(headers[i], headers[i+1])
		}
	}
	ctx, done := context.WithTimeout(context.Background(), 10*time.Second)
	defer done()
	c, answer, err := websocket.Dial(ctx, "ws://"+r.address.String()+"/live", o)
	if err == nil {
		c.SetReadLimit(-1)
		r.t.Cleanup(func() { c.CloseNow() })
	}
	return c, answer, err
}

// tab is a page of a test.
type tab struct {
	*websocket.Conn
	t *testing.T
}

// open opens a page that goes on with a session, or begins one, and returns what it is told first.
func (r *running) open(id string) (p tab, told string) {
	r.t.Helper()
	c, _, err := r.dial()
	if err != nil {
		r.t.Fatal(err)
	}
	p = tab{c, r.t}
	p.say("hello " + id)
	return p, p.hear()
}

func (p tab) say(text string) {
	p.t.Helper()
	ctx, done := context.WithTimeout(context.Background(), 10*time.Second)
	defer done()
	if err := p.Write(ctx, websocket.MessageBinary, []byte(text)); err != nil {
		p.t.Fatal(err)
	}
}

func (p tab) hear() string {
	p.t.Helper()
	ctx, done := context.WithTimeout(context.Background(), 10*time.Second)
	defer done()
	_, message, err := p.Read(ctx)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(message)
}

// end returns how a connection ends, after messages that are still on their way.
func (p tab) end() (code websocket.StatusCode, reason string) {
	p.t.Helper()
	ctx, done := context.WithTimeout(context.Background(), 10*time.Second)
	defer done()
	for {
		if _, _, err := p.Read(ctx); err != nil {
			var end websocket.CloseError
			if ctx.Err() != nil {
				p.t.Fatal("the connection goes on")
			}
			errors.As(err, &end)
			return end.Code, end.Reason
		}
	}
}

// idOf returns the session of a greeting.
func idOf(told string) string { return strings.Fields(told)[1] }

// eventually waits for what becomes true soon.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 1000 {
		if is() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("never: " + what)
}

// isClosed tells whether a session has ended.
func (f *fake) isClosed() bool {
	select {
	case <-f.closed:
		return true
	default:
		return false
	}
}
