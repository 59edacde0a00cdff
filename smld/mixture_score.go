package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// With d_k = x - mu_k and S_k = Q_k diag(variances) Q_k^T, the columns of Q_k are eigenvectors. The precision
// matrix (S_k + sigma^2 I)^-1 is Q_k diag(1/(variances+sigma^2)) Q_k^T at every noise level, so nothing is
// decomposed twice. A component pulls x by
//
//	g_k = -Q_k diag(1/(variances+sigma^2)) Q_k^T d_k
//
// and the log of its density is -d_k^T precision d_k / 2 but for what does not depend on x. The score is the
// mean of the pulls under the responsibilities r_k. Its Jacobian matrix is
//
//	J = sum_k r_k (g_k g_k^T - precision_k) - score score^T
//
// All is computed in float64. A core takes one point after the other, and all cores share the points.

// mixtureLevel is what a mixture has at one noise level.
type mixtureLevel struct {
	sigma     float32
	precision []float64 // 1/(variances + sigma^2)
	bias      []float64 // log of a component's weight and of its density at its mean, times (2 pi)^(dim/2)
	trace     []float64 // of the precision matrix
}

func (m *GaussianMixture) newLevel() *mixtureLevel {
	scratch := make([]float64, len(m.variances)+2*len(m.weights))
	l := &mixtureLevel{sigma: float32(math.NaN()), precision: scratch[:len(m.variances)]}
	l.bias = scratch[len(m.variances) : len(m.variances)+len(m.weights)]
	l.trace = scratch[len(m.variances)+len(m.weights):]
	return l
}

// set makes l the level of sigma, unless it is already.
func (l *mixtureLevel) set(m *GaussianMixture, sigma float32) {
	if l.sigma == sigma {
		return
	}
	l.sigma = sigma
	n := m.Dim()
	noise := detmath.Square(float64(sigma))
	for k := range m.weights {
		trace, volume, last, log := 0.0, 0.0, -1.0, 0.0
		for j := k * n; j < (k+1)*n; j++ {
			v := m.variances[j] + noise
			l.precision[j] = 1 / v
			trace += l.precision[j]
			if v != last { // those of an isotropic component are all the same
				last, log = v, detmath.Log(v)
			}
			volume += log
		}
		l.bias[k] = m.logWeights[k] - detmath.Mul(volume, 0.5)
		l.trace[k] = trace
	}
}

// mixturePoint is the memory to look at one point, and what is seen there.
type mixturePoint struct {
	level *mixtureLevel
	r     []float64 // responsibilities; 0 where one is too small to be seen in a float64
	pull  []float64 // g_k, at k*dim, but only where r_k is not 0
	sum   []float64 // score
	turn  []float64 // scratch
	more  []float64 // scratch of twice the dimension
	log   float64   // log-density but for total and the constant: log of the densest component's share of it
	total float64   // density in units of that share
}

func (m *GaussianMixture) newPoint() *mixturePoint {
	k, n := len(m.weights), m.Dim()
	scratch := make([]float64, k+k*n+4*n)
	p := &mixturePoint{level: m.newLevel(), r: scratch[:k], pull: scratch[k : k+k*n]}
	scratch = scratch[k+k*n:]
	p.sum, p.turn, p.more = scratch[:n], scratch[n:2*n], scratch[2*n:]
	return p
}

// unseen is the difference of logarithms from which on a sum in float64 does not change: e^-40 < 2^-57.
const unseen = -40

// pullAll sets r to the log of each component's share of the density, but for a constant, and sets the pulls.
// The pull of a component with axes is along these.
func (p *mixturePoint) pullAll(m *GaussianMixture, x []float32) {
	n, l := len(x), p.level
	for k := range p.r {
		square := 0.0
		mean, precision, pull := m.means.Data[k*n:(k+1)*n], l.precision[k*n:(k+1)*n], p.pull[k*n:(k+1)*n]
		if q := m.axes[k]; q != nil {
			clear(pull)
			for i, mu := range mean {
				d := float64(x[i]) - float64(mu)
				for j, q := range q[i*n : (i+1)*n] {
					pull[j] = math.FMA(q, d, pull[j])
				}
			}
			for j, y := range pull {
				pull[j] = -y * precision[j]
				square = math.FMA(y, pull[j], square)
			}
		} else {
			for j, mu := range mean {
				d := float64(x[j]) - float64(mu)
				g := -d * precision[j]
				square = math.FMA(d, g, square)
				pull[j] = g
			}
		}
		p.r[k] = math.FMA(0.5, square, l.bias[k])
	}
}

// pullPlane is pullAll in the plane, where no component has axes.
func (p *mixturePoint) pullPlane(m *GaussianMixture, x, y float32) {
	components := len(p.r)
	mean, precision := m.means.Data[:2*components], p.level.precision[:2*components]
	pull := p.pull[:2*components]
	bias := p.level.bias[:components]
	for k := range p.r {
		a, b := 2*k, 2*k+1
		dx, dy := float64(x)-float64(mean[a]), float64(y)-float64(mean[b])
		gx, gy := -dx*precision[a], -dy*precision[b]
		pull[a], pull[b] = gx, gy
		p.r[k] = math.FMA(0.5, math.FMA(dy, gy, float64(dx*gx)), bias[k])
	}
}

// look sets p for the point x at the level that is set.
func (p *mixturePoint) look(m *GaussianMixture, x []float32) {
	n := len(x)
	if n == 2 && m.plain {
		p.pullPlane(m, x[0], x[1])
	} else {
		p.pullAll(m, x)
	}
	top := math.Inf(-1)
	for _, r := range p.r {
		top = max(top, r)
	}
	total := 0.0
	for k, r := range p.r {
		if r-top < unseen {
			p.r[k] = 0
			continue
		}
		p.r[k] = detmath.Exp(r - top)
		total += p.r[k]
	}
	clear(p.sum)
	for k, r := range p.r {
		if r == 0 {
			continue
		}
		r /= total
		p.r[k] = r
		pull := p.pull[k*n : (k+1)*n]
		if q := m.axes[k]; q != nil {
			copy(p.turn, pull)
			for i := range pull {
				sum := 0.0
				for j, q := range q[i*n : (i+1)*n] {
					sum = math.FMA(q, p.turn[j], sum)
				}
				pull[i] = sum
			}
		}
		for j, g := range pull {
			p.sum[j] = math.FMA(r, g, p.sum[j])
		}
	}
	p.log, p.total = top, total
}

// mixtureGrain is how many points one goroutine takes at a time.
const mixtureGrain = 256

// each calls f for every row of x with its point looked at, on all cores.
func (m *GaussianMixture) each(
	function string, x kernels.Matrix, sigma func(i int) float32, f func(p *mixturePoint, i int),
) {
	if x.Cols != m.Dim() {
		panic(fmt.Sprintf("smld: GaussianMixture.%s: points are of dimension %d, the mixture of %d",
			function, x.Cols, m.Dim()))
	}
	kernels.Parallel(x.Rows, mixtureGrain, func(_, from, to int) {
		p := m.newPoint()
		for i := from; i < to; i++ {
			p.level.set(m, sigma(i))
			p.look(m, x.Row(i))
			f(p, i)
		}
	})
}

// At sets dst to the exact score of p_sigma.
func (m *GaussianMixture) At(dst, x kernels.Matrix, sigma float32) {
	m.each("Score", x, func(int) float32 { return sigma }, func(p *mixturePoint, i int) {
		narrow(dst.Row(i), p.sum)
	})
}

// AtRows sets row i of dst to the exact score of p_sigma[i].
func (m *GaussianMixture) AtRows(dst, x kernels.Matrix, sigma []float32) {
	m.each("AtRows", x, func(i int) float32 { return sigma[i] }, func(p *mixturePoint, i int) {
		narrow(dst.Row(i), p.sum)
	})
}

// ScoreVJP sets score to the exact score and vjp to v^T J. That is J v, since the Jacobian matrix of a score
// is symmetric.
func (m *GaussianMixture) ScoreVJP(score, vjp, x, v kernels.Matrix, sigma []float32) {
	n := m.Dim()
	m.each("ScoreVJP", x, func(i int) float32 { return sigma[i] }, func(p *mixturePoint, i int) {
		narrow(score.Row(i), p.sum)
		v, sum, y := v.Row(i), p.more[:n], p.more[n:]
		inner := 0.0
		for j, s := range p.sum {
			inner = math.FMA(s, float64(v[j]), inner)
		}
		for j, s := range p.sum {
			sum[j] = -inner * s
		}
		for k, r := range p.r {
			if r == 0 {
				continue
			}
			pull, precision := p.pull[k*n:(k+1)*n], p.level.precision[k*n:(k+1)*n]
			inner := 0.0
			for j, g := range pull {
				inner = math.FMA(g, float64(v[j]), inner)
			}
			q := m.axes[k]
			if q == nil {
				for j, g := range pull {
					scaled := detmath.Mul(precision[j], float64(v[j]))
					sum[j] = math.FMA(r, math.FMA(inner, g, -scaled), sum[j])
				}
				continue
			}
			clear(y)
			for a, v := range v {
				for b, q := range q[a*n : (a+1)*n] {
					y[b] = math.FMA(q, float64(v), y[b])
				}
			}
			for b := range y {
				y[b] *= precision[b]
			}
			for a, g := range pull {
				t := 0.0
				for b, q := range q[a*n : (a+1)*n] {
					t = math.FMA(q, y[b], t)
				}
				sum[a] = math.FMA(r, math.FMA(inner, g, -t), sum[a])
			}
		}
		narrow(vjp.Row(i), sum)
	})
}

// ScoreDivergence sets score to the exact score and divergence to the trace of its Jacobian matrix,
//
//	sum_k r_k (|g_k - score|^2 - trace of precision_k)
func (m *GaussianMixture) ScoreDivergence(
	score kernels.Matrix, divergence []float64, x kernels.Matrix, sigma []float32,
) {
	n := m.Dim()
	m.each("ScoreDivergence", x, func(i int) float32 { return sigma[i] }, func(p *mixturePoint, i int) {
		narrow(score.Row(i), p.sum)
		sum := 0.0
		for k, r := range p.r {
			if r == 0 {
				continue
			}
			square := -p.level.trace[k]
			for j, g := range p.pull[k*n : (k+1)*n] {
				d := g - p.sum[j]
				square = math.FMA(d, d, square)
			}
			sum = math.FMA(r, square, sum)
		}
		divergence[i] = sum
	})
}

// LogDensity sets dst[i] to log p_sigma at row i of x, in nats.
func (m *GaussianMixture) LogDensity(dst []float64, x kernels.Matrix, sigma float32) {
	m.each("LogDensity", x, func(int) float32 { return sigma }, func(p *mixturePoint, i int) {
		dst[i] = math.FMA(-float64(m.Dim())/2, detmath.LogTwoPi, p.log+detmath.Log(p.total))
	})
}

// Responsible sets dst[i] to the component that row i of x most likely comes from, at level sigma.
func (m *GaussianMixture) Responsible(dst []int, x kernels.Matrix, sigma float32) {
	m.each("Responsible", x, func(int) float32 { return sigma }, func(p *mixturePoint, i int) {
		dst[i] = 0
		for k, r := range p.r {
			if r > p.r[dst[i]] {
				dst[i] = k
			}
		}
	})
}

// narrow rounds src to float32.
func narrow(dst []float32, src []float64) {
	for j, v := range src {
		dst[j] = float32(v)
	}
}
