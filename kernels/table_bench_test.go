package kernels

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// benchLengths are a vector in the first-level cache that one core handles, one that several share, and one
// that is too long for their own caches.
var benchLengths = []int{1 << 10, 1 << 16, 1 << 20}

// benchShapes are points in the plane, where factors change with every other element, hidden layers, and
// images.
var benchShapes = [][2]int{{128, 2}, {4096, 2}, {256, 64}, {128, 784}}

// BenchmarkKernels measures each row of the table in every implementation, in nanoseconds an element.
func BenchmarkKernels(b *testing.B) {
	benchRows(b, table())
	benchRows(b, table64())
}

func benchRows[T float](b *testing.B, rows []rowOf[T]) {
	for _, r := range rows {
		b.Run(r.name, func(b *testing.B) {
			if r.onMatrices() {
				for _, s := range benchShapes {
					name := fmt.Sprintf("rows=%d/cols=%d", s[0], s[1])
					b.Run(name, func(b *testing.B) { r.bench(b, callShape{rows: s[0], cols: s[1]}) })
				}
				return
			}
			for _, n := range benchLengths {
				b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) { r.bench(b, callShape{rows: 1, cols: n}) })
			}
		})
	}
}

// bench measures one size. Numbers for rows and scalars are small, so that operands which are written again
// and again keep their size.
func (r rowOf[T]) bench(b *testing.B, s callShape) {
	random := rand.New(rand.NewPCG(1, 2))
	x := r.inputs(random, s, normals[T])
	for i, o := range r.memory() {
		if o.kind == perRow {
			copy(x[i], small[T](len(x[i])))
		}
	}
	o := r.on(x, s, small[T](r.scalars()))
	if r.prepare != nil {
		r.prepare(o)
	}
	eachBackend(b, func(b *testing.B) {
		r.call(o) // starts the kernels' workers, and allocates what later calls use again
		for b.Loop() {
			r.call(o)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(s.rows*s.cols), "ns/elt")
	})
}

func small[T float](n int) []T {
	x := make([]T, n)
	for i := range x {
		x[i] = 1e-3
	}
	return x
}
