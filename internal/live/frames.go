package live

import (
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// mostSteps is how many steps of a drawing are shown.
const mostSteps = 60

// frames shows samples on their way.
type frames struct {
	w      *worker
	model  *smld.Model
	header Frame
	noise  []float64 // the points before the first step
	start  float32   // their level
	shown  int       // the last that was shown
	rows   int
	begun  bool
}

// newFrames returns what shows the samples x, which are noise yet.
func newFrames(w *worker, of string, m *smld.Model, x kernels.Matrix, start float32) *frames {
	f := &frames{w: w, model: m, start: start, rows: shownRows(x.Rows, width(m))}
	f.noise = shown(m, x.Slice(0, f.rows))
	f.header = Frame{Event: "frame", Of: of, Draw: w.drawings.number, Rows: f.rows, Cols: width(m),
		Double: w.chosen.view.double}
	return f
}

// show shows the points after a step, if that is one of those that are shown: of more than 60 steps as many,
// evenly, with the last.
func (f *frames) show(p smld.Progress) {
	total := min(p.Total, mostSteps)
	if !f.begun {
		f.begun = true
		f.post(0, total, f.start, f.noise)
		f.noise = nil
	}
	at := p.Done * total / p.Total
	if at == f.shown {
		return
	}
	f.shown = at
	f.post(at, total, p.Sigma, shown(f.model, p.Points.Slice(0, f.rows)))
}

func (f *frames) post(at, total int, sigma float32, points []float64) {
	h := f.header
	h.Frame, h.Total, h.Sigma = at, total, float64(sigma)
	f.w.out.post(h, appendPoints(nil, points, h.Double))
}
