package smld

import (
	"fmt"
	"strings"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// mixtures are the toy sets of package dataset that are mixtures of Gaussians.
var mixtures = []struct {
	name string
	make func() (*GaussianMixture, error)
}{
	{"8gaussians", func() (*GaussianMixture, error) { return equalMixture(dataset.EightGaussians()) }},
	{"25gaussians", func() (*GaussianMixture, error) { return equalMixture(dataset.GridGaussians()) }},
	{"2gaussians", func() (*GaussianMixture, error) {
		weights, means, std := dataset.TwoGaussians()
		return NewGaussianMixture(weights, means, []float64{float64(std), float64(std)})
	}},
}

// MixtureNames returns the names that NamedMixture knows.
func MixtureNames() []string {
	names := make([]string, len(mixtures))
	for i, m := range mixtures {
		names[i] = m.name
	}
	return names
}

// NamedMixture returns the exact distribution of a toy set of package dataset: 8gaussians, 25gaussians or
// 2gaussians; see dataset.EightGaussians, GridGaussians and TwoGaussians.
func NamedMixture(name string) (*GaussianMixture, error) {
	for _, m := range mixtures {
		if m.name == name {
			return m.make()
		}
	}
	return nil, fmt.Errorf("smld: no mixture %q; choose one of %s", name, strings.Join(MixtureNames(), ", "))
}

// equalMixture returns the mixture of equal weights and standard deviations.
func equalMixture(means kernels.Matrix, std float32) (*GaussianMixture, error) {
	weights, stds := make([]float64, means.Rows), make([]float64, means.Rows)
	for k := range weights {
		weights[k], stds[k] = 1, float64(std)
	}
	return NewGaussianMixture(weights, means, stds)
}
