package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// judge accepts or rejects the step of row i and sets the length of the next. An accepted step moves the
// state on.
func (f *flow) judge(w *flowWork, i int, to float64, first uint64) error {
	gain, gainError := w.gain(i)
	err := 0.0
	if !f.rk45.Fixed {
		err = f.error(w, i, gain, gainError)
	}
	h := w.h[i]
	if err <= 1 {
		if h == to-w.u[i] {
			w.u[i] = to
		} else {
			w.u[i] += h
		}
		w.sum[i] += gain
		copy(w.x.Row(i), w.y.Row(i))
		copy(w.s[0].Row(i), w.s[6].Row(i))
		w.at[0][i], w.pace[0][i] = w.at[6][i], w.pace[6][i]
		if w.integrand {
			w.g[0][i] = w.g[6][i]
		}
	}
	if f.rk45.Fixed {
		return nil
	}
	const safety, least, most, tries = 0.9, 0.2, 5, 10_000
	factor := least
	if !math.IsNaN(err) {
		factor = max(least, min(most, safety*detmath.Pow(err, -0.2)))
	}
	h = float64(h * factor)
	w.h[i] = h
	smallest := 1e-7
	if !f.falls() {
		smallest *= w.u[i]
	}
	if w.u[i] != to && (math.Abs(h) < smallest || w.tried[i] > tries) {
		return fmt.Errorf("smld: sample %d has steps of %.3g at level %.3g after %d tries: "+
			"tolerances of %v and %v are out of reach",
			first+uint64(w.numbers[i]), h, f.level(w.u[i]), w.tried[i], f.rk45.RelTol, f.rk45.AbsTol)
	}
	return nil
}

// gain returns what a step of row i adds to its integral, and its error.
func (w *flowWork) gain(i int) (gain, gainError float64) {
	if !w.integrand {
		return 0, 0
	}
	for j, b := range dormandPrinceStages[6] {
		gain = math.FMA(float64(b*w.h[i]*w.pace[j][i]), w.g[j][i], gain)
	}
	for j, b := range dormandPrinceErrors {
		gainError = math.FMA(float64(b*w.h[i]*w.pace[j][i]), w.g[j][i], gainError)
	}
	return gain, gainError
}

// error returns the error of a step of row i, in units of the tolerances.
func (f *flow) error(w *flowWork, i int, gain, gainError float64) float64 {
	r, x, y := f.rk45, w.x.Row(i), w.y.Row(i)
	errors, sum := make([]float64, len(x)), 0.0
	for j, b := range dormandPrinceErrors {
		w.accumulate(errors, i, j, b)
	}
	for j, e := range errors {
		size := max(math.Abs(float64(x[j])), math.Abs(float64(y[j])))
		q := e / math.FMA(r.RelTol, size, r.AbsTol)
		sum = math.FMA(q, q, sum)
	}
	err := math.Sqrt(sum / float64(len(x)))
	if w.integrand {
		size := max(math.Abs(w.sum[i]), math.Abs(w.sum[i]+gain))
		err = max(err, math.Abs(gainError)/math.FMA(r.RelTol, size, r.AbsTol))
	}
	return err
}
