package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/seed964deb49/langevin/internal/live"
)

// withEngine has a server carry the messages of package live.
func withEngine(c *Config) {
	c.Session = func(id string) Session { return live.New(id, live.Config{}) }
	c.Wanted, c.Size, c.Upload = live.Wanted, live.Size, live.DefaultLimits().Upload
}

// ask sends a request to the engine.
func (p tab) ask(r live.Request, body ...byte) {
	p.t.Helper()
	message, err := live.Encode(r, body)
	if err != nil {
		p.t.Fatal(err)
	}
	p.say(string(message))
}

// await returns the next event of a kind for which right holds, where that is not nil.
func await[E any](p tab, kind string, right func(E) bool) (e E, body []byte) {
	p.t.Helper()
	ctx, done := context.WithTimeout(context.Background(), time.Minute)
	defer done()
	for {
		_, message, err := p.Read(ctx)
		if err != nil {
			p.t.Fatalf("no %s: %v", kind, err)
		}
		header, body, err := live.Split(message)
		if err != nil {
			p.t.Fatal(err)
		}
		var h struct{ Event, Message string }
		if err := json.Unmarshal(header, &h); err != nil {
			p.t.Fatal(err)
		}
		if h.Event == "error" && kind != "error" {
			p.t.Fatalf("waiting for %s: %s", kind, h.Message)
		}
		var e E
		if h.Event == kind {
			if err := json.Unmarshal(header, &e); err != nil {
				p.t.Fatal(err)
			}
			if right == nil || right(e) {
				return e, body
			}
		}
	}
}

// join opens a page of the engine.
func (r *running) join(id string) (tab, live.Hello) {
	r.t.Helper()
	c, _, err := r.dial()
	if err != nil {
		r.t.Fatal(err)
	}
	p := tab{c, r.t}
	p.ask(live.Request{Do: "hello", Session: id})
	hello, _ := await[live.Hello](p, "hello", nil)
	return p, hello
}

// train begins a training of a few steps.
func (p tab) train(data string, steps int) {
	p.t.Helper()
	seed := uint64(7)
	p.ask(live.Request{Do: "data", Name: data})
	p.ask(live.Request{Do: "train", Settings: &live.Settings{Steps: steps, Batch: 32, Hidden: []int{16, 16}, Seed: &seed}})
}

// model awaits the end of the training and returns the model.
func (p tab) model() []byte {
	p.t.Helper()
	await(p, "state", func(s live.State) bool { return s.Phase == "done" })
	p.ask(live.Request{Do: "get", What: "model"})
	_, model := await[live.File](p, "file", nil)
	return model
}

// TestTwoPages: two pages that train at once have the bits that each has alone, and a page that is loaded
// again in the middle has them too.
func TestTwoPages(t *testing.T) {
	r := start(t, func(c *Config) { withEngine(c); c.Grace = 10 * time.Second }, nil)
	const steps = 3000
	alone := map[string][]byte{}
	for _, data := range []string{"moons", "8gaussians"} {
		p, _ := r.join("")
		p.train(data, steps)
		alone[data] = p.model()
		p.Close(websocket.StatusNormalClosure, "")
	}
	if bytes.Equal(alone["moons"], alone["8gaussians"]) {
		t.Fatal("two sets have one model")
	}
	moons, hello := r.join("")
	gaussians, other := r.join("")
	if hello.Resumed || hello.Session == other.Session {
		t.Errorf("sessions %v", hello)
	}
	moons.train("moons", steps)
	gaussians.train("8gaussians", steps)
	await(moons, "state", func(s live.State) bool { return s.Step > 0 })
	moons.CloseNow()
	moons, again := r.join(hello.Session)
	if !again.Resumed || again.Session != hello.Session {
		t.Errorf("again %v", again)
	}
	if !bytes.Equal(moons.model(), alone["moons"]) || !bytes.Equal(gaussians.model(), alone["8gaussians"]) {
		t.Error("two pages at once have other models than each alone")
	}
}

// TestGoneInTheMiddle: a page that goes away while it trains leaves nothing that runs on; start's end asks.
func TestGoneInTheMiddle(t *testing.T) {
	r := start(t, withEngine, nil)
	for range 4 {
		p, _ := r.join("")
		p.train("moons", 1_000_000)
		await(p, "state", func(s live.State) bool { return s.Step > 0 })
		p.CloseNow()
	}
	eventually(t, "all sessions end", func() bool {
		r.Server.sessions.mutex.Lock()
		defer r.Server.sessions.mutex.Unlock()
		return len(r.Server.sessions.entries) == 0
	})
	p, _ := r.join("") // and in the middle of the server's end
	p.train("moons", 1_000_000)
	await(p, "state", func(s live.State) bool { return s.Step > 0 })
	begun := time.Now()
	r.stop()
	err := <-r.stopped
	if took := time.Since(begun); took > time.Second {
		t.Errorf("the server ends after %v", took)
	}
	r.stopped <- err
}
