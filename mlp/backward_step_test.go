package mlp

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// TestBackwardStep compares updates during the backward pass with those that follow it, bit for bit.
func TestBackwardStep(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	const batch = 19
	for _, n := range forms(t, r) {
		for _, clip := range []float64{0, 0.1} {
			for _, averages := range []bool{false, true} {
				x, dy := randomMatrix(r, batch, n.Sizes[0]), randomMatrix(r, batch, n.Sizes[len(n.Sizes)-1])
				var all [2]*Network
				var averaged [2]*EMA
				for way := range all {
					m, grads, tape, adam := n.Like(), n.Like(), n.NewTape(batch), NewAdam(len(n.Block), 0.01)
					copy(m.Block, n.Block)
					adam.ClipNorm, adam.WeightDecay = clip, 0.1
					var ema *EMA
					if averages {
						ema = NewEMA(m.Block, 0.9)
					}
					step := func() {
						m.Forward(tape, x)
						m.BackwardStep(tape, dy, grads, adam, ema)
					}
					if way == 1 {
						step = func() {
							m.Forward(tape, x)
							m.Backward(tape, dy, grads)
							adam.Step(m.Block, grads.Block, ema)
						}
					}
					for range 3 {
						step()
					}
					all[way], averaged[way] = m, ema
				}
				if !slices.Equal(all[0].Block, all[1].Block) {
					t.Errorf("%v, residual %v, clip %v: parameters differ", n.Sizes, n.Residual, clip)
				}
				if averages && !slices.Equal(averaged[0].Average, averaged[1].Average) {
					t.Errorf("%v, residual %v, clip %v: averages differ", n.Sizes, n.Residual, clip)
				}
			}
		}
	}
}

// TestBackwardStepAllocates trains a network whose kernels run on all cores.
func TestBackwardStepAllocates(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	n := randomNetwork(t, r, 10, 128, 128, 2)
	const batch = 128
	x, dy := randomMatrix(r, batch, 10), kernels.NewMatrix(batch, 2)
	tape, grads, adam, ema := n.NewTape(batch), n.Like(), NewAdam(len(n.Block), 0.01), NewEMA(n.Block, 0.9)
	step := func() {
		n.Forward(tape, x)
		n.BackwardStep(tape, dy, grads, adam, ema)
	}
	step()
	if got := testing.AllocsPerRun(20, step); got >= 1 {
		t.Errorf("a step allocates %v times", got)
	}
}
