package mlp

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels"
)

// squares is half the squared distance from a target, for each row of a batch.
type squares struct{ x, target kernels.Matrix }

func (s squares) Input(x kernels.Matrix, first int) {
	for i := range x.Rows {
		copy(x.Row(i), s.x.Row(first+i))
	}
}

func (s squares) Gradient(dy, y, _ kernels.Matrix, first int) {
	for i := range y.Rows {
		to, target := dy.Row(i), s.target.Row(first+i)
		for j, v := range y.Row(i) {
			to[j] = v - target[j]
		}
	}
}

func (s squares) Next() {}

// TestLearner compares steps in strips, parts and blocks, bit for bit, with a forward and a backward pass
// over the whole batch and an update that follows. It does so on any number of cores and in every
// implementation.
func TestLearner(t *testing.T) {
	defer func(cores int, backend string) {
		runtime.GOMAXPROCS(cores)
		if err := implementation.Use(backend); err != nil {
			t.Error(err)
		}
	}(runtime.GOMAXPROCS(0), kernels.Backend())
	r := rand.New(rand.NewPCG(6, 1))
	networks := forms(t, r)
	networks = append(networks, randomNetwork(t, r, 10, 128, 70, 2), randomResidual(t, r, 10, 70, 60, 70, 3),
		randomNetwork(t, r, 5, 520, 510, 10)) // a large one, whose gradients need more memory layer by layer
	for i, n := range networks {
		if small := i < len(networks)-1; n.small() != small {
			t.Fatalf("%v: a small network: %v", n.Sizes, !small)
		}
		for _, batch := range []int{1, 19, 130, 1000} {
			if parts := n.Sizes[1] == 128; parts != (batch == 1000) || !n.small() && batch != 19 {
				continue
			}
			clips := []float64{0, 0.1}
			if batch == 19 {
				clips = append(clips, -1, math.NaN()) // no limit, as 0
			}
			for _, clip := range clips {
				testLearner(t, r, n, batch, clip)
			}
		}
	}
}

func testLearner(t *testing.T, r *rand.Rand, n *Network, batch int, clip float64) {
	const steps = 2
	objective := squares{randomMatrix(r, batch, n.Sizes[0]), randomMatrix(r, batch, n.Sizes[len(n.Sizes)-1])}
	train := func(step func(m *Network, adam *Adam, ema *EMA) func()) (params, average []float32) {
		m, adam, ema := n.Like(), NewAdam(len(n.Block), 0.01), NewEMA(n.Block, 0.9)
		copy(m.Block, n.Block)
		adam.ClipNorm, adam.WeightDecay = clip, 0.1
		do := step(m, adam, ema)
		for range steps {
			do()
		}
		return m.Block, ema.Average
	}
	whole := func(m *Network, adam *Adam, ema *EMA) func() {
		tape, grads, dy := m.NewTape(batch), m.Like(), kernels.NewMatrix(batch, objective.target.Cols)
		return func() {
			y := m.Forward(tape, objective.x)
			objective.Gradient(dy, y, objective.x, 0)
			m.Backward(tape, dy, grads)
			adam.Step(m.Block, grads.Block, ema)
		}
	}
	backends := implementation.All()
	defer implementation.Processors(implementation.Processors(kernels.Slots))
	if err := implementation.Use(backends[0]); err != nil {
		t.Fatal(err)
	}
	params, average := train(whole)
	if !(clip > 0) {
		was := clip
		clip = 0
		if unlimited, _ := train(whole); !slices.Equal(unlimited, params) {
			t.Errorf("%v: a limit of %v is another one than none", n.Sizes, was)
		}
		clip = was
	}
	for _, backend := range backends {
		if err := implementation.Use(backend); err != nil {
			t.Fatal(err)
		}
		for _, cores := range []int{1, 2, 5} {
			if backend == "generic" && (cores != 2 || len(backends) > 1 && testing.Short()) { // which is slow
				continue
			}
			runtime.GOMAXPROCS(cores)
			gotParams, gotAverage := train(func(m *Network, adam *Adam, ema *EMA) func() {
				l := m.NewLearner(batch, adam, ema)
				return func() { l.Step(objective) }
			})
			if !slices.Equal(gotParams, params) || !slices.Equal(gotAverage, average) {
				t.Errorf("%s, %d cores, %v, residual %v, batch %d, clip %v: not the bits of whole passes",
					backend, cores, n.Sizes, n.Residual, batch, clip)
			}
		}
	}
}

// TestLearnerSeesChanges: when others have changed the parameters, a learner that packs weights goes on with
// the new ones.
func TestLearnerSeesChanges(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	const batch = 40
	objective := squares{randomMatrix(r, batch, 3), randomMatrix(r, batch, 2)}
	params := randomNetwork(t, r, 3, 70, 60, 2).Block
	for name, change := range map[string]func(n *Network){
		"SetParameters": func(n *Network) { n.SetParameters(params) },
		"Init":          func(n *Network) { n.Init(kernels.Noise{Seed: 3}) },
		"Changed": func(n *Network) {
			copy(n.Block, params)
			n.Changed()
		},
	} {
		after := func(steps int) []float32 {
			n := randomNetwork(t, rand.New(rand.NewPCG(9, 1)), 3, 70, 60, 2)
			adam := NewAdam(len(n.Block), 0.01)
			l := n.NewLearner(batch, adam, nil)
			for range steps {
				l.Step(objective)
			}
			change(n)
			zero := make([]float32, len(n.Block))
			if err := adam.Restore(zero, zero, 0); err != nil {
				t.Fatal(err)
			}
			l.Step(objective)
			return n.Block
		}
		if !slices.Equal(after(2), after(0)) {
			t.Errorf("%s: a learner with steps behind it is not like a new one", name)
		}
	}
}

// TestLearnerAllocates trains networks in strips and on all cores.
func TestLearnerAllocates(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	const batch = 128
	for _, n := range []*Network{randomNetwork(t, r, 10, 128, 128, 2), randomNetwork(t, r, 10, 520, 510, 2)} {
		l := n.NewLearner(batch, NewAdam(len(n.Block), 0.01), NewEMA(n.Block, 0.9))
		var o Objective = squares{randomMatrix(r, batch, 10), randomMatrix(r, batch, 2)}
		step := func() { l.Step(o) }
		step()
		if got := testing.AllocsPerRun(20, step); got >= 1 {
			t.Errorf("%v: a step allocates %v times", n.Sizes, got)
		}
	}
}
