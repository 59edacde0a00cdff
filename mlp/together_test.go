package mlp

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels"
)

// TestTogether: 64 networks that are trained at once, and one network that 64 goroutines evaluate, have the
// bits of each alone.
func TestTogether(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(5))
	defer implementation.Processors(implementation.Processors(kernels.Slots))
	r := rand.New(rand.NewPCG(41, 42))
	n := randomNetwork(t, r, 5, 40, 30, 3)
	const batch = 70
	objective := squares{randomMatrix(r, batch, 5), randomMatrix(r, batch, 3)}
	results := func() (params, y []float32) {
		m, adam := n.Like(), NewAdam(len(n.Block), 0.01)
		copy(m.Block, n.Block)
		l := m.NewLearner(batch, adam, nil)
		for range 5 {
			l.Step(objective)
		}
		return m.Block, slices.Clone(n.Forward(n.NewTape(batch), objective.x).Data)
	}
	params, y := results()
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			if gotParams, gotY := results(); !slices.Equal(gotParams, params) || !slices.Equal(gotY, y) {
				t.Error("other bits among others")
			}
		})
	}
	group.Wait()
}
