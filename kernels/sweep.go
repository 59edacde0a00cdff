package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// A kernel on slices of one length is cut into chunks for the pool. A chunk is a multiple of every kernel's
// vector length. The garbage collector cannot stop assembly, and an assembly call may hold it up for 200
// microseconds. A chunk takes much less.
const sweepChunk = 8192

// sweepSerial is the length up to which waking another core costs more than it gives. Two chunks are shared
// with a core that is awake.
const sweepSerial = 2 * sweepChunk

// sharesSweep reports whether work on n elements is shared out among the cores.
func sharesSweep(n int) bool { return !taken() && (n > sweepSerial || n > sweepChunk && awake()) }

// onePiece reports whether a call on n elements, of which there are some, is one piece of work, for which
// nothing need be kept.
func onePiece(n int) bool { return uint(n-1) < sweepChunk }

// sliceKernel is a kernel on slices of one length. A is a struct of its operands.
type sliceKernel[A any] struct {
	op     func(a *A, from, to int) // on elements from to to-1
	sweeps freelist[sweep[A]]
}

// onSlices returns a kernel that does op.
func onSlices[A any](op func(a *A, from, to int)) *sliceKernel[A] { return &sliceKernel[A]{op: op} }

// sweep is one call of a kernel on slices. The caller sets the operands in their place, since copying them
// there takes longer than some kernels.
type sweep[A any] struct {
	fork
	kernel   *sliceKernel[A]
	n        int
	operands A
}

// begin returns a call. Its caller sets the operands.
func (k *sliceKernel[A]) begin() *sweep[A] {
	s := k.sweeps.get()
	s.kernel = k
	return s
}

// do runs the kernel over n elements and forgets the operands.
func (s *sweep[A]) do(n int) {
	switch {
	case n > sweepChunk:
		cores := 1
		if sharesSweep(n) {
			cores = Cores()
		}
		s.n = n
		s.run(s, ceil.Div(n, sweepChunk), cores)
	case n > 0:
		s.kernel.op(&s.operands, 0, n)
	}
	var none A
	s.operands = none
	s.kernel.sweeps.put(s, 0)
}

func (s *sweep[A]) chunk(i, _ int) {
	s.kernel.op(&s.operands, i*sweepChunk, min((i+1)*sweepChunk, s.n))
}
