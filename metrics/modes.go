package metrics

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// Modes tells how samples spread over the components of a mixture.
type Modes struct {
	Labels   []int     // component that each sample most likely comes from
	Counts   []int     // samples of each component
	Shares   []float64 // Counts, divided by the number of samples
	Expected []float64 // the mixture's weights
	// LargestError is the largest difference of a share from its weight, in binomial standard errors,
	// sqrt(w (1-w)/n).
	LargestError float64
	// ChiSquare is Pearson's statistic of the counts, and PValue the probability of one at least as large.
	ChiSquare, PValue float64
	Covered           int // components with at least one sample
}

// CountModes assigns each row of x to the component of the mixture that it most likely comes from.
func CountModes(x kernels.Matrix, mixture *smld.GaussianMixture) Modes {
	k := mixture.Components()
	m := Modes{Labels: make([]int, x.Rows), Counts: make([]int, k), Shares: make([]float64, k), Expected: make([]float64, k)}
	mixture.Responsible(m.Labels, x, 0)
	for _, l := range m.Labels {
		m.Counts[l]++
	}
	observed, expected := make([]float64, k), make([]float64, k)
	n := float64(x.Rows)
	for i, c := range m.Counts {
		w := mixture.Weight(i)
		m.Shares[i], m.Expected[i] = float64(c)/n, w
		observed[i], expected[i] = float64(c), w*n
		if c > 0 {
			m.Covered++
		}
		if w < 1 {
			m.LargestError = max(m.LargestError, math.Abs(m.Shares[i]-w)/math.Sqrt(w*(1-w)/n))
		}
	}
	m.PValue = 1
	if k > 1 {
		m.ChiSquare = stat.ChiSquare(observed, expected)
		m.PValue = distuv.ChiSquared{K: float64(k - 1)}.Survival(m.ChiSquare)
	}
	return m
}

// Balanced returns x with weights that give each component its exact share: a sample of component k weighs w_k/n_k with
// n_k the number of them. Between two sets that are balanced alike, only the shapes of the modes differ, not how many
// samples each happens to have, which otherwise outweighs all else between separate modes. A component without samples
// is an error.
func Balanced(x kernels.Matrix, m Modes) (Sample, error) {
	s := Sample{X: x, Weights: make([]float64, x.Rows)}
	for k, c := range m.Counts {
		if c == 0 {
			return Sample{}, fmt.Errorf("metrics: no sample of component %d, which has the weight %v: shares cannot be made equal",
				k+1, m.Expected[k])
		}
	}
	for i, l := range m.Labels {
		s.Weights[i] = m.Expected[l] / float64(m.Counts[l])
	}
	return s, nil
}
