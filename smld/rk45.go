package smld

import (
	"context"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// RK45 solves the probability-flow ODE dx/dsigma = -sigma score by the embedded Runge-Kutta method of orders
// 5 and 4 of Dormand and Prince (1980), as Song et al. 2021 sample. Every sample has steps of its own and
// does not depend on the others. Samples that are still under way are evaluated together, which is fast with
// a RowScore.
type RK45 struct {
	// Sigmas are the levels at which all samples meet, and at which the sampler reports. The first and the
	// last are enough. They may rise too, which leads from data to the noise that the data comes from.
	Sigmas []float32
	// A step is accepted when the root mean square of its error over the coordinates, in units of
	// AbsTol + RelTol |x|, is below 1. Steps are in float32, which allows RelTol down to 10^-6. No step takes
	// the level down by more than half, or up to more than three times. A longer step may jump over the
	// levels where the data takes shape, from a place where its estimated error happens to vanish.
	RelTol, AbsTol float64
	// Fixed makes one step from each level to the next, and leaves the error alone.
	Fixed     bool
	NoDenoise bool // stop at the last level; otherwise a step of Denoise leads from there to zero
}

// Start returns the first level.
func (r RK45) Start() float32 {
	if len(r.Sigmas) == 0 {
		return 0
	}
	return r.Sigmas[0]
}

// Sample is Sampler's. Its steps are the levels. Evaluations is the mean over the samples: 6 for each step
// tried, and one more at each level.
func (r RK45) Sample(
	ctx context.Context, score Score, x kernels.Matrix, n Numbers, watch Watch,
) (float64, error) {
	if err := checkDim(score, x); err != nil {
		return 0, err
	}
	e := &evaluation{ctx: ctx, score: score}
	f := flow{rk45: r}
	f.derivative = func(s kernels.Matrix, _ []float64, x kernels.Matrix, sigma []float32, _ []int) error {
		return e.atRows(s, x, sigma)
	}
	total := len(r.Sigmas) - 1
	if !r.NoDenoise {
		total++
	}
	evaluations, err := f.run(x, nil, n.First, func(done int) error {
		return watch.call(ctx, Progress{Done: done, Total: total, Sigma: r.Sigmas[done], Points: x})
	})
	if err != nil || r.NoDenoise {
		return evaluations, err
	}
	last := r.Sigmas[len(r.Sigmas)-1]
	s := kernels.NewMatrix(x.Rows, x.Cols)
	if err := e.at(s, x, last); err != nil {
		return evaluations, err
	}
	Denoise(last).apply(x, s, kernels.Noise{}, 0)
	if err := watch.call(ctx, Progress{Done: total, Total: total, Points: x, Denoised: x}); err != nil {
		return evaluations + 1, err
	}
	return evaluations + 1, checkFinite(x, n.First)
}

// The method's coefficients. Stage s is at sigma + nodes[s] h, and follows from stages[s]. The last stage is
// the solution of order 5, and the next step begins with its derivative. errors are the weights of its
// difference from the solution of order 4.
var (
	dormandPrinceNodes  = [7]float64{0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1}
	dormandPrinceStages = [7][6]float64{
		{},
		{1. / 5},
		{3. / 40, 9. / 40},
		{44. / 45, -56. / 15, 32. / 9},
		{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
		{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
		{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
	}
	dormandPrinceErrors = [7]float64{
		71. / 57600, 0, -71. / 16695, 71. / 1920, -17253. / 339200, 22. / 525, -1. / 40,
	}
)

// flow integrates dx/dsigma = -sigma s and, beside it, the integral of sigma times another function of the
// point. Each row has steps of its own.
type flow struct {
	rk45       RK45
	derivative derivative
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
		from, to := float64(sigmas[k]), float64(sigmas[k+1])
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
	sigma, h  []float64
	plan      []float64    // length of the step before it was cut short to end at the level
	at        [7][]float32 // level of each stage
	numbers   []int
	tried     []int
	failed    []error
	integrand bool
}

func newFlowWork(rows, cols int, integrand bool) *flowWork {
	w := &flowWork{
		x: kernels.NewMatrix(rows, cols), y: kernels.NewMatrix(rows, cols),
		sum: make([]float64, rows), sigma: make([]float64, rows), h: make([]float64, rows),
		plan:    make([]float64, rows),
		numbers: make([]int, rows), tried: make([]int, rows), failed: make([]error, rows),
		integrand: integrand,
	}
	for i := range w.s {
		w.s[i] = kernels.NewMatrix(rows, cols)
		w.at[i] = make([]float32, rows)
		if integrand {
			w.g[i] = make([]float64, rows)
		}
	}
	return w
}

// interval moves rows block to end-1 of x from one level to the next. steps holds the length of each sample's
// next step and is 0 at first.
func (f *flow) interval(
	w *flowWork, x kernels.Matrix, integral, steps []float64, block, end int, from, to float64, first uint64,
) (int, error) {
	n := end - block
	for i := range n {
		copy(w.x.Row(i), x.Row(block+i))
		w.numbers[i], w.sigma[i], w.tried[i], w.sum[i] = block+i, from, 0, 0
		w.at[0][i] = float32(from)
		w.h[i] = math.Copysign(steps[block+i], to-from)
		if f.rk45.Fixed {
			w.h[i] = to - from
		} else if steps[block+i] == 0 {
			const begin = 0.1 // of the way; a length that does not do is found out
			w.h[i] = float64(begin * (to - from))
		}
	}
	if err := f.evaluate(w, 0, w.x, n); err != nil {
		return 0, err
	}
	evaluations := n
	for n > 0 {
		for i := range n {
			w.tried[i]++
			if !f.rk45.Fixed {
				const reach = 0.5 // of the level, or of the one it goes up to
				longest := reach * w.sigma[i]
				if to > w.sigma[i] {
					longest = w.sigma[i] / reach
				}
				w.h[i] = max(-longest, min(longest, w.h[i]))
			}
			w.plan[i] = math.Abs(w.h[i])
			if math.Abs(w.h[i]) >= math.Abs(to-w.sigma[i])*(1-1e-9) {
				w.h[i] = to - w.sigma[i]
			}
		}
		for stage := 1; stage < 7; stage++ {
			w.combine(n, stage)
			for i := range n {
				w.at[stage][i] = float32(math.FMA(dormandPrinceNodes[stage], w.h[i], w.sigma[i]))
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
	factor := -a * w.h[i] * float64(w.at[j][i])
	for c, s := range w.s[j].Row(i) {
		sum[c] = math.FMA(factor, float64(s), sum[c])
	}
}

// judge accepts or rejects the step of row i and sets the length of the next. An accepted step moves the
// state on.
func (f *flow) judge(w *flowWork, i int, to float64, first uint64) error {
	r := f.rk45
	x, y := w.x.Row(i), w.y.Row(i)
	var gain, gainError float64
	if w.integrand {
		for j, b := range dormandPrinceStages[6] {
			gain = math.FMA(float64(b*w.h[i]*float64(w.at[j][i])), w.g[j][i], gain)
		}
		for j, b := range dormandPrinceErrors {
			gainError = math.FMA(float64(b*w.h[i]*float64(w.at[j][i])), w.g[j][i], gainError)
		}
	}
	err := 0.0
	if !r.Fixed {
		errors := make([]float64, len(x))
		for j, b := range dormandPrinceErrors {
			w.accumulate(errors, i, j, b)
		}
		for j, e := range errors {
			size := max(math.Abs(float64(x[j])), math.Abs(float64(y[j])))
			q := e / math.FMA(r.RelTol, size, r.AbsTol)
			err = math.FMA(q, q, err)
		}
		err = math.Sqrt(err / float64(len(x)))
		if w.integrand {
			size := max(math.Abs(w.sum[i]), math.Abs(w.sum[i]+gain))
			err = max(err, math.Abs(gainError)/math.FMA(r.RelTol, size, r.AbsTol))
		}
	}
	h := w.h[i]
	if err <= 1 {
		if h == to-w.sigma[i] {
			w.sigma[i] = to
		} else {
			w.sigma[i] += h
		}
		w.sum[i] += gain
		copy(x, y)
		copy(w.s[0].Row(i), w.s[6].Row(i))
		w.at[0][i] = w.at[6][i]
		if w.integrand {
			w.g[0][i] = w.g[6][i]
		}
	}
	if r.Fixed {
		return nil
	}
	const safety, least, most, tries = 0.9, 0.2, 5, 10_000
	factor := least
	if !math.IsNaN(err) {
		factor = max(least, min(most, safety*detmath.Pow(err, -0.2)))
	}
	h = float64(h * factor)
	w.h[i] = h
	if w.sigma[i] != to && (math.Abs(h) < 1e-7*w.sigma[i] || w.tried[i] > tries) {
		return fmt.Errorf("smld: sample %d has steps of %.3g at level %.3g after %d tries: "+
			"tolerances of %v and %v are out of reach",
			first+uint64(w.numbers[i]), h, w.sigma[i], w.tried[i], r.RelTol, r.AbsTol)
	}
	return nil
}

// compact calls done for the rows that have arrived, moves the others of the first n to the front, and
// returns their number.
func (w *flowWork) compact(n int, to float64, done func(i int)) int {
	left := 0
	for i := range n {
		if w.sigma[i] == to {
			done(i)
			continue
		}
		if left != i {
			copy(w.x.Row(left), w.x.Row(i))
			copy(w.s[0].Row(left), w.s[0].Row(i))
			w.numbers[left], w.sigma[left] = w.numbers[i], w.sigma[i]
			w.h[left], w.tried[left] = w.h[i], w.tried[i]
			w.sum[left], w.at[0][left] = w.sum[i], w.at[0][i]
			if w.integrand {
				w.g[0][left] = w.g[0][i]
			}
		}
		left++
	}
	return left
}
