package bench

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// lengths are the lengths of vectors for the element-wise kernels. One core handles the first, which fits its
// first-level cache. Several cores share the second. The third is too long for the cores' own caches.
var lengths = []int{1 << 10, 1 << 16, 1 << 20}

// elementwise measures kernel. It also measures plain, if not nil, under the name math-rand. Both return the
// call to measure, on operands of n elements.
func elementwise(b *testing.B, kernel, plain func(n int) func()) {
	for _, n := range lengths {
		name := fmt.Sprintf("n=%d", n)
		each(b, name, 0, func(b *testing.B) { perElement(b, n, kernel(n)) })
		if plain != nil {
			b.Run(name+"/math-rand", func(b *testing.B) { perElement(b, n, plain(n)) })
		}
	}
}

// noise is what the noise kernels draw from.
var noise = kernels.Noise{Seed: 2, Stream: 3}

// random returns a generator of the standard library, seeded like that of a program with repeatable results.
func random() *rand.Rand { return rand.New(rand.NewPCG(2, 3)) }

func BenchmarkNoise(b *testing.B) {
	elementwise(b,
		func(n int) func() {
			dst := make([]float32, n)
			return func() { noise.Fill(dst, 0) }
		},
		func(n int) func() {
			dst, r := make([]float32, n), random()
			return func() {
				for i := range dst {
					dst[i] = float32(r.NormFloat64())
				}
			}
		})
}

// sigma is small, so that a vector to which noise is added again and again keeps its size.
const sigma = 1e-3

func BenchmarkAddNoise(b *testing.B) {
	elementwise(b,
		func(n int) func() {
			x := normals(n, 0)
			return func() { kernels.AddNoise(x, x, sigma, noise, 0) }
		},
		func(n int) func() {
			x, r := normals(n, 0), random()
			return func() {
				for i := range x {
					x[i] += sigma * float32(r.NormFloat64())
				}
			}
		})
}

// adamLengths end with a network of four million parameters, which come from memory.
var adamLengths = []int{1 << 10, 1 << 16, 1 << 22}

// BenchmarkAdam measures Adam with the moving average in the same pass. The pass reads five numbers for each
// parameter and writes four. BenchmarkAdamBytes shows how fast copying as many bytes is.
func BenchmarkAdam(b *testing.B) {
	// Corrections of 1 are those after many steps.
	step := kernels.AdamStep{
		Rate: 1e-3, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, Correction1: 1, Correction2: 1,
		GradScale: 1, Average: 1e-3,
	}
	for _, n := range adamLengths {
		p, g, m, v, avg := normals(n, 0), normals(n, 1), make([]float32, n), make([]float32, n), normals(n, 2)
		each(b, fmt.Sprintf("n=%d", n), 0, func(b *testing.B) {
			perElement(b, n, func() { kernels.Adam(p, g, m, v, avg, step) })
		})
	}
}

// BenchmarkAdamBytes copies as many bytes as Adam moves for n parameters: 18 are read and 18 written for
// each. A goroutine on each core copies a part.
func BenchmarkAdamBytes(b *testing.B) {
	for _, n := range adamLengths {
		src, dst := make([]byte, 18*n), make([]byte, 18*n)
		for i := range src {
			src[i] = byte(i)
		}
		b.Run(fmt.Sprintf("n=%d/copy", n), func(b *testing.B) {
			perElement(b, n, func() {
				cores := runtime.GOMAXPROCS(0)
				var group sync.WaitGroup
				for c := 1; c < cores; c++ {
					from, to := c*len(src)/cores, (c+1)*len(src)/cores
					group.Go(func() { copy(dst[from:to], src[from:to]) })
				}
				copy(dst[:len(dst)/cores], src[:len(src)/cores])
				group.Wait()
			})
		})
	}
}
