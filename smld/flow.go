package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// flow integrates dx/dsigma = -sigma s and, beside it, the integral of sigma times another function of the
// point. Each row has steps of its own, in the coordinate u = log sigma where levels fall, and u = sigma
// where they rise. With the pace p = sigma dsigma/du, dx/du = -p s.
type flow struct {
	rk45       RK45
	derivative derivative
}

// falls reports whether the levels fall.
func (f *flow) falls() bool { return f.rk45.Sigmas[1] < f.rk45.Sigmas[0] }

// place returns u at a level.
func (f *flow) place(sigma float32) float64 {
	if f.falls() {
		return detmath.Log(float64(sigma))
	}
	return float64(sigma)
}

// level returns the level at u.
func (f *flow) level(u float64) float32 {
	if f.falls() {
		return float32(detmath.Exp(u))
	}
	return float32(u)
}

// pace returns p at a level.
func (f *flow) pace(sigma float32) float64 {
	if f.falls() {
		return float64(sigma) * float64(sigma)
	}
	return float64(sigma)
}

// derivative sets s and, unless it is nil, g at the rows of x. numbers are the numbers of the samples, from
// 0.
type derivative func(s kernels.Matrix, g []float64, x kernels.Matrix, sigma []float32, numbers []int) error

// flowBlock is how many samples are under way at the same time.
const flowBlock = 4096

// run moves the rows of x along all levels and adds the integral to that of each row, unless it is nil.
func (f *flow) run(
	x kernels.Matrix, integral []float64, first uint64, level func(done int) error,
) (float64, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	w := newFlowWork(min(x.Rows, flowBlock), x.Cols, integral != nil)
	sigmas := f.rk45.Sigmas
	evaluations, steps, rows := 0, make([]float64, x.Rows), float64(max(x.Rows, 1))
	for k := range sigmas[1:] {
		from, to := sigmas[k], sigmas[k+1]
		for block := 0; block < x.Rows; block += flowBlock {
			end := min(block+flowBlock, x.Rows)
			n, err := f.interval(w, x, integral, steps, block, end, from, to, first)
			evaluations += n
			if err != nil {
				return float64(evaluations) / rows, err
			}
		}
		if err := level(k + 1); err != nil {
			return float64(evaluations) / rows, err
		}
	}
	return float64(evaluations) / rows, nil
}

// leastTolerance is the least relative tolerance, some of float32's units in the last place.
const leastTolerance = 1e-6

func (f *flow) check() error {
	r := f.rk45
	if len(r.Sigmas) < 2 {
		return fmt.Errorf("smld: %d noise levels: want at least 2", len(r.Sigmas))
	}
	rising := r.Sigmas[1] > r.Sigmas[0]
	for i, s := range r.Sigmas {
		if !(s > 0) || s > math.MaxFloat32 {
			return fmt.Errorf("smld: noise level %d is %v, want a positive number", i+1, s)
		}
		if i > 0 && (s == r.Sigmas[i-1] || s > r.Sigmas[i-1] != rising) {
			return fmt.Errorf("smld: noise level %d is %v and the one before it %v: "+
				"levels must all fall or all rise",
				i+1, s, r.Sigmas[i-1])
		}
	}
	if !r.Fixed &&
		(!(r.RelTol >= leastTolerance) || !(r.AbsTol > 0) || math.IsInf(r.RelTol, 1) ||
			math.IsInf(r.AbsTol, 1)) {
		return fmt.Errorf("smld: tolerances of %v relative and %v absolute: want at least %v "+
			"and a positive number",
			r.RelTol, r.AbsTol, leastTolerance)
	}
	return nil
}

// interval moves rows block to end-1 of x from one level to the next. steps holds the length of each sample's
// next step and is 0 at first.
func (f *flow) interval(
	w *flowWork, x kernels.Matrix, integral, steps []float64, block, end int, low, high float32, first uint64,
) (int, error) {
	n, to := end-block, f.place(high)
	for i := range n {
		copy(w.x.Row(i), x.Row(block+i))
		f.begin(w, i, block+i, low, to, steps[block+i])
	}
	if err := f.evaluate(w, 0, w.x, n); err != nil {
		return 0, err
	}
	evaluations := n
	for n > 0 {
		for i := range n {
			w.tried[i]++
			f.limit(w, i, to)
		}
		for stage := 1; stage < 7; stage++ {
			w.combine(n, stage)
			for i := range n {
				w.at[stage][i] = f.level(math.FMA(dormandPrinceNodes[stage], w.h[i], w.u[i]))
				w.pace[stage][i] = f.pace(w.at[stage][i])
			}
			if err := f.evaluate(w, stage, w.y, n); err != nil {
				return evaluations, err
			}
		}
		evaluations += 6 * n
		parallelRows(n, x.Cols, func(_, from, end int) {
			for i := from; i < end; i++ {
				w.failed[i] = f.judge(w, i, to, first)
			}
		})
		for _, err := range w.failed[:n] {
			if err != nil {
				return evaluations, err
			}
		}
		n = w.compact(n, to, func(i int) {
			row := w.numbers[i]
			copy(x.Row(row), w.x.Row(i))
			steps[row] = max(w.plan[i], math.Abs(w.h[i]))
			if integral != nil {
				integral[row] += w.sum[i]
			}
		})
	}
	return evaluations, nil
}

// begin puts a sample into row i, at a level from where it goes to u = to. step is the length of its next
// step, if that is known.
func (f *flow) begin(w *flowWork, i, number int, sigma float32, to, step float64) {
	w.numbers[i], w.u[i], w.tried[i], w.sum[i] = number, f.place(sigma), 0, 0
	w.at[0][i], w.pace[0][i] = sigma, f.pace(sigma)
	w.h[i] = math.Copysign(step, to-w.u[i])
	if f.rk45.Fixed {
		w.h[i] = to - w.u[i]
	} else if step == 0 {
		const begin = 0.1 // of the way; a length that does not do is found out
		w.h[i] = float64(begin * (to - w.u[i]))
	}
}

// limit cuts a step that is too long, or that leads beyond the end.
func (f *flow) limit(w *flowWork, i int, to float64) {
	if !f.rk45.Fixed {
		longest := math.Ln2 // down to half the level
		if !f.falls() {
			longest = 2 * w.u[i] // up to three times
		}
		w.h[i] = max(-longest, min(longest, w.h[i]))
	}
	w.plan[i] = math.Abs(w.h[i])
	if math.Abs(w.h[i]) >= math.Abs(to-w.u[i])*(1-1e-9) {
		w.h[i] = to - w.u[i]
	}
}

// evaluate sets the derivatives of a stage at the first n rows of y.
func (f *flow) evaluate(w *flowWork, stage int, y kernels.Matrix, n int) error {
	var g []float64
	if w.integrand {
		g = w.g[stage][:n]
	}
	return f.derivative(w.s[stage].Slice(0, n), g, y.Slice(0, n), w.at[stage][:n], w.numbers[:n])
}
