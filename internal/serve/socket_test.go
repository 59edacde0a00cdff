package serve

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// TestSession: what a page sends reaches its session, and what the session sends the page, whole and in order.
func TestSession(t *testing.T) {
	r := start(t, nil, nil)
	p, told := r.open("")
	if id := idOf(told); id != r.sessions.at(0).id || len(id) < 26 || !strings.HasSuffix(told, " 1") {
		t.Errorf("told %q", told)
	}
	big := fmt.Sprintf("size %d ", 1<<20)
	big += strings.Repeat("x", 1<<20-len(big))
	for _, text := range []string{"a", strings.Repeat("b", piece-1), strings.Repeat("c", piece), big} {
		if len(text) == piece {
			text = fmt.Sprintf("size %d %s", piece, text)[:piece]
		}
		before := r.sessions.at(0).got
		p.say(text)
		word, _, _ := strings.Cut(text[:min(len(text), 20)], " ")
		if answer, want := p.hear(), fmt.Sprintf("%s %d", word, before+len(text)); answer != want {
			t.Errorf("%q, want %q", answer, want)
		}
	}
}

// TestMessages: a message that is none ends the connection with a code and a sentence, and nothing else.
func TestMessages(t *testing.T) {
	r := start(t, func(c *Config) { c.Sessions = 20 }, func(s *Server) { s.timing.hello = 200 * time.Millisecond })
	other, _ := r.open("")
	sized := func(says, is int) string {
		text := fmt.Sprintf("size %d ", says)
		return text + strings.Repeat("x", is-len(text))
	}
	for name, c := range map[string]struct {
		first, second string
		code          websocket.StatusCode
		reason        string
	}{
		"none":         {"", "", websocket.StatusPolicyViolation, "the message did not come in time"},
		"no hello":     {"train", "", websocket.StatusProtocolError, "the first message is no hello"},
		"bad":          {"hello", "bad", websocket.StatusProtocolError, "this is no request"},
		"too large":    {"hello", sized(1<<20+1, 1<<20+1), websocket.StatusMessageTooBig, "a message of 1048577 bytes: want at most 1048576; choose a smaller file"},
		"a gigabyte":   {"hello", sized(1<<30, 900_000), websocket.StatusMessageTooBig, "a message of 1073741824 bytes: want at most 1048576; choose a smaller file"},
		"without size": {"hello", strings.Repeat("x", 900_000), websocket.StatusProtocolError, "input does not match format"},
		"longer":       {"hello", sized(900_000, 900_001), websocket.StatusProtocolError, "a message of another size than the 900000 bytes of its header"},
		"shorter":      {"hello", sized(900_000, 899_999), websocket.StatusProtocolError, "a message of another size than the 900000 bytes of its header"},
	} {
		conn, _, err := r.dial()
		if err != nil {
			t.Fatal(err)
		}
		p := tab{conn, t}
		for _, message := range []string{c.first, c.second} {
			if message != "" {
				p.say(message)
			}
		}
		if code, reason := p.end(); code != c.code || reason != c.reason {
			t.Errorf("%s: %v %q, want %v %q", name, code, reason, c.code, c.reason)
		}
	}
	p, _ := r.open("")
	if err := p.Write(context.Background(), websocket.MessageText, []byte("text")); err != nil {
		t.Fatal(err)
	}
	if code, _ := p.end(); code != websocket.StatusUnsupportedData {
		t.Errorf("text: %v", code)
	}
	other.say("still") // the others go on
	if answer := other.hear(); answer != "still 5" {
		t.Errorf("%q", answer)
	}
}

// listen hears all that comes, and answers pings meanwhile, until the connection ends.
func (p tab) listen() (heard chan string) {
	heard = make(chan string, 1000)
	go func() {
		defer close(heard)
		for {
			_, message, err := p.Read(context.Background())
			if err != nil {
				return
			}
			heard <- string(message)
		}
	}()
	return heard
}

// handshake opens a WebSocket and leaves the rest to the test.
func (r *running) handshake() (net.Conn, *bufio.Reader) {
	r.t.Helper()
	c, err := net.Dial("tcp", r.address.String())
	if err != nil {
		r.t.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(20 * time.Second))
	fmt.Fprintf(c, "GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
	in := bufio.NewReader(c)
	answer, err := http.ReadResponse(in, nil)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		r.t.Fatal(answer, err)
	}
	return c, in
}

// frame returns a frame of a client, masked with zeros, with a first byte and a size of its own.
func frame(first byte, size uint64, payload string) string {
	b := []byte{first}
	switch {
	case size < 126:
		b = append(b, 0x80|byte(size))
	case size < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(size))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), size)
	}
	return string(append(b, 0, 0, 0, 0)) + payload
}

// TestFrames: frames that are against the protocol end their connection, and nothing else.
func TestFrames(t *testing.T) {
	r := start(t, nil, func(s *Server) {
		s.timing.piece, s.timing.farewell = 300*time.Millisecond, 50*time.Millisecond
		s.timing.ping, s.timing.pong = 300*time.Millisecond, 300*time.Millisecond // of half a header
	})
	other, _ := r.open("")
	heard := other.listen()
	const fin, continuation, text, binaryFrame, closing, ping = 0x80, 0, 1, 2, 8, 9
	hello := frame(fin|binaryFrame, 5, "hello")
	for name, bytes := range map[string]string{
		"unmasked":                    string([]byte{fin | binaryFrame, 5}) + "hello",
		"unmasked later":              hello + string([]byte{fin | binaryFrame, 1}) + "x",
		"reserved bits":               hello + frame(0xF2, 1, "x"),
		"compressed":                  hello + frame(0xC2, 1, "x"),
		"unknown opcode":              hello + frame(fin|5, 1, "x"),
		"unknown control":             hello + frame(fin|13, 1, "x"),
		"continuation of nothing":     hello + frame(fin|continuation, 1, "x"),
		"a message within another":    hello + frame(binaryFrame, 1, "x") + frame(fin|binaryFrame, 1, "x"),
		"a long ping":                 hello + frame(fin|ping, 126, strings.Repeat("x", 126)),
		"a ping in parts":             hello + frame(ping, 1, "x"),
		"a close of one byte":         hello + frame(fin|closing, 1, "x"),
		"a close of code 1005":        hello + frame(fin|closing, 2, "\x03\xed"),
		"a negative size":             hello + frame(fin|binaryFrame, 1<<63, "x"),
		"a size beyond all":           hello + frame(fin|binaryFrame, 1<<62, "x"),
		"a size that does not come":   hello + frame(fin|binaryFrame, 1000, "x"),
		"parts that do not end":       hello + frame(binaryFrame, 1, "x"),
		"many empty parts":            hello + frame(binaryFrame, 0, "") + strings.Repeat(frame(continuation, 0, ""), 10000),
		"half a header":               hello + "\x82",
		"half a mask":                 hello + "\x82\x81\x00",
		"no WebSocket":                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"text in parts":               hello + frame(text, 1, "x") + frame(fin|continuation, 1, "x"),
		"noise":                       strings.Repeat("\xff\x00\xfe\x7f", 1000),
		"hello, then the end":         hello + frame(fin|closing, 2, "\x03\xe8"),
		"the end twice":               hello + frame(fin|closing, 0, "") + frame(fin|closing, 0, ""),
		"pings, and a wrong one last": hello + strings.Repeat(frame(fin|ping, 1, "x"), 1000) + frame(ping, 0, ""),
	} {
		c, in := r.handshake()
		io.WriteString(c, bytes)
		_, err := io.Copy(io.Discard, in)
		if e, ok := err.(net.Error); ok && e.Timeout() {
			t.Errorf("%s: the connection goes on", name)
		}
		c.Close()
	}
	other.say("still")
	if answer := <-heard; answer != "still 5" {
		t.Errorf("%q", answer)
	}
}
