package picture

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// Way is where points are on their way from noise to samples: at the start, and after steps of a sampler.
type Way struct {
	Sigmas []float64          // noise levels, in units of the model; 0 where the points are clean
	Points []kernels.Matrix64 // rows of data, neither rounded nor kept to the range of the data
}

// Follow draws n samples of a model by a sampler and returns their way, at no more than so many moments: the start, the
// end, and steps between them. A score other than the model's own may be given, such as one with a condition. The
// samples are those of Model.DrawFrom with the same numbers.
func Follow(
	ctx context.Context, m *smld.Model, score smld.Score, sampler smld.Sampler, n int, numbers smld.Numbers, most int,
) (*Way, error) {
	if n < 1 || most < 2 {
		return nil, fmt.Errorf("cannot follow %d samples at %d moments: want one or more, at two or more", n, most)
	}
	if score == nil {
		score = m.Score()
	}
	x := kernels.NewMatrix(n, m.Dim())
	m.Prior(x, sampler.Start(), numbers)
	w := &Way{}
	w.note(m, float64(sampler.Start()), x)
	_, _, err := m.DrawFrom(ctx, score, sampler, n, numbers, func(p smld.Progress) error {
		steps := min(p.Total, most-1)
		if p.Done*steps/p.Total > (p.Done-1)*steps/p.Total {
			w.note(m, float64(p.Sigma), p.Points)
		}
		return nil
	})
	return w, err
}

func (w *Way) note(m *smld.Model, sigma float64, x kernels.Matrix) {
	w.Sigmas = append(w.Sigmas, sigma)
	w.Points = append(w.Points, noisyRows(m, x))
}

// check returns an error unless the way has moments, each of points with that many values.
func (w *Way) check(values int) error {
	if len(w.Points) < 2 || len(w.Sigmas) != len(w.Points) {
		return errors.New("cannot draw a way of less than two moments, or without a noise level for each")
	}
	for i, x := range w.Points {
		if x.Rows == 0 || x.Rows != w.Points[0].Rows || x.Cols != values {
			return fmt.Errorf("cannot draw a way: moment %d has %d rows of %d values: want as many as at first, of %d values",
				i+1, x.Rows, x.Cols, values)
		}
		if err := checkFinite("a way", x); err != nil {
			return err
		}
	}
	return nil
}

// end returns where the points are at last.
func (w *Way) end() kernels.Matrix64 { return w.Points[len(w.Points)-1] }

// within returns the way from when most of the points are within bounds; before that there is little to see.
func (w *Way) within(b Bounds) *Way {
	for k, x := range w.Points {
		seen := 0
		for i := range x.Rows {
			if r := x.Row(i); r[0] > b.XLow && r[0] < b.XHigh && r[1] > b.YLow && r[1] < b.YHigh {
				seen++
			}
		}
		if 10*seen >= 6*x.Rows || k == len(w.Points)-2 {
			return &Way{w.Sigmas[k:], w.Points[k:]}
		}
	}
	return w
}

// viewed returns the bounds of a picture of the way: those that are given, or some around the samples and the true
// points, with room for what comes from outside.
func (w *Way) viewed(p Plane, sets []Points) (Bounds, error) {
	b := p.Bounds
	if b == (Bounds{}) {
		const room = 0.25
		b = around(append(sets, Points{X: w.end()})...).wider(room)
	}
	return b.equal(b.aspect()), b.check()
}
