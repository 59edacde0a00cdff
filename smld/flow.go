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
	evaluations, steps := 0, make([]float64, x.Rows)
	for k := range sigmas[1:] {
		from, to := sigmas[k], sigmas[k+1]
		for block := 0; block < x.Rows; block += flowBlock {
			end := min(block+flowBlock, x.Rows)
			n, err := f.interval(w, x, integral, steps, block, end, from, to, first)
			evaluations += n
			if err != nil {
				return float64(evaluations) / float64(x.Rows), err
			}
		}
		if err := level(k + 1); err != nil {
			return float64(evaluations) / float64(x.Rows), err
		}
	}
	return float64(evaluations) / float64(max(x.Rows, 1)), nil
}

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
	const least = 1e-6
	if !r.Fixed &&
		(!(r.RelTol >= least) || !(r.AbsTol > 0) || math.IsInf(r.RelTol, 1) || math.IsInf(r.AbsTol, 1)) {
		return fmt.Errorf("smld: tolerances of %v relative and %v absolute: want at least %v "+
			"and a positive number",
			r.RelTol, r.AbsTol, least)
	}
	return nil
}

// flowWork is the state of the samples under way, one a row, close together.
type flowWork struct {
	x, y      kernels.Matrix
	s         [7]kernels.Matrix // the score at each stage
	g         [7][]float64      // the integrand there; nil where there is none
	sum       []float64         // the integral so far
	u, h      []float64
	plan      []float64    // length of the step before it was cut short to end at the level
	at        [7][]float32 // level of each stage
	pace      [7][]float64 // and its pace
	numbers   []int
	tried     []int
	failed    []error
	integrand bool
}

func newFlowWork(rows, cols int, integrand bool) *flowWork {
	w := &flowWork{
		x: kernels.NewMatrix(rows, cols), y: kernels.NewMatrix(rows, cols),
		sum: make([]float64, rows), u: make([]float64, rows), h: make([]float64, rows),
		plan:    make([]float64, rows),
		numbers: make([]int, rows), tried: make([]int, rows), failed: make([]error, rows),
		integrand: integrand,
	}
	for i := range w.s {
		w.s[i] = kernels.NewMatrix(rows, cols)
		w.at[i], w.pace[i] = make([]float32, rows), make([]float64, rows)
		if integrand {
			w.g[i] = make([]float64, rows)
		}
	}
	return w
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

// combine sets the first n rows of y to the point of a stage: x and the derivatives, -sigma s, of the stages
// before. It sums in float64.
func (w *flowWork) combine(n, stage int) {
	parallelRows(n, w.x.Cols, func(_, from, to int) {
		sum := make([]float64, w.x.Cols)
		for i := from; i < to; i++ {
			for c, v := range w.x.Row(i) {
				sum[c] = float64(v)
			}
			for j, a := range dormandPrinceStages[stage][:stage] {
				w.accumulate(sum, i, j, a)
			}
			narrow(w.y.Row(i), sum)
		}
	})
}

// accumulate adds a h times the derivative of stage j at row i to sum.
func (w *flowWork) accumulate(sum []float64, i, j int, a float64) {
	if a == 0 {
		return
	}
	factor := -a * w.h[i] * w.pace[j][i]
	for c, s := range w.s[j].Row(i) {
		sum[c] = math.FMA(factor, float64(s), sum[c])
	}
}

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

// compact calls done for the rows that have arrived, moves the others of the first n to the front, and
// returns their number.
func (w *flowWork) compact(n int, to float64, done func(i int)) int {
	left := 0
	for i := range n {
		if w.u[i] == to {
			done(i)
			continue
		}
		if left != i {
			copy(w.x.Row(left), w.x.Row(i))
			copy(w.s[0].Row(left), w.s[0].Row(i))
			w.numbers[left], w.u[left] = w.numbers[i], w.u[i]
			w.h[left], w.tried[left] = w.h[i], w.tried[i]
			w.sum[left], w.at[0][left], w.pace[0][left] = w.sum[i], w.at[0][i], w.pace[0][i]
			if w.integrand {
				w.g[0][left] = w.g[0][i]
			}
		}
		left++
	}
	return left
}
