package smld

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels"
)

// Encoded returns the distribution of the mixture's points in the units of an encoding. That is a mixture
// again: with D the diagonal matrix of scales, its components are N(D^-1 (mu_k - mean), D^-1 S_k D^-1). The
// encoding has numbers only, without tails.
func (m *GaussianMixture) Encoded(e *Encoding) (*GaussianMixture, error) {
	n := m.Dim()
	if e.Dim() != n || e.Width() != n {
		return nil, fmt.Errorf("smld: a mixture of dimension %d with an encoding of %d columns "+
			"as %d coordinates", n, e.Width(), e.Dim())
	}
	means := kernels.NewMatrix(m.Components(), n)
	covariances := make([]mat.Symmetric, m.Components())
	for j, c := range e.Coordinates {
		if c.Is != nil || c.Tail {
			return nil, fmt.Errorf("smld: a mixture with an encoding whose coordinate %d is no linear "+
				"function", j+1)
		}
	}
	for k := range means.Rows {
		for j := range n {
			means.Row(k)[j] = float32(e.Coordinates[j].encode(float64(m.means.Row(k)[j])))
		}
		s := mat.NewSymDense(n, nil)
		for i := range n {
			for j := i; j < n; j++ {
				s.SetSym(i, j, m.covariance(k, i, j)/e.Coordinates[i].Scale/e.Coordinates[j].Scale)
			}
		}
		covariances[k] = s
	}
	return NewFullGaussianMixture(m.weights, means, covariances)
}

// covariance returns an element of S_k.
func (m *GaussianMixture) covariance(k, i, j int) float64 {
	n := m.Dim()
	if m.axes[k] == nil {
		if i == j {
			return m.variances[k*n+i]
		}
		return 0
	}
	sum := 0.0
	for a := range n {
		sum = math.FMA(float64(m.axes[k][i*n+a]*m.variances[k*n+a]), m.axes[k][j*n+a], sum)
	}
	return sum
}
