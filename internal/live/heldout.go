package live

import (
	"math"
	"time"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// heldOut says when the losses of points that are not trained on are due.
type heldOut struct {
	last  time.Time
	took  time.Duration // the last ones
	early int           // how many of the early parts are passed
	tenth int           // how many tenths
}

// earlyParts are the parts of a training after which the losses are due in its beginning, when they fall fast.
var earlyParts = []float64{0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075}

// due reports whether the losses are due after a step: after each tenth, and after the early parts where the
// last are two seconds old, or older where they take long.
func (h *heldOut) due(done, total int, now time.Time) bool {
	const least, share = 2 * time.Second, 50
	if tenth := done * 10 / total; tenth > h.tenth || done == total && h.tenth < 10 {
		h.tenth, h.last = tenth, now
		return true
	}
	passed := h.early
	for passed < len(earlyParts) && float64(done) >= earlyParts[passed]*float64(total) {
		passed++
	}
	if passed == h.early || now.Sub(h.last) < max(least, share*h.took) {
		return false
	}
	h.early, h.last = passed, now
	return true
}

// holdOut tells the losses of the points that are not trained on, when they are due.
func (w *worker) holdOut() {
	t := w.training
	if t.phase == failed || t.data.HeldOut.Rows == 0 || !t.held.due(t.trainer.Done(), t.total, time.Now()) {
		return
	}
	begun := time.Now()
	defer func() {
		t.held.took = time.Since(begun)
		w.drawings.spent += t.held.took
	}()
	model, step := w.current()
	sigmas := setup.HeldOutLevels(model)
	points, labels := t.data.HeldOut, t.data.HeldOutLabels
	if n := w.config.HeldOut; n > 0 && n < points.Rows {
		points, labels = points.Slice(0, n), labels[:min(n, len(labels))]
	}
	score, err := setup.HeldOutScore(model, labels)
	if err != nil {
		return
	}
	losses, err := smld.DenoisingLosses(w.ctx, score, points, sigmas, t.seed)
	if err != nil {
		return
	}
	h := HeldOut{Event: "heldout", Step: step, Sigmas: []float64{}, Losses: []float64{}}
	for i, loss := range losses {
		if !math.IsNaN(loss) && !math.IsInf(loss, 0) {
			h.Sigmas, h.Losses = append(h.Sigmas, float64(sigmas[i])), append(h.Losses, loss)
		}
	}
	w.out.post(h, nil)
}
