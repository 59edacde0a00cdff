package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log"
	"math"
	"net"
	"net/netip"
	"os"
	"regexp"
	"runtime/debug"
	"slices"

	"github.com/seed964deb49/langevin/internal/live"
	"github.com/seed964deb49/langevin/internal/page"
	web "github.com/seed964deb49/langevin/internal/serve"
)

// serve is the command that lets a page in a browser train and draw.
type serve struct {
	Listen   string   `placeholder:"HOST:PORT" help:"Address to listen on; by default 127.0.0.1:8080, or another port where that one is taken. Port 0 is any free one. Elsewhere than on this machine's loopback the page asks for a token, which the printed address has in it."`
	Host     []string `placeholder:"NAME" help:"Names by which browsers may know this machine, such as that of a proxy before it, beside its addresses. The page asks for a token then."`
	Token    bool     `help:"Ask for a token on loopback too, where other people use this machine. The variable LANGEVIN_TOKEN may choose the token; else it is random."`
	Data     []string `sep:"none" placeholder:"FILE" help:"File or folder of data to offer beside the named sets; may be given several times."`
	Sessions int      `default:"8" placeholder:"N" help:"Pages that may train at once (${default})."`
	Grace    duration `default:"5s" placeholder:"TIME" help:"Time for which a page that is closed can come back to its training (${default})."`
	Open     bool     `help:"Open the page in the browser."`

	quietFlag
}

// Help says what is to know beside the flags.
func (serve) Help() string {
	return "The page picks or draws data, trains while one watches, and draws samples. It is part of this command and asks no other " +
		"machine for anything. Nothing is written to the disk; what is made can be downloaded. Traffic is not encrypted: from another " +
		"machine, use ssh -L 8080:localhost:8080, or put a proxy with TLS before it and name that by --host."
}

const usualAddress = "127.0.0.1:8080"

// Run serves until a signal.
func (s *serve) Run(c *console) error {
	token, err := s.check()
	if err != nil {
		return err
	}
	listener, err := s.listen(c)
	if err != nil {
		return err
	}
	if token == "" && (s.Token || len(s.Host) > 0 || !web.Loopback(listener.Addr())) {
		token = web.NewToken()
	}
	server, err := web.New(listener, s.config(c, token))
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := c.hold(); err != nil { // so that pages are told of the end
		return errors.Join(err, listener.Close())
	}
	if debug.SetMemoryLimit(-1) == math.MaxInt64 { // nobody chose one by GOMEMLIMIT
		debug.SetMemoryLimit(live.DefaultMemory + besides)
	}
	fmt.Fprintln(c.out, server.URL())
	if !web.Loopback(listener.Addr()) {
		fmt.Fprintln(c.log, "Traffic is not encrypted: who sees it sees the token. See langevin serve --help.")
	}
	if s.Open {
		if err := openBrowser(server.URL()); err != nil {
			fmt.Fprintf(c.warn, "langevin: cannot open a browser: %v\n", err)
		}
	}
	if err := server.Run(c.ctx); err != nil {
		return err
	}
	return context.Cause(c.ctx)
}

// besides is about what the command takes beside data and models in bytes. Garbage is collected where the sum is
// near, instead of when it is twice what is in use.
const besides = 256 << 20

// config returns what the server serves.
func (s *serve) config(c *console, token string) web.Config {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		build = &debug.BuildInfo{}
	}
	limits := live.DefaultLimits()
	engine := live.Config{Version: buildVersion(build), Choices: s.Data, Limits: limits, PNG: samplesPNG,
		Memory: live.NewMemory(live.DefaultMemory)}
	return web.Config{
		Page:    page.Files(),
		Session: func(id string) web.Session { return live.New(id, engine) },
		Wanted:  live.Wanted, Refusal: refusal, Size: live.Size,
		Upload: limits.Upload + live.MaxHeader, Sessions: s.Sessions, Grace: s.Grace.Duration,
		Names: s.names(), Token: token, Log: log.New(c.warn, "langevin: ", 0),
	}
}

// refusal is the event that there is no session for a page.
func refusal(sentence string) []byte {
	message, err := live.Encode(live.Failure{Event: "error", Do: "hello", Message: sentence}, nil)
	if err != nil {
		panic(err) // a text is always JSON
	}
	return message
}

// rightToken is what a token in an address can be, and is long enough not to be guessed.
var rightToken = regexp.MustCompile(`^[A-Za-z0-9_-]{16,256}$`)

// check checks the flags and the files before anything begins, and returns the token that was chosen.
func (s *serve) check() (token string, err error) {
	switch {
	case s.Sessions < 1 || s.Sessions > mostSessions:
		return "", usage("--sessions %d: want 1 to %d", s.Sessions, mostSessions)
	case s.Grace.Duration < 0:
		return "", usage("--grace %v: want no less than 0s", s.Grace)
	}
	token = os.Getenv("LANGEVIN_TOKEN")
	if token != "" && !rightToken.MatchString(token) {
		return "", usage("LANGEVIN_TOKEN is no token: want 16 to 256 of the letters A to Z and a to z, digits, - and _")
	}
	for _, path := range s.Data {
		if _, err := os.Stat(path); err != nil {
			return "", fmt.Errorf("cannot offer the data of --data: %w", err)
		}
	}
	return token, nil
}

// mostSessions leaves connections for the files of pages.
const mostSessions = 32

// listen returns a listener on the address. Where nobody chose one and it cannot be had, any port will do.
func (s *serve) listen(c *console) (net.Listener, error) {
	address := cmp.Or(s.Listen, usualAddress)
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, usage("--listen %s: want an address and a port, such as %s", address, usualAddress)
	}
	l, err := net.Listen("tcp", address)
	if err != nil && s.Listen == "" {
		fmt.Fprintln(c.log, "Port 8080 is taken; another one is used.")
		l, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", address, err)
	}
	return l, nil
}

// names are those by which browsers may know this machine.
func (s *serve) names() []string {
	host, _, err := net.SplitHostPort(s.Listen)
	if _, wrong := netip.ParseAddr(host); err != nil || host == "" || wrong == nil {
		return s.Host
	}
	return append(slices.Clone(s.Host), host)
}
