package compare

import "gonum.org/v1/gonum/blas"

// Scalars of the operations; the rotation keeps lengths.
const (
	axpyBy   = 1e-3
	scaleBy  = -1
	cosine   = 0.6
	sine     = 0.8
	rowsOf32 = "f32"
	rowsOf64 = "f64"
)

// vectorSizes are from a call's own cost to memory.
var vectorSizes = []int{100, 1_000, 65_536, 1_000_000}

// pair is the operands of level 1 and of functions on slices.
type pair[T Float] struct {
	x, y []T
	// value is what a reduction returned.
	value float64
}

// draw returns n random numbers.
type draw[T Float] = func(n int, stream uint64, deviation float64) []T

func newPair[T Float](fill draw[T], deviation float64) func(n int) any {
	return func(n int) any { return &pair[T]{x: fill(n, 1, deviation), y: fill(n, 2, deviation)} }
}

func (o *pair[T]) result() []float64 { return append(doubles(o.x, o.y), o.value) }

// level1 is a routine of BLAS's level 1 in both precisions. They are written out, since a call by way of a
// function value would cost as much as some of them.
type level1 struct {
	name   string
	single func(b blas.Float32, n int, o *pair[float32]) func(times int)
	double func(b blas.Float64, n int, o *pair[float64]) func(times int)
}

// level1Rows are the routines of BLAS, where a peer without one may have a function on slices.
func level1Rows() []Row {
	var singles, doubles []Row
	for _, r := range level1List {
		singles = append(singles, Row{r.name, "level1", vectorSizes, rowsOf32, newPair(normals[float32], 1),
			func(p Peer, operands any) task {
				o := operands.(*pair[float32])
				if p.BLAS32 == nil {
					return task{run: vectors[r.name].bind32(p, o), result: o.result}
				}
				return task{run: r.single(p.BLAS32, len(o.x), o), result: o.result}
			}})
		doubles = append(doubles, Row{r.name, "level1", vectorSizes, rowsOf64, newPair(normals[float64], 1),
			func(p Peer, operands any) task {
				o := operands.(*pair[float64])
				if p.BLAS64 == nil {
					return task{run: vectors[r.name].bind64(p, o), result: o.result}
				}
				return task{run: r.double(p.BLAS64, len(o.x), o), result: o.result}
			}})
	}
	return append(singles, doubles...)
}
