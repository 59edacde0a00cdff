package smld

import (
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/internal/fpcontrol"
	"github.com/seed964deb49/langevin/kernels"
)

// TestArithmetic: nothing is trained, drawn or measured on a thread that C code has left in another mode.
func TestArithmetic(t *testing.T) {
	m, source := ncsnModel(t, 20)
	x := kernels.NewMatrix(3, 2)
	calls := map[string]func() error{
		"training": func() error {
			_, err := NewTrainer(m, source, reproducible)
			return err
		},
		"likelihood": func() error {
			_, err := Likelihood{SigmaMin: 0.5, SigmaMax: 20}.LogDensity(t.Context(), make([]float64, 3),
				source.GaussianMixture, x, Numbers{Seed: 1})
			return err
		},
		"losses": func() error {
			_, err := DenoisingLosses(t.Context(), source.GaussianMixture, x, m.Sigmas, 1)
			return err
		},
	}
	for name, sampler := range allSamplers(t) {
		calls[name] = func() error {
			_, err := sampler.Sample(t.Context(), source.GaussianMixture, x, Numbers{Seed: 1}, nil)
			return err
		}
	}
	for name, call := range calls {
		for _, mode := range fpcontrol.Modes {
			var err error
			fpcontrol.Under(mode, func() { err = call() })
			if err == nil || !strings.Contains(err.Error(), "floating-point mode") {
				t.Errorf("%s, %s: error %v", name, mode.Name, err)
			}
		}
		if err := call(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
