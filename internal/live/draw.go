package live

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// errInterrupted is the cause of the end of a drawing that a request made useless.
var errInterrupted = errors.New("there is another request")

// The least time between two drawings of a running training is a quarter of the time that it has run, within these
// bounds: samples change fast in the beginning. A page shows no more than one drawing in the longer time.
const (
	shortGap = 1500 * time.Millisecond
	longGap  = 4500 * time.Millisecond
)

// gap returns that time.
func (w *worker) gap() time.Duration {
	if w.training == nil {
		return shortGap
	}
	return min(longGap, max(shortGap, time.Duration(w.training.seconds/4*float64(time.Second))))
}

// due reports whether something is to be drawn now.
func (w *worker) due(now time.Time) bool {
	if w.training == nil && w.model == nil || w.phase() == failed {
		return false
	}
	d := &w.drawings
	if w.phase() == running && now.UnixNano() >= d.next {
		d.demand()
	}
	d.want[partA] = d.want[partA] && w.watch.A != nil
	d.want[partB] = d.want[partB] && w.watch.B != nil
	d.want[partField] = d.want[partField] && w.watch.Field
	return d.want != [parts]bool{}
}

// draw draws what is wanted. A request that makes it useless ends it, and it is drawn again when that is carried
// out.
func (w *worker) draw() {
	begun := time.Now()
	ctx, interrupt := context.WithCancelCause(w.ctx)
	defer interrupt(nil)
	w.queue.during(func() { interrupt(errInterrupted) })
	defer w.queue.during(nil)
	model, step := w.current()
	for _, part := range []struct {
		number int
		draw   func() error
	}{
		{partField, func() error { return w.drawField(model, step) }},
		{partA, func() error { return w.drawSamples(ctx, "a", w.watch.A, model, step) }},
		{partB, func() error { return w.drawSamples(ctx, "b", w.watch.B, model, step) }},
	} {
		if !w.drawings.want[part.number] {
			continue
		}
		err := part.draw()
		if ctx.Err() != nil {
			return
		}
		w.drawings.want[part.number] = false
		message := ""
		if err != nil {
			message = sentence(err)
		}
		if message != "" && message != w.drawings.failed[part.number] {
			w.out.post(Failure{Event: "error", Do: "watch", Message: message}, nil)
		}
		w.drawings.failed[part.number] = message
	}
	took := time.Since(begun) + w.drawings.spent
	w.drawings.spent = 0
	w.drawings.next = max(begun.Add(w.gap()).UnixNano(), time.Now().UnixNano()+int64(w.config.Gap*float64(took)))
}

// drawSamples draws samples and tells of them on the way.
func (w *worker) drawSamples(ctx context.Context, of string, d *Drawing, m *smld.Model, step int) error {
	begun := time.Now()
	if cols := width(m); d.N > w.config.Limits.Values/cols {
		return fmt.Errorf("%d samples of %d values: want at most %d values here",
			d.N, cols, w.config.Limits.Values)
	}
	options, err := d.options()
	if err != nil {
		return err
	}
	sampler, err := smld.NewSampler(d.Sampler, m.Levels(), options)
	if err != nil {
		return err
	}
	labels, err := d.labels(m)
	if err != nil {
		return err
	}
	score, err := d.score(m, labels)
	if err != nil {
		return err
	}
	w.drawings.number++
	x, numbers := kernels.NewMatrix(d.N, m.Dim()), smld.Numbers{Seed: d.Seed}
	m.Prior(x, sampler.Start(), numbers)
	f := newFrames(w, of, m, x, sampler.Start())
	evaluations, err := sampler.Sample(ctx, score, x, numbers, func(p smld.Progress) error {
		f.show(p)
		w.config.Between()
		return context.Cause(ctx)
	})
	if err != nil {
		return err
	}
	r := &drawnResult{model: m, drawing: *d, points: x, labels: labels}
	w.drawings.done[place(of)] = r
	sum := sha256.New()
	if err := r.table().WriteNPY(sum); err != nil {
		return err
	}
	some := x.Slice(0, shownRows(x.Rows, width(m)))
	h := Drawn{
		Event: "drawn", Of: of, Draw: w.drawings.number, Step: step, Rows: some.Rows, Cols: width(m),
		Double:      w.chosen.view.double,
		Evaluations: evaluations, Seconds: time.Since(begun).Seconds(), Measures: w.measure(r),
		Digest: hex.EncodeToString(sum.Sum(nil)), Command: d.command(),
	}
	w.out.post(h, appendPoints(nil, shown(m, some), h.Double))
	return nil
}

// shownRows returns how many of a number of rows are shown.
func shownRows(rows, cols int) int {
	const values = 1 << 17
	return min(rows, max(1, values/cols))
}
