package kernels

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// guardLongest is the length up to which every one is tested between pages that cannot be touched.
const guardLongest = 300

// TestGuards calls each row of the table on all lengths up to guardLongest, and on all small numbers of rows,
// with operands that end where memory ends, and with operands that begin where it begins. Those that may be
// in one place are.
func TestGuards(t *testing.T) {
	guardRows(t, table())
	guardRows(t, table64())
}

func guardRows[T float](t *testing.T, rows []rowOf[T]) {
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { eachFast(t, r.testGuards) })
	}
}

// guardShapes are those that a row is tested on.
func (r rowOf[T]) guardShapes() []callShape {
	var all []callShape
	for n := range guardLongest + 1 {
		s := callShape{rows: 1, cols: n, at: firstNormals[n%len(firstNormals)]}
		if r.onMatrices() {
			s.rows, s.pads = 1+n%4, []int{n % 3, n % 5, 7}
		}
		all = append(all, s)
	}
	if r.onMatrices() {
		for rows := range 40 {
			for _, cols := range []int{1, 2, 3, 15, 16, 17, 33} {
				all = append(all, callShape{rows: rows, cols: cols, pads: []int{rows % 2, 3}, at: 7})
			}
		}
	}
	return all
}

func (r rowOf[T]) testGuards(t *testing.T, fast string) {
	shapes := r.guardShapes()
	ends, starts := r.fences(t, shapes, true), r.fences(t, shapes, false)
	random := rand.New(rand.NewPCG(15, 16))
	together := append(r.pairs(), [2]int{-1, -1})
	for i, s := range shapes {
		inputs, scalars := r.inputs(random, s, values[T]), values[T](random, r.scalars())
		pair := together[i%len(together)]
		if pair[0] >= 0 {
			s.pads = s.pads[:min(1, len(s.pads))]
			inputs = r.inputs(random, s, values[T])
			inputs[pair[1]] = inputs[pair[0]]
		}
		want := make([][]T, len(inputs))
		for i, x := range inputs {
			want[i] = slices.Clone(x)
		}
		use(t, string(generic))
		r.run(r.on(want, s, scalars))
		use(t, fast)
		for _, atEnd := range []bool{true, false} {
			got := make([][]T, len(inputs))
			for i, x := range inputs {
				got[i] = starts[i][:len(x)]
				if atEnd {
					got[i] = ends[i][len(ends[i])-len(x):]
				}
				copy(got[i], x)
			}
			if pair[0] >= 0 {
				got[pair[1]] = got[pair[0]]
			}
			r.run(r.on(got, s, scalars))
			for i, o := range r.memory() {
				if i != pair[1] {
					same(t, fmt.Sprintf("%v, at memory's end %v: %s", s, atEnd, o.name), got[i], want[i])
				}
			}
		}
	}
}

// fences returns memory for each operand, as long as the longest shape needs.
func (r rowOf[T]) fences(t *testing.T, shapes []callShape, atEnd bool) [][]T {
	longest := make([]int, len(r.memory()))
	for _, s := range shapes {
		for i, n := range r.lengths(s) {
			longest[i] = max(longest[i], n)
		}
	}
	var all [][]T
	for _, n := range longest {
		all = append(all, guardOf[T](t, n, atEnd))
	}
	return all
}

// TestGuardedProducts multiplies with each function that does, each side going through all lengths up to
// guardLongest, next to pages that cannot be touched.
func TestGuardedProducts(t *testing.T) {
	sides := []int{1, 2, 3, 4, 5, 8, 9, 16, 17, 25, 33}
	eachFast(t, func(t *testing.T, fast string) {
		r := rand.New(rand.NewPCG(17, 18))
		for _, kind := range productKinds {
			t.Run(kind, func(t *testing.T) {
				for n := range guardLongest + 1 {
					if testing.Short() && n%3 != len(kind)%3 {
						continue
					}
					var s [3]int
					for i := range s {
						s[i] = sides[r.IntN(len(sides))]
					}
					s[r.IntN(3)] = n
					if !testing.Short() {
						for side := range s {
							whole := s
							whole[side] = n
							checkProduct(t, fast, kind, r, whole, values[float32])
						}
					}
					checkProduct(t, fast, kind, r, s, values[float32])
				}
			})
		}
	})
}
