package live

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"sync"
	"testing"
	"time"
)

// page is a listener that notes all events.
type page struct {
	t       testing.TB
	s       *Session
	detach  func()
	mutex   sync.Mutex
	news    chan struct{}
	events  []noted
	refuse  bool // every message
	refused int
}

// noted is an event as a page sees it.
type noted struct {
	kind   string
	header []byte
	body   []byte
}

// open returns a page that listens to a session.
func open(t testing.TB, s *Session) *page {
	p := &page{t: t, s: s, news: make(chan struct{}, 1)}
	p.detach = s.Attach(p.send)
	return p
}

func (p *page) send(message []byte) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.refuse {
		p.refused++
		return false
	}
	header, body, err := Split(message)
	if err != nil {
		p.t.Error(err)
		return true
	}
	var h struct{ Event string }
	if err := json.Unmarshal(header, &h); err != nil {
		p.t.Error(err)
	}
	p.events = append(p.events, noted{h.Event, header, body})
	select {
	case p.news <- struct{}{}:
	default:
	}
	return true
}

// ask sends a request.
func (p *page) ask(r Request, body ...byte) {
	p.t.Helper()
	message, err := Encode(r, body)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.s.Handle(message); err != nil {
		p.t.Fatal(err)
	}
}

// find returns the first event from a place on that is of a kind and right, and the place after it.
func find[E any](p *page, from int, right func(E, []byte) bool) (e E, body []byte, next int, ok bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for i := from; i < len(p.events); i++ {
		if n := p.events[i]; n.kind == kinds[fmt.Sprintf("%T", e)] {
			var e E
			if err := json.Unmarshal(n.header, &e); err != nil {
				p.t.Fatal(err)
			}
			if right(e, n.body) {
				return e, n.body, i + 1, true
			}
		}
	}
	return e, nil, from, false
}

var kinds = map[string]string{
	"live.Hello": "hello", "live.Data": "data", "live.Training": "training", "live.State": "state",
	"live.Losses": "losses", "live.HeldOut": "heldout", "live.Field": "field", "live.Frame": "frame",
	"live.Drawn": "drawn", "live.File": "file", "live.Failure": "error", "live.Taken": "taken",
}

// await waits for an event that is right, from a place on, and returns it.
func await[E any](p *page, from int, right func(E, []byte) bool) (e E, body []byte, next int) {
	p.t.Helper()
	timeout := time.After(20 * time.Second)
	for {
		if e, body, next, ok := find(p, from, right); ok {
			return e, body, next
		}
		select {
		case <-p.news:
		case <-timeout:
			p.t.Fatalf("no %T; the last events are %s", e, p.last())
		}
	}
}

// last are the last events.
func (p *page) last() (text string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, n := range p.events[max(0, len(p.events)-8):] {
		text += fmt.Sprintf("\n%.300s", n.header)
	}
	return text
}

// count is how many events there are.
func (p *page) count() int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return len(p.events)
}

func anyOf[E any](E, []byte) bool { return true }

func isDone(s State, _ []byte) bool { return s.Phase == finished }

// floats returns the values of a body.
func floats(body []byte) []float32 {
	values := make([]float32, len(body)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(body[4*i:]))
	}
	return values
}

// last returns the last event of a type.
func last[E any](p *page) (e E) {
	for at := 0; ; {
		next, _, after, ok := find(p, at, anyOf[E])
		if !ok {
			return e
		}
		e, at = next, after
	}
}

// kinds returns how many events there are of a kind.
func (p *page) kinds(kind string) (n int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, e := range p.events {
		if e.kind == kind {
			n++
		}
	}
	return n
}
