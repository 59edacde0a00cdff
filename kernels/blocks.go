package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// A kernel such as Dot makes a number of each block of its operands. Blocks are independent of each other, so
// the pool may share them out. What becomes of the blocks' numbers is done in order.

// blockSize is the number of elements of a block.
const blockSize = 4096

// oneBlock reports whether n elements, of which there are some, are one block.
func oneBlock(n int) bool { return uint(n-1) < blockSize }

// blocksAtOnce is how many blocks one assembly call takes: it ends within some tens of microseconds.
const blocksAtOnce = 16

// blockKernel is a kernel that sets of[b] to a number made of block b of x, and of y where there is it.
type blockKernel[T float] struct {
	op    func(of, x, y []T)
	calls freelist[blockCall[T]]
}

// onBlocks returns a kernel that does op.
func onBlocks[T float](op func(of, x, y []T)) *blockKernel[T] { return &blockKernel[T]{op: op} }

// blockCall is one call of a kernel on blocks.
type blockCall[T float] struct {
	fork
	kernel   *blockKernel[T]
	of, x, y []T
	blocks   int // of a chunk
}

// each returns a call whose of has the numbers of all blocks. y is nil where there is no second operand. The
// caller gives the call back.
func (k *blockKernel[T]) each(x, y []T) *blockCall[T] {
	c := k.calls.get()
	blocks := ceil.Div(len(x), blockSize)
	c.kernel, c.of, c.x, c.y = k, resize(c.of, blocks), x, y
	c.blocks = blocksAtOnce
	cores := 1
	if sharesSweep(len(x)) {
		if cores = Cores(); cores > 1 {
			c.blocks = sweepChunk / blockSize
		}
	}
	c.run(c, ceil.Div(blocks, c.blocks), cores)
	c.x, c.y = nil, nil
	return c
}

// giveBack ends a call.
func (k *blockKernel[T]) giveBack(c *blockCall[T]) { k.calls.put(c, sliceBytes(c.of)) }

func (c *blockCall[T]) chunk(i, _ int) {
	first, end := i*c.blocks, min((i+1)*c.blocks, len(c.of))
	from, to := first*blockSize, min(end*blockSize, len(c.x))
	y := c.y
	if y != nil {
		y = y[from:to]
	}
	c.kernel.op(c.of[first:end], c.x[from:to], y)
}

// sum returns the sum of the blocks' numbers in order, in float64.
func (k *blockKernel[T]) sum(x, y []T) float64 {
	if len(x) == 0 {
		return 0
	}
	c := k.each(x, y)
	sum := 0.0
	for _, b := range c.of {
		sum += float64(b)
	}
	k.giveBack(c)
	return sum
}

// unsigned returns x, of zeros the positive one, as a sum over blocks, which begins at +0, has it. A product
// that vanishes may leave a lane at -0.
func unsigned[T float](x T) T {
	if x == 0 {
		return 0
	}
	return x
}
