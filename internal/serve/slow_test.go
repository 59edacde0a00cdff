package serve

import (
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// TestSlowReader: a page that takes nothing holds up neither its session nor the server. The session hears that
// it can take no more, and the connection ends when a message is not taken in time.
func TestSlowReader(t *testing.T) {
	r := start(t, nil, func(s *Server) {
		s.bounds.outbox = 4 << 20
		s.timing.write, s.timing.byteTime = 300*time.Millisecond, 0
	})
	p, _ := r.open("")
	f := r.sessions.at(0)
	p.say("flood")
	eventually(t, "the listener takes no more", func() bool {
		f.mutex.Lock()
		defer f.mutex.Unlock()
		return f.full
	})
	other, _ := r.open("")
	other.say("still")
	if answer := other.hear(); answer != "still 5" {
		t.Errorf("%q", answer)
	}
	eventually(t, "the slow page's session ends", f.isClosed)
}

// TestOutbox: an outbox takes messages up to its size, one of any size where it is empty, and none after the end.
func TestOutbox(t *testing.T) {
	o := newOutbox(10)
	if !o.put(make([]byte, 100)) || o.put(make([]byte, 1)) {
		t.Error("an empty one takes no large message, or another after it")
	}
	if m, last := o.take(); len(m) != 100 || last != nil || o.put(nil) != false {
		t.Error("what is taken out and not written takes no room")
	}
	o.written(100)
	for i := range 3 {
		if took := o.put(make([]byte, 4)); took != (i < 2) {
			t.Errorf("message %d: %v", i, took)
		}
	}
	o.end(websocket.StatusGoingAway, "first")
	o.end(websocket.StatusNormalClosure, "second")
	if o.put(nil) {
		t.Error("an outbox takes a message after the end")
	}
	for range 2 {
		if m, last := o.take(); len(m) != 4 || last != nil {
			t.Error("the end comes before the messages")
		}
	}
	if _, last := o.take(); last == nil || *last != (farewell{websocket.StatusGoingAway, "first"}) {
		t.Error(last)
	}
}

// TestReason: a reason fits into a close frame, whatever the sentence.
func TestReason(t *testing.T) {
	for sentence, want := range map[string]string{
		"short": "short", "\xff": "?", strings.Repeat("x", 123): strings.Repeat("x", 123),
		strings.Repeat("x", 124): strings.Repeat("x", 120) + "...", strings.Repeat("ü", 62): strings.Repeat("ü", 60) + "...",
		"x" + strings.Repeat("ü", 62): "x" + strings.Repeat("ü", 59) + "...",
	} {
		if got := reason(sentence); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestSlowWriters: a message that comes too slowly ends its connection with a reason, and those who wait for
// their turn to send a long one are told so too, or have it in the end.
func TestSlowWriters(t *testing.T) {
	r := start(t, nil, func(s *Server) {
		s.timing.piece, s.timing.turn = 400*time.Millisecond, 100*time.Millisecond
	})
	slow, in := r.handshake()
	defer slow.Close()
	io.WriteString(slow, frame(0x82, 5, "hello")+frame(0x82, 900_000, fmt.Sprintf("size %d ", 900_000)+strings.Repeat("x", piece)))
	eventually(t, "the slow page has the turn", func() bool { return len(r.turn) == 1 })
	long := fmt.Sprintf("size %d ", 900_000)
	long += strings.Repeat("x", 900_000-len(long))
	p, _ := r.open("")
	p.say(long)
	if code, reason := p.end(); code != websocket.StatusTryAgainLater || !strings.HasPrefix(reason, "another page sends a file now") {
		t.Errorf("%v %q", code, reason)
	}
	answer, err := io.ReadAll(in)
	if err != nil || !strings.Contains(string(answer), "the message did not come in time") {
		t.Errorf("%q, %v", answer, err)
	}
	q, _ := r.open("")
	q.say(long)
	if answer := q.hear(); answer != fmt.Sprintf("size %d", 900_000) {
		t.Errorf("%q", answer)
	}
}

// TestPings: a page that does not answer is gone; one whose request takes long is not.
func TestPings(t *testing.T) {
	r := start(t, nil, func(s *Server) { s.timing.ping, s.timing.pong = 50*time.Millisecond, 100*time.Millisecond })
	busy, _ := r.open("")
	heard := busy.listen()
	r.open("") // reads no more, so answers nothing
	eventually(t, "the silent page's session ends", r.sessions.at(1).isClosed)
	busy.say("slow")
	if answer := <-heard; answer != "slow 4" {
		t.Errorf("%q", answer)
	}
	if r.sessions.at(0).isClosed() {
		t.Error("a session with a page has ended")
	}
}

// crowd is a thousand connections, as many of each kind.
const crowd = 1000

// TestCrowd: of a thousand connections at once, idle ones, ones with half a request and WebSockets, the server
// holds as many as it has slots for, and turns away the others at once. When they are gone it serves as before.
func TestCrowd(t *testing.T) {
	r := start(t, nil, func(s *Server) { s.timing.header = 500 * time.Millisecond })
	before := memory()
	var all sync.WaitGroup
	var mutex sync.Mutex
	away := 0
	for i := range crowd {
		all.Go(func() {
			c, err := net.Dial("tcp", r.address.String())
			if err != nil {
				return // the system's own bound
			}
			defer c.Close()
			c.SetDeadline(time.Now().Add(20 * time.Second))
			switch i % 4 {
			case 1:
				io.WriteString(c, "GET / HTTP/1.1\r\nHost: localho")
			case 2:
				io.WriteString(c, "GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
					"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"+frame(0x82, 5, "hello"))
			case 3:
				io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
			}
			begin := make([]byte, 20)
			n, err := io.ReadFull(c, begin)
			mutex.Lock()
			defer mutex.Unlock()
			if err != nil && n == 0 || strings.HasPrefix(string(begin), "HTTP/1.1 503 ") {
				away++
			}
			if e, ok := err.(net.Error); ok && e.Timeout() {
				t.Error("a connection is neither served nor closed")
			}
		})
	}
	all.Wait()
	if away < crowd/4 { // the others may have been served one after the other
		t.Errorf("%d of %d were turned away", away, crowd)
	}
	eventually(t, "the page is served again", func() bool {
		answer, _ := r.ask("/")
		return answer.StatusCode == 200
	})
	p, _ := r.open("")
	p.say("still")
	p.hear()
	if used := memory(); used > before+64<<20 {
		t.Errorf("memory grew from %d to %d MiB", before>>20, used>>20)
	}
}

// TestSlots: beyond its slots the server answers 503, and says when to try again; a slot that is left is taken.
func TestSlots(t *testing.T) {
	r := start(t, nil, func(s *Server) { s.bounds.connections = 3 })
	var held []net.Conn
	for range 3 {
		c, err := net.Dial("tcp", r.address.String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		held = append(held, c)
	}
	if answer := r.raw("", 5*time.Second); answer != tooMany {
		t.Errorf("%q", answer)
	}
	_, length, _ := strings.Cut(tooMany, "Content-Length: ")
	head, body, _ := strings.Cut(length, "\r\n\r\n")
	if head != fmt.Sprint(len(body)) {
		t.Errorf("a body of %d bytes, %s said", len(body), head)
	}
	held[1].Close()
	eventually(t, "a slot is free", func() bool {
		answer, _ := r.ask("/")
		return answer.StatusCode == 200
	})
}

// memory is what the process has from the system and does not let it have back.
func memory() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys - m.HeapReleased
}

// TestUploadMemory: many pages that send the largest message at once take memory for one of them.
func TestUploadMemory(t *testing.T) {
	const most = 8 << 20
	r := start(t, func(c *Config) { c.Upload, c.Sessions = most, 16 }, func(s *Server) { s.timing.turn = time.Minute })
	message := fmt.Sprintf("size %d ", most)
	sent := []byte(frame(0x82, most, message+strings.Repeat("x", most-len(message))))
	before := memory()
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			c, in := r.handshake()
			defer c.Close()
			io.WriteString(c, frame(0x82, 5, "hello"))
			c.Write(sent)
			heard := ""
			for !strings.Contains(heard, "size ") {
				b, err := in.ReadByte()
				if err != nil {
					t.Errorf("the server answers %q, %v", heard, err)
					return
				}
				heard += string(b)
			}
		})
	}
	all.Wait()
	if used := memory(); used > before+4*most {
		t.Errorf("memory grew from %d to %d MiB", before>>20, used>>20)
	}
}
