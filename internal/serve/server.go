package serve

import (
	"context"
	"fmt"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// Config says what a server serves.
type Config struct {
	Page     fs.FS                                            // has index.html
	Session  func(id string) Session                          // a new one of that name
	Wanted   func(message []byte) (session string, err error) // of the first message
	Refusal  func(sentence string) (message []byte)           // the event that there is no session
	Size     func(begin []byte) (bytes int64, err error)      // of a message, by a piece of it
	Upload   int64                                            // the largest message of a client in bytes
	Sessions int                                              // at once
	Grace    time.Duration                                    // for which a session without a page goes on
	Names    []string                                         // by which this machine is known to browsers, beside its addresses
	Token    string                                           // that a browser has to show; empty for none
	Log      *log.Logger                                      // of panics
}

// bounds and timing are the same for every server but those of tests.
type bounds struct{ connections, outbox int }

type timing struct {
	hello    time.Duration // until the first message
	piece    time.Duration // for 528 KiB of a message
	turn     time.Duration // to wait while another client sends a long message
	ping     time.Duration // between two of them
	pong     time.Duration // until the answer
	write    time.Duration // for a message, and byteTime for each byte of it
	byteTime time.Duration
	farewell time.Duration // to wait for the client's
	header   time.Duration // of a request of HTTP
	answer   time.Duration // to one
	idle     time.Duration // between two requests on a connection
	end      time.Duration // until the server leaves behind what does not end
}

var usualBounds = bounds{connections: 64, outbox: 8 << 20}

var usualTiming = timing{
	hello: 10 * time.Second, piece: 10 * time.Second, turn: 10 * time.Second,
	ping: 15 * time.Second, pong: 10 * time.Second,
	write: 10 * time.Second, byteTime: 4 * time.Microsecond, // 256 KB a second
	farewell: 500 * time.Millisecond,
	header:   5 * time.Second, answer: 30 * time.Second, idle: time.Minute,
	end: 700 * time.Millisecond,
}

// Server is a page and its sessions on a listener.
type Server struct {
	config   Config
	bounds   bounds
	timing   timing
	listener net.Listener
	address  netip.AddrPort
	loopback bool
	names    []string
	token    *admission
	files    files
	sessions *table
	turn     chan struct{} // has a value while a long message is read

	mutex   sync.Mutex
	clients map[*client]bool
	ended   bool
	serving sync.WaitGroup // of clients
}

// New returns a server on a listener of TCP, which Run closes.
func New(l net.Listener, config Config) (*Server, error) {
	address, err := netip.ParseAddrPort(l.Addr().String())
	if err != nil {
		return nil, fmt.Errorf("cannot serve on %v: want an address of TCP", l.Addr())
	}
	all, err := readFiles(config.Page)
	if err != nil {
		return nil, err
	}
	s := &Server{
		config: config, bounds: usualBounds, timing: usualTiming, listener: l,
		address: address, loopback: address.Addr().Unmap().IsLoopback(), files: all,
		sessions: newTable(config.Sessions, config.Grace, config.Session),
		turn:     make(chan struct{}, 1), clients: map[*client]bool{},
	}
	for _, name := range config.Names {
		s.names = append(s.names, strings.ToLower(name))
	}
	if config.Token != "" {
		s.token = newAdmission(config.Token, address.Port())
	}
	return s, nil
}

// Loopback tells whether only this machine reaches an address.
func Loopback(a net.Addr) bool {
	address, err := netip.ParseAddrPort(a.String())
	return err == nil && address.Addr().Unmap().IsLoopback()
}

// URL returns the address to open, with the token.
func (s *Server) URL() string {
	if s.config.Token != "" {
		return s.root() + "?token=" + s.config.Token
	}
	return s.root()
}

// root returns the address of the page.
func (s *Server) root() string {
	host := s.address.Addr().Unmap().String()
	switch {
	case s.loopback: // where the names are those of a proxy
	case len(s.names) > 0:
		host = s.names[0]
	case s.address.Addr().IsUnspecified():
		host = outward()
	}
	return fmt.Sprintf("http://%s/", net.JoinHostPort(host, fmt.Sprint(s.address.Port())))
}

// outward returns an address of this machine that others may reach, or else its own.
func outward() string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return "127.0.0.1"
	}
	for _, a := range all {
		prefix, err := netip.ParsePrefix(a.String())
		if address := prefix.Addr().Unmap(); err == nil && address.IsGlobalUnicast() {
			return address.String()
		}
	}
	return "127.0.0.1"
}

// wireKey is the key of a request's connection in its context.
type wireKey struct{}

// Run serves until the context ends, tells the pages so, and returns when nothing runs on, or soon.
func (s *Server) Run(ctx context.Context) error {
	base, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	h := &http.Server{
		Handler:           s.guard(http.HandlerFunc(s.route)),
		ReadHeaderTimeout: s.timing.header, ReadTimeout: s.timing.header, WriteTimeout: s.timing.answer, IdleTimeout: s.timing.idle,
		MaxHeaderBytes: 16 << 10, DisableGeneralOptionsHandler: true,
		ErrorLog:    s.config.Log,
		BaseContext: func(net.Listener) context.Context { return base },
		ConnContext: func(ctx context.Context, wire net.Conn) context.Context {
			return context.WithValue(ctx, wireKey{}, wire)
		},
	}
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(newLimited(s.listener, s.bounds.connections)) }()
	var err error
	select {
	case <-ctx.Done():
		h.Close()
		<-failed
	case err = <-failed:
		err = fmt.Errorf("cannot serve on %v any longer: %w", s.address, err)
		h.Close()
	}
	s.end()
	return err
}

// route answers with a file of the page, or leads to a session.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/live" {
		s.live(w, r)
		return
	}
	s.files.ServeHTTP(w, r)
}

// live makes a request the connection of a page, and serves it.
func (s *Server) live(w http.ResponseWriter, r *http.Request) {
	wire, _ := r.Context().Value(wireKey{}).(net.Conn)
	if r.Header.Get("Upgrade") == "" {
		refuse(w, http.StatusUpgradeRequired, "This address is for WebSockets; open /")
		return
	}
	socket, err := websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionDisabled})
	if err != nil {
		return // Accept has answered
	}
	socket.SetReadLimit(-1) // collect has the limit, and says it
	c := newClient(s, socket, wire)
	if !s.enter(c) {
		c.abandon()
		return
	}
	defer s.exit(c)
	c.serve(r.Context())
}

// enter counts a client among those that are served, until the server ends.
func (s *Server) enter(c *client) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.ended {
		return false
	}
	s.clients[c] = true
	s.serving.Add(1)
	return true
}

func (s *Server) exit(c *client) {
	s.mutex.Lock()
	delete(s.clients, c)
	s.mutex.Unlock()
	s.serving.Done()
}

// end tells the clients that the server ends, and ends all sessions. What does not end in time is left behind:
// connections to the end of Run, which closes them, the work of sessions to that of the process.
func (s *Server) end() {
	s.mutex.Lock()
	s.ended = true
	for c := range s.clients {
		c.end(websocket.StatusGoingAway, "langevin serve has ended; start it again to go on")
	}
	s.mutex.Unlock()
	done := make(chan struct{})
	go func() {
		defer close(done)
		entries := s.sessions.close()
		s.serving.Wait()
		for _, e := range entries {
			<-e.gone
		}
	}()
	late := time.NewTimer(s.timing.end)
	defer late.Stop()
	select {
	case <-done:
	case <-late.C:
	}
}
