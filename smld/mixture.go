package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// GaussianMixture is the distribution sum_k Weights[k] N(Means[k], Std[k]^2 I), whose score is known exactly at every
// noise level: p_sigma is the same mixture with variances Std[k]^2 + sigma^2.
type GaussianMixture struct {
	weights []float64
	means   kernels.Matrix
	std     []float64
}

// NewGaussianMixture returns a mixture with one row of means a component. The weights are divided by their sum.
func NewGaussianMixture(weights []float64, means kernels.Matrix, std []float64) (*GaussianMixture, error) {
	if means.Rows < 1 || means.Cols < 1 || len(weights) != means.Rows || len(std) != means.Rows {
		return nil, fmt.Errorf("smld: a mixture of %dx%d means has %d weights and %d standard deviations",
			means.Rows, means.Cols, len(weights), len(std))
	}
	m := &GaussianMixture{means: means}
	total := 0.0
	for k, w := range weights {
		if !(w > 0) || math.IsInf(w, 1) {
			return nil, fmt.Errorf("smld: weight %d of a mixture is %v, want a positive number", k+1, w)
		}
		if !(std[k] >= 0) || math.IsInf(std[k], 1) {
			return nil, fmt.Errorf("smld: standard deviation %d of a mixture is %v, want none below zero", k+1, std[k])
		}
		total += w
	}
	for k, w := range weights {
		m.weights = append(m.weights, w/total)
		m.std = append(m.std, std[k])
	}
	return m, nil
}

// Dim returns the dimension of a point.
func (m *GaussianMixture) Dim() int { return m.means.Cols }

// Score sets dst to the exact score of p_sigma: sum_k r_k (Means[k] - x) / (Std[k]^2 + sigma^2), with r_k component k's
// responsibility for x. It computes in float64.
func (m *GaussianMixture) Score(dst, x kernels.Matrix, sigma float32) {
	components := len(m.weights)
	scratch := make([]float64, 3*components+m.Dim())
	variance, bias, r := scratch[:components], scratch[components:2*components], scratch[2*components:3*components]
	sum := scratch[3*components:]
	for k, s := range m.std {
		variance[k] = math.FMA(s, s, float64(float64(sigma)*float64(sigma)))
		bias[k] = math.FMA(-float64(m.Dim())/2, detmath.Log(variance[k]), detmath.Log(m.weights[k]))
	}
	for i := range x.Rows {
		row := x.Row(i)
		top := math.Inf(-1)
		for k := range r {
			square := 0.0
			for j, mu := range m.means.Row(k) {
				d := float64(row[j]) - float64(mu)
				square = math.FMA(d, d, square)
			}
			r[k] = bias[k] - square/(2*variance[k]) // log of the component's density, but for a constant
			top = max(top, r[k])
		}
		total := 0.0
		for k := range r {
			r[k] = detmath.Exp(r[k] - top)
			total += r[k]
		}
		clear(sum)
		for k := range r {
			a := r[k] / total / variance[k]
			for j, mu := range m.means.Row(k) {
				sum[j] = math.FMA(a, float64(mu)-float64(row[j]), sum[j])
			}
		}
		for j := range sum {
			dst.Row(i)[j] = float32(sum[j])
		}
	}
}

// Draw sets the rows of dst to points first, first+1, ... of the sequence of samples that seed gives.
func (m *GaussianMixture) Draw(dst kernels.Matrix, seed, first uint64) {
	for i := range dst.Rows {
		n := first + uint64(i)
		u := (float64(randomWord(stream(seed, streamComponents, 0), n)) + 0.5) * 0x1p-32
		k := 0
		for u > m.weights[k] && k < len(m.weights)-1 {
			u -= m.weights[k]
			k++
		}
		row := dst.Row(i)
		kernels.AddNoise(row, m.means.Row(k), float32(m.std[k]), stream(seed, streamPoints, 0), n*uint64(dst.Cols))
	}
}
