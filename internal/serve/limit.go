package serve

import (
	"net"
	"sync"
	"time"
)

// limited is a listener with so many connections at once. One more is told so and closed, before a byte of it
// is read, so that it costs neither a goroutine nor a buffer.
type limited struct {
	net.Listener
	slots chan struct{}
}

func newLimited(l net.Listener, connections int) *limited {
	return &limited{Listener: l, slots: make(chan struct{}, connections)}
}

// Accept returns the next connection that there is a slot for.
func (l *limited) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		select {
		case l.slots <- struct{}{}:
			return &slotted{Conn: c, slots: l.slots}, nil
		default:
			turnAway(c)
		}
	}
}

const tooMany = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\nContent-Length: 74\r\n\r\n" +
	"There are too many connections; close some pages, or try again in a while\n"

// turnAway answers without waiting: the empty buffer of a new connection takes these few bytes at once.
func turnAway(c net.Conn) {
	c.SetWriteDeadline(time.Now().Add(10 * time.Millisecond))
	c.Write([]byte(tooMany))
	c.Close()
}

// slotted is a connection that gives its slot back when it is closed.
type slotted struct {
	net.Conn
	slots chan struct{}
	once  sync.Once
}

// Close closes the connection.
func (c *slotted) Close() error {
	err := c.Conn.Close()
	c.once.Do(func() { <-c.slots })
	return err
}

// CloseWrite lets net/http end an answer before the connection, so that the client can read it.
func (c *slotted) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
