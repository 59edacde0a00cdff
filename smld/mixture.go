package smld

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// GaussianMixture is the distribution sum_k w_k N(mu_k, S_k). It is known exactly at every noise level:
// p_sigma is the same mixture with covariances S_k + sigma^2 I. A GaussianMixture gives its score (it
// implements Score, RowScore, Differentiable and Divergent), its log-density, and samples.
type GaussianMixture struct {
	weights    []float64 // sum to 1
	logWeights []float64
	means      kernels.Matrix
	variances  []float64   // eigenvalues of S_k: element j of component k at k*dim+j
	axes       [][]float64 // eigenvectors of S_k as columns, row-major; nil for the coordinate axes
	std        []float64   // of components that are isotropic, for Draw; -1 for others
	plain      bool        // no component has axes
}

// NewGaussianMixture returns a mixture of isotropic components N(mu_k, std[k]^2 I), with one row of means for
// each component. The weights are divided by their sum.
func NewGaussianMixture(weights []float64, means kernels.Matrix, std []float64) (*GaussianMixture, error) {
	m, err := newMixture(weights, means, len(std), "standard deviations")
	if err != nil {
		return nil, err
	}
	for k, s := range std {
		if !(s >= 0) || math.IsInf(s, 1) {
			return nil, fmt.Errorf("smld: standard deviation %d of a mixture is %v, want none below zero",
				k+1, s)
		}
		m.std[k] = s
		for j := range m.Dim() {
			m.variances[k*m.Dim()+j] = s * s
		}
	}
	return m, nil
}

// NewFullGaussianMixture returns a mixture of components N(mu_k, S_k), with one row of means and one
// covariance matrix for each component. A covariance may be singular, but has no negative eigenvalue. The
// weights are divided by their sum.
func NewFullGaussianMixture(
	weights []float64, means kernels.Matrix, covariances []mat.Symmetric,
) (*GaussianMixture, error) {
	m, err := newMixture(weights, means, len(covariances), "covariance matrices")
	if err != nil {
		return nil, err
	}
	n := m.Dim()
	for k, s := range covariances {
		if s.SymmetricDim() != n {
			return nil, fmt.Errorf("smld: covariance %d of a mixture is %dx%d, its means are of dimension %d",
				k+1, s.SymmetricDim(), s.SymmetricDim(), n)
		}
		a := make([]float64, n*n)
		diagonal, largest := true, 0.0
		for i := range n {
			for j := range n {
				v := s.At(i, j)
				if math.IsNaN(v) || math.IsInf(v, 0) {
					return nil, fmt.Errorf("smld: covariance %d of a mixture has %v in row %d, column %d",
						k+1, v, i+1, j+1)
				}
				a[i*n+j] = v
				diagonal = diagonal && (i == j || v == 0)
			}
		}
		values, q := symmetricEigen(a, n)
		if !diagonal {
			m.axes[k], m.plain = q, false
		}
		for _, v := range values {
			largest = max(largest, v)
		}
		for j, v := range values {
			if v < -1e-12*largest || largest == 0 && v < 0 {
				return nil, fmt.Errorf("smld: covariance %d of a mixture has the eigenvalue %v, "+
					"want none below zero", k+1, v)
			}
			m.variances[k*n+j] = max(v, 0)
		}
		m.std[k] = -1
	}
	return m, nil
}

func newMixture(weights []float64, means kernels.Matrix, spreads int, what string) (*GaussianMixture, error) {
	if means.Rows < 1 || means.Cols < 1 || len(weights) != means.Rows || spreads != means.Rows {
		return nil, fmt.Errorf("smld: a mixture of %dx%d means has %d weights and %d %s",
			means.Rows, means.Cols, len(weights), spreads, what)
	}
	k := means.Rows
	m := &GaussianMixture{
		plain:   true,
		weights: make([]float64, k), logWeights: make([]float64, k), means: kernels.NewMatrix(k, means.Cols),
		variances: make([]float64, k*means.Cols), axes: make([][]float64, k), std: make([]float64, k),
	}
	total := 0.0
	for k, w := range weights {
		if !(w > 0) || math.IsInf(w, 1) {
			return nil, fmt.Errorf("smld: weight %d of a mixture is %v, want a positive number", k+1, w)
		}
		for j, v := range means.Row(k) {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return nil, fmt.Errorf("smld: coordinate %d of mean %d of a mixture is %v", j+1, k+1, v)
			}
		}
		copy(m.means.Row(k), means.Row(k))
		total += w
	}
	for k, w := range weights {
		m.weights[k] = w / total
		m.logWeights[k] = detmath.Log(w / total)
	}
	return m, nil
}

// Dim returns the dimension of a point.
func (m *GaussianMixture) Dim() int { return m.means.Cols }

// Components returns the number of components.
func (m *GaussianMixture) Components() int { return len(m.weights) }

// Weight returns the weight of component k; the weights sum to 1.
func (m *GaussianMixture) Weight(k int) float64 { return m.weights[k] }

// Mean returns the mean of component k, which must not be changed.
func (m *GaussianMixture) Mean(k int) []float32 { return m.means.Row(k) }

// Moments returns the mean of the mixture and its standard deviation, the root of the mean variance of a
// coordinate.
func (m *GaussianMixture) Moments() (mean []float32, std float32) {
	n := m.Dim()
	center := make([]float64, n)
	for k, w := range m.weights {
		for j, mu := range m.means.Row(k) {
			center[j] = math.FMA(w, float64(mu), center[j])
		}
	}
	mean = make([]float32, n)
	total := 0.0
	for k, w := range m.weights {
		sum := 0.0
		for j, mu := range m.means.Row(k) {
			d := float64(mu) - center[j]
			sum = math.FMA(d, d, sum+m.variances[k*n+j])
		}
		total = math.FMA(w, sum, total)
	}
	for j, c := range center {
		mean[j] = float32(c)
	}
	return mean, float32(math.Sqrt(total / float64(n)))
}

// Gaussian returns the normal distribution with the mixture's mean and covariance. With noise of a high level
// it is what the mixture is with that noise, but for the moments beyond the second. It is a prior for
// samplers that add no noise. Such samplers keep what the prior lacks.
func (m *GaussianMixture) Gaussian() (*GaussianMixture, error) {
	n := m.Dim()
	mean, _ := m.Moments()
	cov := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			total := 0.0
			for k, w := range m.weights {
				offI := float64(m.means.Row(k)[i]) - float64(mean[i])
				offJ := float64(m.means.Row(k)[j]) - float64(mean[j])
				v := float64(offI * offJ)
				for a := range n {
					switch q := m.axes[k]; {
					case q != nil:
						v = math.FMA(float64(q[i*n+a]*q[j*n+a]), m.variances[k*n+a], v)
					case a == i && a == j:
						v += m.variances[k*n+a]
					}
				}
				total = math.FMA(w, v, total)
			}
			cov.SetSym(i, j, total)
		}
	}
	means := kernels.Matrix{Rows: 1, Cols: n, Stride: n, Data: mean}
	return NewFullGaussianMixture([]float64{1}, means, []mat.Symmetric{cov})
}

// SmallestStd returns the smallest standard deviation of a component along one of its axes.
func (m *GaussianMixture) SmallestStd() float64 {
	least := m.variances[0]
	for _, v := range m.variances {
		least = min(least, v)
	}
	return math.Sqrt(least)
}

// Draw sets the rows of dst to samples.
func (m *GaussianMixture) Draw(dst kernels.Matrix, n Numbers) {
	m.DrawLabelled(dst, nil, n)
}

// DrawLabelled is Draw, and sets labels, unless nil, to the component of each point.
func (m *GaussianMixture) DrawLabelled(dst kernels.Matrix, labels []int, n Numbers) {
	if dst.Cols != m.Dim() || labels != nil && len(labels) != dst.Rows {
		panic(fmt.Sprintf("smld: GaussianMixture.Draw: dst is %dx%d with %d labels, the mixture of "+
			"dimension %d",
			dst.Rows, dst.Cols, len(labels), m.Dim()))
	}
	const grain = 1024
	if dst.Rows <= grain { // without a closure, so that nothing is allocated
		m.drawRows(dst, labels, n, 0, dst.Rows)
		return
	}
	kernels.Parallel(dst.Rows, grain, func(_, from, to int) {
		m.drawRows(dst, labels, n, from, to)
	})
}

// drawRows is DrawLabelled for rows from to to-1.
func (m *GaussianMixture) drawRows(dst kernels.Matrix, labels []int, n Numbers, from, to int) {
	for i := from; i < to; i++ {
		k := m.draw(dst.Row(i), n.Seed, n.First+uint64(i))
		if labels != nil {
			labels[i] = k
		}
	}
}

// draw sets dst to point number n and returns its component.
func (m *GaussianMixture) draw(dst []float32, seed, n uint64) int {
	u := (float64(randomWord(stream(seed, streams.Components, 0), n)) + 0.5) * 0x1p-32
	k := 0
	for u > m.weights[k] && k < len(m.weights)-1 {
		u -= m.weights[k]
		k++
	}
	noise, at := stream(seed, streams.Points, 0), n*uint64(len(dst))
	if m.std[k] >= 0 {
		kernels.AddNoise(dst, m.means.Row(k), float32(m.std[k]), noise, at)
		return k
	}
	// mu + Q diag(root of the variances) z.
	z := make([]float32, len(dst))
	noise.Fill(z, at)
	variances, axes := m.variances[k*len(dst):(k+1)*len(dst)], m.axes[k]
	y := make([]float64, len(dst))
	for j := range y {
		y[j] = detmath.Mul(math.Sqrt(variances[j]), float64(z[j]))
	}
	for i, mu := range m.means.Row(k) {
		sum := float64(mu)
		if axes == nil {
			sum += y[i]
		} else {
			for j, y := range y {
				sum = math.FMA(axes[i*len(dst)+j], y, sum)
			}
		}
		dst[i] = float32(sum)
	}
	return k
}
