package mlp

import (
	"fmt"
	"sync/atomic"

	"github.com/seed964deb49/langevin/internal/ceil"
	"github.com/seed964deb49/langevin/kernels"
)

// Objective is what a network is trained for. Input and Gradient are called for some rows of a batch at a
// time, from several goroutines at once.
type Objective interface {
	// Input sets x to the network's input for the rows of the batch from number first on.
	Input(x kernels.Matrix, first int)
	// Gradient sets dy to the gradient of the loss at the network's output y for x, in the same rows.
	Gradient(dy, y, x kernels.Matrix, first int)
	// Next is called once in each step, when all gradients are known, beside the update of the weights. It is
	// the time to get the next batch.
	Next()
}

// Learner trains a network on batches of one size: forward and backward pass, Adam and moving average.
//
// What is computed for a point concerns no other point until the gradients of the weights sum over the batch.
// A core therefore takes a strip of the batch through a small network and back, while the strip stays in the
// cache. All cores share each product of a large network.
//
// Then the cores share out the weights in blocks. A block is updated as soon as its gradient is known.
//
// A batch that is large for a small network goes through in parts. The sums of a part go on where those of
// the part before ended. So the gradients are those of Forward and Backward, bit for bit.
//
// A learner packs the weights of a small network once in each update, and anew when the network's parameters
// were changed by others.
type Learner struct {
	net   *Network
	adam  *Adam
	ema   *EMA
	batch int

	tape   *Tape
	x, dy  kernels.Matrix // of a part
	packed *packed        // nil for large networks

	cores  int                   // for which the weights are cut into blocks
	jobs   []job                 // the blocks, then the fetch
	left   []atomic.Int32        // blocks of a layer that are not updated yet
	grads  *Network              // nil where gradients are used up at once
	memory [kernels.Slots]memory // for those, of each goroutine at work

	step  step
	share shared
}

// shared is the work that cores share out. It is made once, so that handing it out allocates nothing.
type shared struct{ pack, strips, input, loss, jobs func(slot, from, to int) }

// ranges makes work for kernels.Parallel of a function that needs no memory of its own.
func ranges(do func(from, to int)) func(slot, from, to int) {
	return func(_, from, to int) { do(from, to) }
}

// Sizes that keep what a core works on in the second-level cache.
const (
	smallNetwork = 1 << 18 // parameters up to which a strip goes through the whole network
	stripRows    = 132     // about so many rows of it, eleven tiles of a product
	stripUnit    = 4       // a strip's rows are a multiple; of fewer, multiply-adds wait for each other
	stripLeast   = 16      // rows of a strip that are worth another core
	partFloats   = 1 << 19 // what a part of the batch may take for all hidden layers, three floats a unit
	partRows     = 256     // or so many rows, for products deep enough
	blockUnit    = 12      // rows of weights, of which a block has a multiple: two tiles
	blockFloats  = 1 << 15 // weights of a block of a large network

	objectiveRows = 8 // that an objective is asked for at a time where a pass is not in strips
)

// NewLearner returns a learner that trains n by adam on batches of the given number of rows. It keeps ema if
// that is not nil.
func (n *Network) NewLearner(batch int, adam *Adam, ema *EMA) *Learner {
	if batch < 1 {
		panic(fmt.Sprintf("mlp: NewLearner: batch of %d rows", batch))
	}
	last := len(n.Weights) - 1
	l := &Learner{net: n, adam: adam, ema: ema, batch: batch}
	units := 0
	for _, size := range n.Sizes[1 : last+1] {
		units += 3 * size
	}
	part := batch
	if n.small() {
		part = ceil.Div(batch, ceil.Div(batch, max(partRows, partFloats/max(units, 1))))
		l.packed = newPacked(last + 1)
	}
	l.tape = n.NewTape(part)
	l.x, l.dy = kernels.NewMatrix(part, n.Sizes[0]), kernels.NewMatrix(part, n.Sizes[last+1])
	l.share = shared{
		pack: ranges(l.packLayers), strips: ranges(l.passStrip), input: ranges(l.input), loss: ranges(l.loss),
		jobs: l.doJobs,
	}
	return l
}

// small reports whether the weights stay in a core's cache. Strips of a batch then go through the network on
// one core each. Otherwise all cores share out each product.
func (n *Network) small() bool { return len(n.Block) <= smallNetwork }

// StripRows returns how many rows of a batch should go through the network together, on one core. It is all
// of them, on all cores, if the network is large.
func (n *Network) StripRows(rows int) int {
	if !n.small() {
		return max(rows, 1)
	}
	cores := kernels.Cores()
	strips := min(cores*ceil.Div(rows, cores*stripRows), rows/stripLeast)
	return ceil.Div(max(rows, 1), max(strips, 1)*stripUnit) * stripUnit
}
