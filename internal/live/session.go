package live

import (
	"context"
	"errors"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// Config is what a session may do.
type Config struct {
	Version  string
	Choices  []string // paths of files to offer beside the sets with names
	Limits   Limits   // DefaultLimits where it is zero
	Defaults Defaults // DefaultDefaults where it is zero
	// Between is called between steps of a training and of a sampler, so that whoever has one thread alone, as
	// in a browser, can take up messages. It may be nil.
	Between func()
	// Gap is the least time between two drawings of a running training in parts of the time that the last one
	// took, with the held-out losses before it; 12 where it is zero, so that a training is slowed by at most 8%.
	Gap float64
	// HeldOut is how many points that are not trained on are measured, where zero is all.
	HeldOut int
	// PNG draws rows of data of a model as a picture, of a class as Drawing.Class has it. Nil means that there are no
	// pictures here.
	PNG func(rows kernels.Matrix64, m *smld.Model, class string) ([]byte, error)
	// Memory is what this session shares with others. Nil is no bound.
	Memory *Memory
}

// DefaultLimits are those that a session has by default.
func DefaultLimits() Limits {
	return Limits{
		Upload: 64 << 20, Files: 5000, Rows: 1_000_000, Values: 50_000_000, Steps: 1_000_000, Batch: 4096,
		Layers: 8, Width: 2048, N: 10_000, Levels: 1000, Evaluations: 20_000,
	}
}

// DefaultDefaults are where a page begins by default.
func DefaultDefaults() Defaults { return Defaults{N: 2000, Images: 100} }

// Session is a training and what is drawn of it. Its methods may be called from any goroutine.
type Session struct {
	id     string
	config Config
	queue  *queue
	out    *outbox
	end    context.CancelCauseFunc
	done   chan struct{}
}

// errEnded is the cause of the end of what a session does when it is closed.
var errEnded = errors.New("the session has ended")

// New returns a session of that name. Close ends it.
func New(id string, c Config) *Session {
	s, w := newSession(id, c)
	go func() {
		defer close(s.done)
		w.loop()
		w.free()
	}()
	return s
}

// newSession returns a session and its worker, which does nothing yet.
func newSession(id string, c Config) (*Session, *worker) {
	c.complete()
	s := &Session{id: id, config: c, queue: newQueue(c.Limits.Upload), done: make(chan struct{})}
	s.out = &outbox{hello: s.hello()}
	ctx, end := context.WithCancelCause(context.Background())
	s.end = end
	return s, &worker{ctx: ctx, config: c, queue: s.queue, out: s.out}
}

// complete sets what is left open.
func (c *Config) complete() {
	if c.Limits == (Limits{}) {
		c.Limits = DefaultLimits()
	}
	if c.Defaults.N == 0 {
		c.Defaults.N = DefaultDefaults().N
	}
	if c.Defaults.Images == 0 {
		c.Defaults.Images = DefaultDefaults().Images
	}
	if c.Gap == 0 {
		c.Gap = 12
	}
	if c.Between == nil {
		c.Between = func() {}
	}
}

// Attach makes send the session's listener, in the place of one before, which gets Taken. The session says
// Hello and tells all that it has. Send must not block nor call the session; it returns false where the
// listener cannot take more now, and the session then leaves out frames, sends only the last of other
// drawings, and tries again with all else. Detach takes the listener away, unless another took its place.
func (s *Session) Attach(send func(message []byte) bool) (detach func()) {
	number := s.out.attach(send)
	return func() { s.out.detach(number) }
}

// Handle carries out a request, or begins to, and keeps the message until that is done. Its error is that of a
// message that is none, or of more requests than can wait: whoever sent it is not to be trusted with more. Hello
// is answered by Attach; Handle does nothing of it.
func (s *Session) Handle(message []byte) error { return s.HandleUntil(message, func() {}) }

// HandleUntil is Handle that calls done, which must not block, once when the message is no longer needed: so
// whoever has little memory can wait with the next one.
func (s *Session) HandleUntil(message []byte, done func()) error {
	r, err := parse(message)
	if err != nil || r.Do == "hello" {
		done()
		return err
	}
	r.done = done
	if err := s.queue.put(r); err != nil {
		done()
		return err
	}
	return nil
}

// Close ends the session and waits for all that it does.
func (s *Session) Close() {
	s.end(errEnded)
	s.queue.close()
	<-s.done
	s.out.close()
}
