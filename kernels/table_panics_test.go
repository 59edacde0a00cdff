package kernels

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// testPanics: operands of a wrong length or shape panic with the function's name and the sizes, and so do
// outputs that overlap what they may not.
func (r rowOf[T]) testPanics(t *testing.T) {
	operands := r.memory()
	for i, o := range operands {
		if o.kind != sum {
			r.testWrongSize(t, i)
		}
		for j := range operands {
			if i != j && o.role != in && o.kind != sum {
				r.testOverlap(t, i, j)
			}
		}
	}
}

// panicShape is what the tests of panics call functions on.
var panicShape = callShape{rows: 4, cols: 3}

// testWrongSize makes operand i alone longer, or of a row and a column more.
func (r rowOf[T]) testWrongSize(t *testing.T, i int) {
	s := panicShape
	random := rand.New(rand.NewPCG(1, 2))
	o := r.memory()[i]
	others := func(kinds ...kind) bool { // that have the size too
		for j, other := range r.memory() {
			if j != i && slices.Contains(kinds, other.kind) {
				return true
			}
		}
		return false
	}
	check := func(what, want string, change func(x [][]T, c *operandsOf[T])) {
		t.Helper()
		x := r.inputs(random, s, normals[T])
		call := r.on(x, s, normals[T](random, r.scalars()))
		change(x, &call)
		got := panicOf(func() { r.call(call) })
		if !strings.HasPrefix(got, "kernels: "+r.function()+": ") || !strings.Contains(got, want) {
			t.Errorf("%s %s: panic %q, want one of %s with %q", o.name, what, got, r.function(), want)
		}
	}
	if o.kind == slice && !others(slice) {
		return
	}
	if o.kind != matrix {
		check("with one element more", " has length ", func(x [][]T, c *operandsOf[T]) {
			x[i] = append(x[i], 0)
			*c = r.on(x, s, c.s)
		})
		return
	}
	at := 0 // which of the matrices
	for _, other := range r.memory()[:i] {
		if other.kind == matrix {
			at++
		}
	}
	resize := func(rows, cols int) func(x [][]T, c *operandsOf[T]) {
		return func(_ [][]T, c *operandsOf[T]) {
			c.replace(at, func(m *tableView[T]) { *m = tableView[T]{rows, cols, make([]T, rows*cols), cols} })
		}
	}
	if others(matrix, perRow) {
		check("with a row more", "", resize(s.rows+1, s.cols))
	}
	if others(matrix, perColumn) {
		check("with a column more", "", resize(s.rows, s.cols+1))
	}
	few := o.name + " is 4x3 with stride 3 and needs 12 elements, has 11"
	check("with an element less", few, func(_ [][]T, c *operandsOf[T]) {
		c.replace(at, func(m *tableView[T]) { m.Data = m.Data[:11] })
	})
	check("with a short stride", o.name+" is 4x3 with stride 2", func(_ [][]T, c *operandsOf[T]) {
		c.replace(at, func(m *tableView[T]) { m.Stride = 2 })
	})
}

// testOverlap puts output i and operand j into one place, which panics unless they may share it, and into
// places that overlap.
func (r rowOf[T]) testOverlap(t *testing.T, i, j int) {
	s := panicShape
	random := rand.New(rand.NewPCG(1, 2))
	operands := r.memory()
	try := func(what string, shift int) {
		t.Helper()
		x := r.inputs(random, s, normals[T])
		arena := make([]T, len(x[i])+len(x[j])+shift)
		x[i], x[j] = arena[:len(x[i])], arena[shift:][:len(x[j])]
		got := panicOf(func() { r.call(r.on(x, s, normals[T](random, r.scalars()))) })
		want := shift > 0 || !r.mayShare(i, j)
		tells := strings.HasPrefix(got, "kernels: "+r.function()+": ") && strings.Contains(got, "overlap")
		if panics := got != ""; panics != want || panics && !tells {
			t.Errorf("%s and %s %s: panic %q, want one: %v",
				operands[i].name, operands[j].name, what, got, want)
		}
	}
	try("in one place", 0)
	try("in overlapping places", 1)
	if operands[i].kind == matrix && operands[j].kind == matrix && r.mayShare(i, j) {
		s.pads = []int{0, 2, 4}
		x := r.inputs(random, s, normals[T])
		x[j] = make([]T, max(len(x[i]), len(x[j])))
		x[i] = x[j]
		got := panicOf(func() { r.call(r.on(x, s, normals[T](random, r.scalars()))) })
		both := operands[i].name + " and " + operands[j].name
		if !strings.Contains(got, both+" share memory but have strides") {
			t.Errorf("%s with two strides: panic %q", both, got)
		}
	}
}

// tableView is a matrix of either type.
type tableView[T float] struct {
	Rows, Cols int
	Data       []T
	Stride     int
}

// replace changes a matrix.
func (o operandsOf[T]) replace(i int, change func(m *tableView[T])) {
	if len(o.m) > 0 {
		m := tableView[float32]{o.m[i].Rows, o.m[i].Cols, o.m[i].Data, o.m[i].Stride}
		change(any(&m).(*tableView[T]))
		o.m[i] = Matrix{Rows: m.Rows, Cols: m.Cols, Data: m.Data, Stride: m.Stride}
		return
	}
	m := tableView[float64](o.m64[i])
	change(any(&m).(*tableView[T]))
	o.m64[i] = Matrix64(m)
}
