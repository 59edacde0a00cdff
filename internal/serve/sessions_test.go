package serve

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// TestGone: the session of a page that goes away, with or without a word, ends after the grace, and not before.
func TestGone(t *testing.T) {
	r := start(t, nil, nil)
	for i, leave := range []func(tab){
		func(p tab) { p.CloseNow() },
		func(p tab) { p.Close(websocket.StatusGoingAway, "") },
	} {
		p, _ := r.open("")
		begun := time.Now()
		leave(p)
		f := r.sessions.at(i)
		eventually(t, "the session ends", f.isClosed)
		if took := time.Since(begun); took < 100*time.Millisecond || took > 3*time.Second {
			t.Errorf("it ends after %v", took)
		}
		eventually(t, "the clients are gone", func() bool {
			r.Server.mutex.Lock()
			defer r.Server.mutex.Unlock()
			return len(r.clients) == 0
		})
	}
}

// TestReload: a page that comes back within the grace goes on with its session, any number of times; one that
// comes later, or asks for a session that never was, has a new one.
func TestReload(t *testing.T) {
	r := start(t, func(c *Config) { c.Grace = 300 * time.Millisecond }, nil)
	p, told := r.open("")
	id := idOf(told)
	for i := range 4 {
		p.CloseNow()
		time.Sleep(150 * time.Millisecond) // together more than the grace
		if p, told = r.open(id); told != fmt.Sprintf("hello %s %d", id, i+2) {
			t.Errorf("told %q", told)
		}
	}
	p.CloseNow()
	eventually(t, "the session ends", r.sessions.at(0).isClosed)
	for _, old := range []string{id, "none", strings.Repeat("x", 10000)} {
		if _, told := r.open(old); idOf(told) == id || idOf(told) == old || !strings.HasSuffix(told, " 1") {
			t.Errorf("told %q", told)
		}
	}
}

// TestTaken: a second page with one session takes it from the first, whose end changes nothing.
func TestTaken(t *testing.T) {
	r := start(t, nil, nil)
	first, told := r.open("")
	second, told := r.open(idOf(told))
	if !strings.HasSuffix(told, " 2") {
		t.Errorf("told %q", told)
	}
	if last := first.hear(); last != "taken" {
		t.Errorf("the first hears %q", last)
	}
	if code, reason := first.end(); code != websocket.StatusNormalClosure || reason != "another page goes on with this session" {
		t.Errorf("the first ends with %v %q", code, reason)
	}
	time.Sleep(2 * r.config.Grace)
	second.say("still")
	if answer := second.hear(); answer != "still 5" {
		t.Errorf("the second hears %q", answer)
	}
}

// TestPlaces: when all places are taken one more page is told so. The place of a page that has left is given to
// the next, before the grace is over.
func TestPlaces(t *testing.T) {
	r := start(t, func(c *Config) { c.Grace = time.Hour }, nil)
	var pages []tab
	for range 3 {
		p, _ := r.open("")
		pages = append(pages, p)
	}
	for range 5 {
		p, told := r.open("")
		const want = "3 pages are at work already; close one, or start langevin serve with --sessions 6"
		if told != "refused: "+want {
			t.Errorf("told %q", told)
		}
		if code, reason := p.end(); code != websocket.StatusTryAgainLater || reason != want {
			t.Errorf("%v %q", code, reason)
		}
	}
	pages[1].CloseNow()
	eventually(t, "a place is free", func() bool {
		_, told := r.open("")
		return strings.HasPrefix(told, "hello ")
	})
	if !r.sessions.at(1).isClosed() || r.sessions.at(0).isClosed() || r.sessions.at(2).isClosed() {
		t.Error("another session than that without a page has ended")
	}
}

// TestEnd: when the server ends, pages are told so, whatever they do, and it ends within a second.
func TestEnd(t *testing.T) {
	for _, name := range []string{"idle", "busy", "flooded", "uploading", "a session that does not end"} {
		t.Run(name, func(t *testing.T) {
			stuck := make(chan struct{})
			r := start(t, func(c *Config) { c.Grace = time.Hour }, nil)
			if strings.HasPrefix(name, "a session") {
				r.sessions.stuck = stuck
			}
			p, _ := r.open("")
			gone, _ := r.open("")
			gone.CloseNow()
			switch name {
			case "busy":
				p.say("slow")
			case "flooded":
				p.say("flood")
			case "uploading":
				w, err := p.Writer(context.Background(), websocket.MessageBinary)
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(w, "size %d %s", 900_000, strings.Repeat("x", piece))
			}
			time.Sleep(50 * time.Millisecond)
			begun := time.Now()
			r.stop()
			if name != "flooded" && name != "uploading" {
				if code, reason := p.end(); code != websocket.StatusGoingAway || !strings.HasPrefix(reason, "langevin serve has ended") {
					t.Errorf("%v %q", code, reason)
				}
			}
			err := <-r.stopped
			if took := time.Since(begun); err != nil || took > time.Second {
				t.Errorf("%v after %v", err, took)
			}
			r.stopped <- err // for the test's end
			eventually(t, "the connections are closed, whatever the page does", func() bool {
				r.Server.mutex.Lock()
				defer r.Server.mutex.Unlock()
				return len(r.clients) == 0
			})
			close(stuck)
		})
	}
}

// TestEndBetween: a page that comes while the server ends gets no session.
func TestEndBetween(t *testing.T) {
	table := newTable(1, 0, (&fakes{}).make)
	table.close()
	if _, _, err := table.find(""); err == nil {
		t.Error("a session begins")
	}
	s := &Server{ended: true, clients: map[*client]bool{}}
	if s.enter(&client{}) {
		t.Error("a client is served")
	}
}
