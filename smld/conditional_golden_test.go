package smld

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestConditionalGolden holds trainings with classes, and samples with guidance, to bits that no architecture
// may change.
func TestConditionalGolden(t *testing.T) {
	for name, want := range map[string]string{
		"digits":   "0x9d78f014dc04009f",
		"moons":    "0x1d50a4b6ef707801",
		"pinwheel": "0x02def816f1a2627b",
	} {
		set := must[*dataset.Set](t)(dataset.Load(name, 1, dataset.Options{}))
		config := DataConfig{Seed: 1, Classes: true}
		if name == "digits" {
			config.Shift, config.Told = 1, true
		}
		data := must[*Data](t)(NewData(set, config))
		plan := Choose(data, 1)
		plan.Model.Hidden, plan.Train.Steps, plan.Train.WarmUp = []int{16, 16}, 10, 2
		if name == "moons" {
			plan.Model.Preconditioning = Linear
		}
		m := must[*Model](t)(plan.Fit(t.Context(), data, nil))
		score := must[*ConditionalScore](t)(m.Conditional(m.ClassConditions(0, 1, 1, 0, 1), 2))
		x := must2[kernels.Matrix, float64](t)(m.DrawFrom(t.Context(), score, must[Sampler](t)(NewSampler(
			"heun", m.Levels(), Options{"Levels": 5})), 5, Numbers{Seed: 2}, nil))
		h := fnv.New64a()
		for _, values := range [][]float32{m.Net.Block, x.Data} {
			if err := binary.Write(h, binary.LittleEndian, values); err != nil {
				t.Fatal(err)
			}
		}
		if got := fmt.Sprintf("%#016x", h.Sum64()); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func must2[A, B any](t *testing.T) func(a A, b B, err error) A {
	return func(a A, _ B, err error) A {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
}
