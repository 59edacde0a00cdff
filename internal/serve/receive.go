package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/coder/websocket"
)

// received is a message of a client. Release says that its bytes are no longer needed.
type received struct {
	bytes   []byte
	release func()
}

// broken is an error that the client is told of.
type broken struct {
	code     statusCode
	sentence string
}

// Error returns the sentence.
func (b *broken) Error() string { return b.sentence }

// piece is what is read of a message at once. A message of one piece is read whenever it comes; of longer ones
// the server reads one at a time, into as much memory as its header says that it needs.
// A piece has the largest header whole.
const piece = 528 << 10

// never is longer than anything runs.
const never = 1 << 62 * time.Nanosecond

// receive waits for a message, so long as wait says, and reads it. Where a message or a piece of it takes too
// long, the connection ends.
func (c *client) receive(ctx context.Context, wait time.Duration) (received, error) {
	timer := time.AfterFunc(wait, func() {
		c.end(websocket.StatusPolicyViolation, "the message did not come in time")
	})
	defer timer.Stop()
	kind, r, err := c.socket.Reader(ctx)
	if err != nil {
		return received{}, err
	}
	if kind != websocket.MessageBinary {
		return received{}, &broken{websocket.StatusUnsupportedData, "a message of text: want binary ones"}
	}
	c.working.Add(1)
	defer c.working.Add(-1)
	defer c.worked.Add(1)
	return c.collect(ctx, r, timer)
}

// collect reads a message.
func (c *client) collect(ctx context.Context, r io.Reader, timer *time.Timer) (m received, err error) {
	timer.Reset(c.server.timing.piece)
	first, err := readFirst(r)
	if err == io.EOF {
		return received{first, func() {}}, nil
	}
	if err != nil {
		return m, err
	}
	size, err := c.server.config.Size(first)
	switch most := c.server.config.Upload; {
	case err != nil:
		return m, &broken{websocket.StatusProtocolError, err.Error()}
	case size > most:
		return m, &broken{websocket.StatusMessageTooBig,
			fmt.Sprintf("a message of %d bytes: want at most %d; choose a smaller file", size, most)}
	}
	timer.Stop()
	if err := c.server.takeTurn(ctx); err != nil {
		return m, err
	}
	m = received{make([]byte, size), c.server.endTurn}
	defer func() {
		if err != nil {
			m.release()
		}
	}()
	return m, readRest(r, m.bytes, copy(m.bytes, first), func() { timer.Reset(c.server.timing.piece) })
}

// readFirst reads a piece. Where it is the message's last, and may be shorter, it comes with io.EOF.
func readFirst(r io.Reader) ([]byte, error) {
	var b []byte
	for {
		b = slices.Grow(b, min(max(4096, len(b)), piece-len(b)))
		n, err := r.Read(b[len(b):min(cap(b), piece)])
		if b = b[:len(b)+n]; err != nil || len(b) == piece {
			return b, err
		}
	}
}

// readRest reads a message from a place on, and calls next before each piece.
func readRest(r io.Reader, message []byte, at int, next func()) error {
	for at < len(message) {
		next()
		n, err := io.ReadFull(r, message[at:min(at+piece, len(message))])
		if at += n; err == io.EOF || err == io.ErrUnexpectedEOF {
			return wrongSize(len(message))
		} else if err != nil {
			return err
		}
	}
	var more [1]byte
	if n, err := io.ReadFull(r, more[:]); n > 0 {
		return wrongSize(len(message))
	} else if err != io.EOF {
		return err
	}
	return nil
}

func wrongSize(want int) error {
	return &broken{websocket.StatusProtocolError, fmt.Sprintf("a message of another size than the %d bytes of its header", want)}
}

// takeTurn waits for the turn to send a long message.
func (s *Server) takeTurn(ctx context.Context) error {
	late := time.NewTimer(s.timing.turn)
	defer late.Stop()
	select {
	case s.turn <- struct{}{}:
		return nil
	case <-late.C:
		return &broken{websocket.StatusTryAgainLater, "another page sends a file now; try again when it is done"}
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (s *Server) endTurn() { <-s.turn }

// fail ends a connection for an error of receiving. Where the client is gone nobody reads why.
func (c *client) fail(err error) {
	var b *broken
	switch {
	case errors.As(err, &b):
		c.end(b.code, "%s", b.sentence)
	case websocket.CloseStatus(err) != -1:
		c.end(websocket.StatusNormalClosure, "")
	default:
		c.end(websocket.StatusProtocolError, "%v", err)
	}
}
