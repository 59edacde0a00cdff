package live

import "time"

// Config is what a session may do.
type Config struct {
	Version  string
	Choices  []string // paths of files to offer beside the sets with names
	Limits   Limits
	Defaults Defaults
	// Between is called between steps of a training and of a sampler, so that whoever has one thread alone, as
	// in a browser, can take up messages. It may be nil.
	Between func()
	// Gap is the least time between two drawings of a running training in parts of the time of the last one.
	Gap float64
}

// Session is a training and what is drawn of it. Its methods may be called from any goroutine.
type Session struct{}

// New returns a session of that name. Close ends it.
func New(id string, c Config) *Session { panic("TODO") }

// Attach makes send the session's listener, in the place of one before, which gets Taken. The session says
// Hello and tells all that it has. Send must not block; it returns false where the listener cannot take more
// now, and the session then leaves out drawings, and nothing else.
func (s *Session) Attach(send func(message []byte) bool) { panic("TODO") }

// Detach takes the listener away, if it is still the one of that Attach.
func (s *Session) Detach() { panic("TODO") }

// Handle carries out a request, or begins to. Its error is that of a message that is none.
func (s *Session) Handle(message []byte) error { panic("TODO") }

// Close ends the session and waits for all that it does.
func (s *Session) Close() { panic("TODO") }

var _ = time.Second
