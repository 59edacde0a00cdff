package kernels

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// testOutputs: what an output had in it does not matter, and all of it is written, where there are no rows or
// no columns too.
func (r rowOf[T]) testOutputs(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	shapes := []callShape{{rows: 1, cols: 37, at: 3}, {rows: 1, cols: 0}}
	if r.onMatrices() {
		shapes = []callShape{
			{rows: 3, cols: 37, at: 3}, {rows: 3, cols: 0}, {rows: 0, cols: 3}, {rows: 2, cols: 1100},
		}
	}
	for _, s := range shapes {
		inputs, scalars := r.inputs(random, s, normals[T]), normals[T](random, r.scalars())
		call := func(filling T) [][]T {
			x := make([][]T, len(inputs))
			for i, o := range r.memory() {
				x[i] = slices.Clone(inputs[i])
				for j := range x[i] {
					if o.role == out {
						x[i][j] = filling
					}
				}
			}
			r.run(r.on(x, s, scalars))
			return x
		}
		ones, unset := call(1), call(T(math.NaN()))
		for i, o := range r.memory() {
			for j, one := range ones[i] {
				if bitsOf(one) != bitsOf(unset[i][j]) {
					t.Fatalf("%v: element %d of %s was NaN and becomes %v, was 1 and becomes %v",
						s, j, o.name, unset[i][j], one)
				}
			}
		}
	}
}
