package serve

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// Session is what a client talks to, as live.Session describes it.
type Session interface {
	Attach(send func(message []byte) bool) (detach func())
	HandleUntil(message []byte, done func()) error
	Close()
}

// table has the sessions. A session takes a place from its beginning until all that it did has ended.
type table struct {
	make   func(id string) Session
	places int
	grace  time.Duration

	mutex   sync.Mutex
	entries map[string]*entry
	ended   bool
}

// entry is a session and the client that listens to it.
type entry struct {
	id      string
	table   *table
	session Session
	gone    chan struct{} // closed when the session has ended and its place is free

	mutex    sync.Mutex
	listener *client
	detach   func()      // takes it away
	left     time.Time   // when the last client left
	timer    *time.Timer // that ends the session
	ending   bool
}

func newTable(places int, grace time.Duration, newSession func(id string) Session) *table {
	return &table{make: newSession, places: places, grace: grace, entries: map[string]*entry{}}
}

// join makes a client the listener of the session of that id or, where there is none, of a new one.
func (t *table) join(ctx context.Context, id string, c *client) (*entry, error) {
	for {
		e, wait, err := t.find(id)
		if err != nil {
			return nil, err
		}
		if e != nil {
			if e.attach(c) {
				return e, nil
			}
			wait = e // it ended in between
		}
		select {
		case <-wait.gone:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// find returns the entry to join, or one that ends and whose place can be had then.
func (t *table) find(id string) (e, wait *entry, err error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.ended {
		return nil, nil, fmt.Errorf("langevin serve has ended; start it again")
	}
	if e := t.entries[id]; e != nil && !e.isEnding() {
		return e, nil, nil
	}
	if len(t.entries) < t.places {
		id := randomName()
		e := &entry{id: id, table: t, session: t.make(id), gone: make(chan struct{})}
		t.entries[id] = e
		return e, nil, nil
	}
	if wait := t.dispensable(); wait != nil {
		return nil, wait, nil
	}
	pages := "1 page is"
	if t.places > 1 {
		pages = fmt.Sprintf("%d pages are", t.places)
	}
	return nil, nil, fmt.Errorf("%s at work already; close one, or start langevin serve with --sessions %d",
		pages, 2*t.places)
}

// dispensable returns a session that ends already, or else ends the one whose page went first, or returns nil.
func (t *table) dispensable() (found *entry) {
	var first time.Time
	for _, e := range t.entries {
		e.mutex.Lock()
		ending, alone, left := e.ending, e.listener == nil && !e.left.IsZero(), e.left
		e.mutex.Unlock()
		if ending {
			return e
		}
		if alone && (found == nil || left.Before(first)) {
			found, first = e, left
		}
	}
	if found != nil && !found.end(false) {
		return nil // its page is back
	}
	return found
}

// attach makes a client the listener, unless the session ends. The one before is told by the session that it
// no longer is, and its connection ends.
func (e *entry) attach(c *client) bool {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.ending {
		return false
	}
	if e.timer != nil {
		e.timer.Stop()
	}
	before := e.listener
	e.listener = c
	e.detach = e.session.Attach(c.out.put)
	if before != nil {
		before.end(websocket.StatusNormalClosure, "another page goes on with this session")
	}
	return true
}

// leave takes a client away, if it is still the listener. The session goes on for a while, so that a page that
// is loaded again finds it.
func (e *entry) leave(c *client) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.listener != c {
		return
	}
	e.listener = nil
	e.detach()
	if !e.ending {
		e.left = time.Now()
		e.timer = time.AfterFunc(e.table.grace, func() { e.end(false) })
	}
}

func (e *entry) isEnding() bool {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	return e.ending
}

// end ends the session, where it has no listener or always, and tells whether it ends.
func (e *entry) end(always bool) bool {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.ending {
		return true
	}
	if e.listener != nil && !always {
		return false // a client came back in the last moment
	}
	e.ending = true
	if e.timer != nil {
		e.timer.Stop()
	}
	go func() {
		e.session.Close()
		e.table.mutex.Lock()
		delete(e.table.entries, e.id)
		e.table.mutex.Unlock()
		close(e.gone)
	}()
	return true
}

// close ends all sessions and returns their entries. No new ones begin.
func (t *table) close() []*entry {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.ended = true
	var all []*entry
	for _, e := range t.entries {
		e.end(true)
		all = append(all, e)
	}
	return all
}
