package smld

import (
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels"
)

// TestTogether: 64 goroutines that train and sample at once get the bits of one that does so alone on one
// core, while GOMAXPROCS changes.
func TestTogether(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	defer implementation.Processors(implementation.Processors(kernels.Slots))
	m, _ := ncsnModel(t, 30)
	rows := 150
	if testing.Short() {
		rows = 40
	}
	samplers := allSamplers(t)
	var names []string
	for name := range samplers {
		names = append(names, name)
	}
	slices.Sort(names)
	sample := func(name string) []float32 {
		x := kernels.NewMatrix(rows, 2)
		m.Prior(x, samplers[name].Start(), Numbers{Seed: 1})
		if _, err := samplers[name].Sample(t.Context(), m.Score(), x, Numbers{Seed: 1}, nil); err != nil {
			t.Error(err)
		}
		return x.Data
	}
	train := func() []float32 {
		untrained, source := ncsnModel(t, 30)
		trained, err := Train(t.Context(), untrained, source, reproducible, 3, nil)
		if err != nil {
			t.Error(err)
			return nil
		}
		return trained.Net.Block
	}
	want, trained := map[string][]float32{}, train()
	for _, name := range names {
		want[name] = sample(name)
	}
	var group sync.WaitGroup
	for g := range 64 {
		group.Go(func() {
			runtime.GOMAXPROCS(1 + g%7)
			name := names[g%len(names)]
			if g%4 == 0 {
				if !slices.Equal(train(), trained) {
					t.Error("training has other bits among others")
				}
				return
			}
			if !slices.Equal(sample(name), want[name]) {
				t.Errorf("%s has other bits among others", name)
			}
		})
	}
	group.Wait()
}
