package kernels

// A sweep is an element-wise kernel on a range of indices, cut into chunks for the pool. Chunks are multiples of
// every kernel's vector length, and short enough that one assembly call stays well below the 200 microseconds for
// which it may hold up the garbage collector, which cannot stop assembly.
const sweepChunk = 8192

// sweepSerial is the length up to which waking another core costs more than it gives. One that is awake shares two chunks.
const sweepSerial = 2 * sweepChunk

// sharesSweep reports whether work on n elements is shared out among the cores.
func sharesSweep(n int) bool { return !taken() && (n > sweepSerial || n > sweepChunk && awake()) }

// sweep holds the operands of an element-wise kernel; each kernel's op knows which of them it uses.
type sweep struct {
	fork
	op       func(s *sweep, from, to int)
	n        int
	dst      []float32
	src      []float32
	third    []float32
	fourth   []float32
	fifth    []float32
	scalars  [2]float32
	adam     AdamStep
	function function
	noise    Noise
	at       uint64
}

var sweeps = newFreelist[sweep]()

// do runs the sweep over n elements and gives it back to its freelist.
func (s *sweep) do(n int) {
	s.n = n
	chunks := (n + sweepChunk - 1) / sweepChunk
	cores := 1
	if sharesSweep(n) {
		cores = Cores()
	}
	s.run(s, chunks, cores)
	s.op, s.dst, s.src, s.third, s.fourth, s.fifth = nil, nil, nil, nil, nil, nil
	sweeps.put(s, 0)
}

func (s *sweep) chunk(i, _ int) { s.op(s, i*sweepChunk, min((i+1)*sweepChunk, s.n)) }
