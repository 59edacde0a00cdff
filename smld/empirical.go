package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// Empirical is the distribution of a finite set of points, each as likely as the others. Its score minimises
// the loss of denoising score matching on that set. The score is sum_i r_i (x_i - x)/sigma^2 with r the
// softmax of -|x - x_i|^2/(2 sigma^2) (Karras et al. 2022, Appendix B.3, the ideal denoiser). Samples drawn
// with this score are points of the set. A model that has it has memorised its data.
type Empirical struct {
	mean    []float32
	points  kernels.Matrix64 // less the mean, which keeps |x - x_i|^2 = |x|^2 - 2 x x_i + |x_i|^2 accurate
	squares []float64        // |x_i|^2
}

// NewEmpirical returns the distribution of the rows of x, which it copies.
func NewEmpirical(x kernels.Matrix) (*Empirical, error) {
	if x.Rows < 1 || x.Cols < 1 {
		return nil, fmt.Errorf("smld: %d points of dimension %d have no distribution", x.Rows, x.Cols)
	}
	e := &Empirical{points: kernels.NewMatrix64(x.Rows, x.Cols), squares: make([]float64, x.Rows)}
	e.mean, _ = Statistics(x)
	for i := range x.Rows {
		e.squares[i] = e.center(e.points.Data[i*x.Cols:(i+1)*x.Cols], x.Row(i))
		if math.IsNaN(e.squares[i]) || math.IsInf(e.squares[i], 0) {
			return nil, fmt.Errorf("smld: point %d of a data set is not finite", i+1)
		}
	}
	return e, nil
}

// Dim returns the dimension of a point.
func (e *Empirical) Dim() int { return len(e.mean) }

// center sets dst to x less the mean and returns its square.
func (e *Empirical) center(dst []float64, x []float32) float64 {
	square := 0.0
	for j, m := range e.mean {
		dst[j] = float64(x[j]) - float64(m)
		square = math.FMA(dst[j], dst[j], square)
	}
	return square
}

// empiricalBatch is how many points are looked at in one go.
const empiricalBatch = 64

// each calls f for every row of x, with its responsibilities r and the mean of the points under them, row and
// mean centred. log is the log of the sum of e^(-|x - x_i|^2/(2 sigma^2)).
func (e *Empirical) each(
	function string, x kernels.Matrix, sigma func(i int) float32,
	f func(i int, x, r, mean []float64, log float64),
) {
	if x.Cols != e.Dim() {
		panic(fmt.Sprintf("smld: Empirical.%s: points are of dimension %d, the set of %d",
			function, x.Cols, e.Dim()))
	}
	n, d := e.points.Rows, e.Dim()
	kernels.Parallel(x.Rows, empiricalBatch, func(_, from, to int) {
		centred, r := kernels.NewMatrix64(to-from, d), kernels.NewMatrix64(to-from, n)
		mean := kernels.NewMatrix64(to-from, d)
		squares, logs := make([]float64, to-from), make([]float64, to-from)
		for i := range squares {
			squares[i] = e.center(centred.Data[i*d:(i+1)*d], x.Row(from+i))
		}
		kernels.Gemm64(false, true, 1, centred, e.points, 0, r)
		for i := range squares {
			s := float64(sigma(from + i))
			logs[i] = softmax(r.Data[i*n:(i+1)*n], e.squares, squares[i], -0.5/detmath.Square(s))
		}
		kernels.Gemm64(false, false, 1, r, e.points, 0, mean)
		for i := range squares {
			f(from+i, centred.Data[i*d:(i+1)*d], r.Data[i*n:(i+1)*n], mean.Data[i*d:(i+1)*d], logs[i])
		}
	})
}

// softmax turns r, the inner products of x with the points, into responsibilities: the softmax of
// scale |x - x_i|^2. It returns the log of their sum before the division.
func softmax(r, squares []float64, square, scale float64) float64 {
	top := math.Inf(-1)
	for i, inner := range r {
		r[i] = scale * max(0, math.FMA(-2, inner, square+squares[i]))
		top = max(top, r[i])
	}
	total := 0.0
	for i, v := range r {
		if v-top < unseen {
			r[i] = 0
			continue
		}
		r[i] = detmath.Exp(v - top)
		total += r[i]
	}
	for i := range r {
		r[i] /= total
	}
	return top + detmath.Log(total)
}

// At sets dst to the exact score of p_sigma, for sigma > 0.
func (e *Empirical) At(dst, x kernels.Matrix, sigma float32) {
	e.score("Score", dst, x, func(int) float32 { return sigma })
}

// AtRows sets row i of dst to the exact score of p_sigma[i].
func (e *Empirical) AtRows(dst, x kernels.Matrix, sigma []float32) {
	e.score("AtRows", dst, x, func(i int) float32 { return sigma[i] })
}

func (e *Empirical) score(function string, dst, x kernels.Matrix, sigma func(i int) float32) {
	e.each(function, x, sigma, func(i int, x, _, mean []float64, _ float64) {
		pullTo(dst.Row(i), x, mean, sigma(i))
	})
}

// pullTo sets dst to (mean - x)/sigma^2.
func pullTo(dst []float32, x, mean []float64, sigma float32) {
	s := float64(sigma)
	variance := detmath.Square(s)
	for j := range dst {
		dst[j] = float32((mean[j] - x[j]) / variance)
	}
}

// ScoreDivergence sets score to the exact score and divergence to the trace of the score's Jacobian matrix.
// That matrix is C/sigma^4 - I/sigma^2 with C the covariance of the points under the responsibilities.
func (e *Empirical) ScoreDivergence(
	score kernels.Matrix, divergence []float64, x kernels.Matrix, sigma []float32,
) {
	d := e.Dim()
	level := func(i int) float32 { return sigma[i] }
	e.each("ScoreDivergence", x, level, func(i int, x, r, mean []float64, _ float64) {
		pullTo(score.Row(i), x, mean, sigma[i])
		s := float64(sigma[i])
		variance, trace := detmath.Square(s), 0.0
		for k, r := range r {
			if r == 0 {
				continue
			}
			square := 0.0
			for j, p := range e.points.Data[k*d : (k+1)*d] {
				square = math.FMA(p-mean[j], p-mean[j], square)
			}
			trace = math.FMA(r, square, trace)
		}
		divergence[i] = (trace/variance - float64(d)) / variance
	})
}

// ScoreVJP sets score to the exact score and vjp to v^T J.
func (e *Empirical) ScoreVJP(score, vjp, x, v kernels.Matrix, sigma []float32) {
	d := e.Dim()
	level := func(i int) float32 { return sigma[i] }
	e.each("ScoreVJP", x, level, func(i int, x, r, mean []float64, _ float64) {
		pullTo(score.Row(i), x, mean, sigma[i])
		s := float64(sigma[i])
		variance, sum := detmath.Square(s), make([]float64, d)
		for k, r := range r {
			if r == 0 {
				continue
			}
			inner, point := 0.0, e.points.Data[k*d:(k+1)*d]
			for j, p := range point {
				inner = math.FMA(p-mean[j], float64(v.Row(i)[j]), inner)
			}
			inner *= r
			for j, p := range point {
				sum[j] = math.FMA(inner, p-mean[j], sum[j])
			}
		}
		for j, v := range v.Row(i) {
			vjp.Row(i)[j] = float32((sum[j]/variance - float64(v)) / variance)
		}
	})
}

// LogDensity sets dst[i] to log p_sigma at row i of x, in nats, for sigma > 0.
func (e *Empirical) LogDensity(dst []float64, x kernels.Matrix, sigma float32) {
	s := float64(sigma)
	volume := float64(float64(e.Dim()) / 2 * (detmath.LogTwoPi + float64(2*detmath.Log(s))))
	count := detmath.Log(float64(e.points.Rows))
	e.each("LogDensity", x, func(int) float32 { return sigma }, func(i int, _, _, _ []float64, log float64) {
		dst[i] = log - count - volume
	})
}
