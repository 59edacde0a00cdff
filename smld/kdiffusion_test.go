package smld

import (
	"math"
	"os"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestKDiffusion holds solvers to those of k-diffusion, on the same starts, levels and normals; see
// testdata/kdiffusion.py. A few samples lie where modes part, and magnify rounding.
func TestKDiffusion(t *testing.T) {
	path := "testdata/kdiffusion.npy"
	if other := os.Getenv("LANGEVIN_KDIFFUSION"); other != "" { // of more samples
		path = other
	}
	set := must[*dataset.Set](t)(dataset.Load(path, 1, dataset.Options{}))
	m := must[*GaussianMixture](t)(NamedMixture("8gaussians"))
	names := []string{"lms", "dpm2m", "dpm3m", "dpm2m-sde", "dpm3m-sde"}
	count := set.X.Cols / 2
	for k, name := range names {
		sampler := must[Sampler](t)(NewSampler(name, Range{Max: 10, Min: 0.015}, nil))
		x := kernels.NewMatrix(count, 2)
		Prior(x, nil, 10, Numbers{Seed: 5})
		evaluations, err := sampler.Sample(t.Context(), m, x, Numbers{Seed: 5}, nil)
		if err != nil || evaluations != 25 {
			t.Fatal(evaluations, err)
		}
		far := 0
		for i := range x.Rows {
			dx := float64(x.Row(i)[0]) - set.X.Row(k)[2*i]
			dy := float64(x.Row(i)[1]) - set.X.Row(k)[2*i+1]
			if !(math.Hypot(dx, dy) <= 1e-4) {
				far++
			}
		}
		t.Logf("%s: %d of %d samples are 10^-4 away or more", name, far, count)
		if far > count/1000 {
			t.Errorf("%s: %d of %d samples are 10^-4 away or more", name, far, count)
		}
	}
}
