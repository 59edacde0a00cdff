package live

import (
	"context"
	"time"

	"github.com/seed964deb49/langevin/smld"
)

// worker does what a session computes, on one goroutine.
type worker struct {
	ctx    context.Context
	config Config
	queue  *queue
	out    *outbox

	chosen   *chosen   // nil without data
	training *training // nil without one
	model    *smld.Model
	watch    Watch
	drawings drawings
	held     struct{ data, training int64 } // bytes of config.Memory
}

// loop works until the context ends.
func (w *worker) loop() {
	for w.ctx.Err() == nil {
		if !w.turn() {
			w.wait()
		}
		w.config.Between()
	}
}

// turn does the next of what there is to do, if there is something. A request comes before a drawing that is due,
// and that before a step.
func (w *worker) turn() bool {
	if w.next() {
		return true
	}
	now := time.Now()
	switch {
	case w.due(now):
		w.draw()
	case w.phase() == running:
		w.step(now)
	default:
		return false
	}
	return true
}

// next carries out a request, and reports whether there was one.
func (w *worker) next() bool {
	if w.out.retry() > crowd {
		return false
	}
	r, ok := w.queue.take()
	if ok {
		w.carryOut(r)
	}
	return ok
}

// wait waits for a request, or for the time to try again what the listener could not take.
func (w *worker) wait() {
	const again = 20 * time.Millisecond
	var retry <-chan time.Time
	if w.out.retry() > 0 {
		timer := time.NewTimer(again)
		defer timer.Stop()
		retry = timer.C
	}
	select {
	case <-w.ctx.Done():
	case <-w.queue.wake:
	case <-retry:
	}
}

// phase returns the phase of the training.
func (w *worker) phase() string {
	switch {
	case w.training != nil:
		return w.training.phase
	case w.chosen != nil && w.chosen.model != nil:
		return finished
	}
	return idle
}

// step makes a step of the training and tells of it.
func (w *worker) step(now time.Time) {
	const often = 200 * time.Millisecond
	t := w.training
	t.step()
	if t.phase != running || now.Sub(t.told) >= often {
		w.tellState()
	}
	w.holdOut()
	if t.phase == finished {
		w.drawings.demand()
	}
}

// tellState tells how far the training is.
func (w *worker) tellState() {
	if w.training == nil {
		w.out.post(State{Event: "state", Phase: w.phase()}, nil)
		return
	}
	state := w.training.state()
	w.out.losses(w.training.rows)
	w.training.rows = w.training.rows[:0]
	w.out.post(state, nil)
}

// carryOut carries out a request. What cannot be done is told.
func (w *worker) carryOut(r request) {
	defer r.finish()
	err := map[string]func(request) error{
		"data": w.choose, "train": w.train, "pause": w.pause, "go": w.resume, "reset": w.reset,
		"watch": w.look, "again": w.again, "get": w.get,
	}[r.Do](r)
	if err != nil && w.ctx.Err() == nil {
		w.out.post(Failure{Event: "error", Do: r.Do, Message: sentence(err)}, nil)
	}
}
