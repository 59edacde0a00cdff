package live

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
	"time"
)

// small are settings of a training that takes a moment.
func small(steps int) *Settings { return &Settings{Steps: steps, Hidden: []int{8}, Batch: 16} }

// begin returns a session that trains on eight Gaussians, and the page that watches.
func begin(t *testing.T, steps int, watch Watch) (*Session, *page) {
	leaves(t)
	s := New("one", Config{})
	t.Cleanup(s.Close)
	p := open(t, s)
	p.ask(Request{Do: "data", Name: "8gaussians", Labels: "class"})
	p.ask(Request{Do: "watch", Watch: &watch})
	p.ask(Request{Do: "train", Settings: small(steps)})
	await[Training](p, 0, anyOf)
	return s, p
}

func ddim(n int) *Drawing {
	return &Drawing{Sampler: "ddim", N: n, Seed: 1, Options: map[string]any{"Levels": 5}}
}

// TestAnotherPage: a page that comes is told all that there is, as the one before was, and that one is told that
// it is taken and nothing more. A page whose place was taken does not take the other away.
func TestAnotherPage(t *testing.T) {
	s, p := begin(t, 5000, Watch{A: ddim(20), B: ddim(30), Field: true})
	_, _, done := await(p, 0, isDone)
	last, samples, _ := await(p, done, func(d Drawn, _ []byte) bool { return d.Of == "b" && d.Step == 5000 })
	detach := p.detach
	q := open(t, s)
	if p.last(); p.events[len(p.events)-1].kind != "taken" {
		t.Errorf("the page before is told %s", p.last())
	}
	detach()
	before := p.count()
	hello, _, _ := await[Hello](q, 0, anyOf)
	state, _, _ := await[State](q, 0, anyOf)
	losses, rows, _ := await[Losses](q, 0, anyOf)
	drawn, again, next := await(q, 0, func(d Drawn, _ []byte) bool { return d.Of == "b" })
	if !hello.Resumed || state.Phase != finished || drawn.Digest != last.Digest || !bytes.Equal(samples, again) {
		t.Errorf("%+v, %+v, %+v, want %+v", hello, state, drawn, last)
	}
	if !losses.Reset || losses.Rows > mostLosses+1 || losses.Rows < mostLosses/2-1 || len(rows) != 16*losses.Rows {
		t.Errorf("%+v with %d bytes", losses, len(rows))
	}
	var order []string
	for _, e := range q.events {
		if len(order) == 0 || order[len(order)-1] != e.kind {
			order = append(order, e.kind)
		}
	}
	if want := []string{"hello", "data", "training", "state", "losses", "heldout", "field", "frame", "drawn", "frame", "drawn"}; !slices.Equal(order, want) {
		t.Errorf("a page that comes is told %v, want %v", order, want)
	}
	q.ask(Request{Do: "again"})
	await(q, next, func(d Drawn, _ []byte) bool { return d.Of == "b" })
	if p.count() != before {
		t.Errorf("the page before is told more: %s", p.last())
	}
}

// TestSlowPage: a page that takes nothing for a while misses frames, and no loss, state or answer; and it gets the last
// samples.
func TestSlowPage(t *testing.T) {
	_, p := begin(t, 1_000_000, Watch{A: ddim(20)})
	_, _, next := await[Drawn](p, 0, anyOf)
	p.mutex.Lock()
	p.refuse = true
	p.mutex.Unlock()
	p.ask(Request{Do: "get", What: "model"})
	p.ask(Request{Do: "get", What: "nothing"})
	for range 3 {
		p.ask(Request{Do: "again"})
		time.Sleep(30 * time.Millisecond)
	}
	p.ask(Request{Do: "pause"})
	time.Sleep(50 * time.Millisecond)
	p.mutex.Lock()
	if p.refuse = false; p.refused == 0 {
		t.Error("the page was not slow")
	}
	p.mutex.Unlock()
	await[File](p, next, anyOf)
	await[Failure](p, next, anyOf)
	state, _, _ := await(p, next, func(s State, _ []byte) bool { return s.Phase == paused })
	await(p, next, func(d Drawn, _ []byte) bool { return d.Step == state.Step })
	step := float32(0)
	for at, reset := 0, false; ; {
		l, body, n, ok := find(p, at, anyOf[Losses])
		if !ok {
			break
		}
		values := floats(body)
		if reset = l.Reset; reset {
			step = 0
		}
		for i := 0; i < len(values); i += lossColumns {
			if values[i] != step+1 && !reset {
				t.Fatalf("the loss of step %v follows that of %v", values[i], step)
			}
			step = values[i]
		}
		at = n
	}
	if step != float32(state.Step) {
		t.Errorf("the last loss is of step %v, want %d", step, state.Step)
	}
}

// TestLossesWait: losses that a listener cannot take yet are sent together later, in order and each once; where
// they become many, the thinned curve takes their place.
func TestLossesWait(t *testing.T) {
	taken, body := false, []byte(nil)
	var header Losses
	o := &outbox{}
	o.attach(func(message []byte) bool {
		h, b, err := Split(message)
		if taken && bytes.Contains(h, []byte("losses")) {
			body = b
			err = json.Unmarshal(h, &header)
		}
		if err != nil {
			t.Error(err)
		}
		return taken
	})
	step := 0
	rows := func(n int) (rows []float32) {
		for range n {
			step++
			rows = append(rows, float32(step), 1, 2, 3)
		}
		return rows
	}
	o.losses(rows(3))
	o.losses(rows(2))
	taken = true
	if o.retry() != 0 || header.Rows != 5 || header.Reset || floats(body)[16] != 5 || floats(body)[12] != 4 {
		t.Errorf("%+v %v", header, floats(body))
	}
	taken = false
	for range 30 {
		o.losses(rows(100))
	}
	taken = true
	values := floats(nil)
	if o.retry() == 0 {
		values = floats(body)
	}
	if !header.Reset || header.Rows > mostLosses+1 || values[len(values)-lossColumns] != 3005 {
		t.Errorf("%+v", header)
	}
}

// TestFilesWait: files do not pile up before a page that does not take them.
func TestFilesWait(t *testing.T) {
	leaves(t)
	s := New("one", Config{})
	t.Cleanup(s.Close)
	p := open(t, s)
	p.ask(Request{Do: "data", Name: "moons"})
	p.ask(Request{Do: "train", Settings: &Settings{Steps: 1, Hidden: []int{2048, 1024}, Batch: 4}})
	_, _, at := await(p, 0, isDone)
	p.mutex.Lock()
	p.refuse = true
	p.mutex.Unlock()
	for range 5 {
		p.ask(Request{Do: "get", What: "model"})
	}
	for s.out.retry() < 5 {
		time.Sleep(time.Millisecond)
	}
	p.mutex.Lock()
	p.refuse = false
	p.mutex.Unlock()
	failures := 0
	for range 4 {
		_, _, at = await(p, at, func(f Failure, _ []byte) bool { return f.Do == "get" })
		failures++
	}
	if files := p.kinds("file"); files != 1 || failures != 4 {
		t.Errorf("%d files, %d failures", files, failures)
	}
}
