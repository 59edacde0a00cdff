package serve

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"
)

type statusCode = websocket.StatusCode

// client is a page at the other end of a WebSocket. Three goroutines serve it: one reads and carries out
// requests, one writes, one asks now and then whether it is still there.
type client struct {
	server *Server
	socket *websocket.Conn
	wire   net.Conn // below the socket; closing it ends whatever waits for the client
	out    *outbox
	// working counts what keeps the client from answering a ping, and worked what has come to an end of it.
	working, worked atomic.Int64
}

func newClient(s *Server, socket *websocket.Conn, wire net.Conn) *client {
	return &client{server: s, socket: socket, wire: wire, out: newOutbox(s.bounds.outbox)}
}

// end closes the connection with a reason, after the messages that are on their way.
func (c *client) end(code statusCode, format string, args ...any) {
	c.out.end(code, reason(fmt.Sprintf(format, args...)))
}

// reason cuts a sentence to what a close frame can hold.
func reason(sentence string) string {
	const most = 123
	sentence = strings.ToValidUTF8(sentence, "?")
	if len(sentence) <= most {
		return sentence
	}
	cut := most - len("...")
	for !utf8.RuneStart(sentence[cut]) {
		cut--
	}
	return sentence[:cut] + "..."
}

// serve carries requests and events to and fro until one side ends, and returns when nothing of it runs on.
func (c *client) serve(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var writing, pinging sync.WaitGroup
	writing.Go(func() { c.write(ctx) })
	pinging.Go(func() { c.ping(ctx) })
	c.attend(ctx)
	c.end(websocket.StatusNormalClosure, "") // which is nothing where the reason is said
	writing.Wait()
	stop()
	pinging.Wait()
}

// attend joins a session and carries out requests.
func (c *client) attend(ctx context.Context) {
	first, err := c.receive(ctx, c.server.timing.hello)
	if err != nil {
		c.fail(err)
		return
	}
	id, err := c.server.config.Wanted(first.bytes)
	first.release()
	if err != nil {
		c.end(websocket.StatusProtocolError, "%v", err)
		return
	}
	e, err := c.server.sessions.join(ctx, id, c)
	if err != nil {
		c.out.put(c.server.config.Refusal(err.Error()))
		c.end(websocket.StatusTryAgainLater, "%v", err)
		return
	}
	defer e.leave(c)
	for {
		m, err := c.receive(ctx, never)
		if err != nil {
			c.fail(err)
			return
		}
		c.working.Add(1)
		err = e.session.Handle(m.bytes)
		c.worked.Add(1)
		c.working.Add(-1)
		m.release()
		if err != nil {
			c.end(websocket.StatusProtocolError, "%v", err)
			return
		}
	}
}

// write sends what is in the outbox, and says farewell.
func (c *client) write(ctx context.Context) {
	for {
		message, last := c.out.take()
		switch {
		case last != nil:
			c.close(ctx, last)
			return
		case message == nil:
			select {
			case <-c.out.ready:
			case <-ctx.Done():
				c.abandon()
				return
			}
			continue
		}
		limit := c.server.timing.write + time.Duration(len(message))*c.server.timing.byteTime
		writing, done := context.WithTimeout(ctx, limit)
		c.working.Add(1)
		err := c.socket.Write(writing, websocket.MessageBinary, message)
		c.worked.Add(1)
		c.working.Add(-1)
		done()
		if c.out.written(len(message)); err != nil {
			c.abandon()
			return
		}
	}
}

// abandon closes the connection without a word, and what waits for it.
func (c *client) abandon() {
	c.wire.Close()
	c.socket.CloseNow()
}

// close says farewell and waits a moment for the client to do so too.
func (c *client) close(ctx context.Context, f *farewell) {
	ctx, done := context.WithTimeout(ctx, c.server.timing.farewell)
	defer done()
	defer context.AfterFunc(ctx, func() { c.wire.Close() })()
	c.socket.Close(f.code, f.reason)
	c.abandon()
}

// ping closes the connection of a client that does not answer. While a message is on its way, to or fro, or a
// request is carried out, an answer can be late.
func (c *client) ping(ctx context.Context) {
	every := time.NewTicker(c.server.timing.ping)
	defer every.Stop()
	for {
		select {
		case <-every.C:
		case <-ctx.Done():
			return
		}
		before := c.worked.Load()
		asking, done := context.WithTimeout(ctx, c.server.timing.pong)
		err := c.socket.Ping(asking)
		done()
		if err != nil && c.working.Load() == 0 && c.worked.Load() == before {
			c.wire.Close()
			return
		}
	}
}
