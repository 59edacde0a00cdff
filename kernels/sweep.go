package kernels

import "runtime"

// Kernels on slices of one length are cut into chunks for the pool. Chunks are multiples of every kernel's
// vector length, and short enough that one assembly call stays well below the 200 microseconds for which it
// may hold up the garbage collector, which cannot stop assembly.
const sweepChunk = 8192

// sweepSerial is the length up to which waking another core costs more than it gives. One that is awake
// shares two chunks.
const sweepSerial = 2 * sweepChunk

// sharesSweep reports whether work on n elements is shared out among the cores.
func sharesSweep(n int) bool { return !taken() && (n > sweepSerial || n > sweepChunk && awake()) }

// sliceKernel is a kernel on slices of one length. A is a struct of its operands.
type sliceKernel[A any] struct {
	op     func(a *A, from, to int) // on elements from to to-1
	sweeps freelist[sweep[A]]
}

// onSlices returns a kernel that does op.
func onSlices[A any](op func(a *A, from, to int)) *sliceKernel[A] { return &sliceKernel[A]{op: op} }

// sweep is one call of a kernel on slices.
type sweep[A any] struct {
	fork
	op       func(a *A, from, to int)
	n        int
	operands A
}

// do runs the kernel over n elements.
func (k *sliceKernel[A]) do(n int, operands A) {
	s := k.sweeps.get()
	s.op, s.n, s.operands = k.op, n, operands
	chunks := (n + sweepChunk - 1) / sweepChunk
	cores := 1
	if sharesSweep(n) {
		cores = runtime.GOMAXPROCS(0)
	}
	s.run(s, chunks, cores)
	var none A
	s.operands = none
	k.sweeps.put(s, 0)
}

func (s *sweep[A]) chunk(i, _ int) { s.op(&s.operands, i*sweepChunk, min((i+1)*sweepChunk, s.n)) }
