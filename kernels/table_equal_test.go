package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"unsafe"
)

// TestKernels tests each row of the table. The tests of one kernel are TestKernels/NAME.
func TestKernels(t *testing.T) {
	testRows(t, table())
	testRows(t, table64())
}

func testRows[T float](t *testing.T, rows []rowOf[T]) {
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			defer use(t, Backend())
			t.Run("formula", r.testFormula)
			t.Run("equal", func(t *testing.T) { eachFast(t, r.testEqual) })
			t.Run("special", func(t *testing.T) { eachFast(t, r.testSpecial) })
			t.Run("outputs", func(t *testing.T) { eachBackend(t, r.testOutputs) })
			t.Run("in place", func(t *testing.T) { eachFast(t, r.testInPlace) })
			t.Run("offsets", func(t *testing.T) { eachFast(t, r.testOffsets) })
			t.Run("cores", func(t *testing.T) { eachBackend(t, r.testCores) })
			t.Run("allocations", func(t *testing.T) { eachBackend(t, r.testAllocations) })
			if !r.internal {
				t.Run("panics", r.testPanics)
			}
		})
	}
}

// testEqual compares an implementation with the definition bit for bit. Operands that are only read stay as
// they are.
func (r rowOf[T]) testEqual(t *testing.T, fast string) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, s := range r.shapes() {
		inputs, scalars := r.inputs(random, s, values[T]), values[T](random, r.scalars())
		compare(t, fast, s.String(), inputs, func(x [][]T) {
			r.run(r.on(x, s, scalars))
			for i, o := range r.memory() {
				if o.role == in {
					same(t, fmt.Sprintf("%v: %s is only read, but", s, o.name), x[i], inputs[i])
				}
			}
		})
	}
}

// testInPlace compares a call on operands in one place with the definition on operands apart.
func (r rowOf[T]) testInPlace(t *testing.T, fast string) {
	random := rand.New(rand.NewPCG(1, 3))
	for _, pair := range r.pairs() {
		for _, s := range r.shapes() {
			s.pads = s.pads[:min(1, len(s.pads))] // one stride for both
			inputs, scalars := r.inputs(random, s, values[T]), values[T](random, r.scalars())
			inputs[pair[1]] = slices.Clone(inputs[pair[0]])
			want := make([][]T, len(inputs))
			for i, x := range inputs {
				want[i] = slices.Clone(x)
			}
			use(t, string(generic))
			r.run(r.on(want, s, scalars))
			use(t, fast)
			got := slices.Clone(inputs)
			got[pair[1]] = got[pair[0]]
			r.run(r.on(got, s, scalars))
			for i, o := range r.memory() {
				if i != pair[1] {
					same(t, fmt.Sprintf("%v, %v: %s", r.inPlace, s, o.name), got[i], want[i])
				}
			}
		}
	}
}

// testOffsets moves the operands through every alignment within a cache line, and checks that the elements
// around them are left alone.
func (r rowOf[T]) testOffsets(t *testing.T, fast string) {
	const pad = 17
	s := callShape{rows: 3, cols: 37, pads: []int{2}, at: 5}
	if !r.onMatrices() {
		s = callShape{rows: 1, cols: 37, at: 5}
	}
	random := rand.New(rand.NewPCG(3, 4))
	for offset := range pad {
		var inputs [][]T
		lengths := r.lengths(s)
		for _, n := range lengths {
			inputs = append(inputs, normals[T](random, n+2*pad))
		}
		scalars := normals[T](random, r.scalars())
		compare(t, fast, fmt.Sprintf("offset %d", offset), inputs, func(x [][]T) {
			views := make([][]T, len(x))
			for i := range x {
				views[i] = x[i][(offset*(i+1))%pad:][:lengths[i]]
			}
			r.run(r.on(views, s, scalars))
			for i := range x {
				from := (offset * (i + 1)) % pad
				same(t, "before the operand", x[i][:from], inputs[i][:from])
				same(t, "after the operand", x[i][from+lengths[i]:], inputs[i][from+lengths[i]:])
			}
		})
	}
}

// testCores: the number of cores changes no bit.
func (r rowOf[T]) testCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	shapes := []callShape{{rows: 5000, cols: 7, at: 3}, {rows: 9, cols: 5000, at: 3}}
	if !r.onMatrices() {
		shapes = []callShape{{rows: 1, cols: 4*sweepChunk + 100, at: 3}}
	}
	for _, s := range shapes {
		random := rand.New(rand.NewPCG(5, 6))
		inputs, scalars := r.inputs(random, s, normals[T]), normals[T](random, r.scalars())
		var want [][]T
		for _, cores := range []int{1, 2, 5} {
			runtime.GOMAXPROCS(cores)
			got := make([][]T, len(inputs))
			for i, x := range inputs {
				got[i] = slices.Clone(x)
			}
			r.run(r.on(got, s, scalars))
			if want == nil {
				want = got
			}
			for i, o := range r.memory() {
				same(t, fmt.Sprintf("%v on %d cores: %s", s, cores, o.name), got[i], want[i])
			}
		}
	}
}

// testAllocations: a kernel in its steady state allocates nothing, on one core or several.
func (r rowOf[T]) testAllocations(t *testing.T) {
	shapes := []callShape{{rows: 10, cols: 9}, {rows: 200, cols: 300}}
	if !r.onMatrices() {
		shapes = []callShape{{rows: 1, cols: 100}, {rows: 1, cols: 40000}}
	}
	for _, s := range shapes {
		random := rand.New(rand.NewPCG(7, 8))
		o := r.on(r.inputs(random, s, normals[T]), s, normals[T](random, r.scalars()))
		if r.prepare != nil {
			r.prepare(o)
		}
		if n := testing.AllocsPerRun(5, func() { r.call(o) }); n != 0 && !race {
			t.Errorf("%v: %v allocations", s, n)
		}
	}
}

// testFormula compares the definition's first output with a formula in float64, but for rounding.
func (r rowOf[T]) testFormula(t *testing.T) {
	precision := 4e-7
	if unsafe.Sizeof(*new(T)) == 8 {
		precision = 8e-16
	}
	if r.formula == nil {
		if r.values == nil {
			t.Fatalf("%s has neither a formula nor a test with its values in the table of tests", r.name)
		}
		t.Skip("another test has its values")
	}
	s := callShape{rows: 6, cols: 1300, at: 11}
	if !r.onMatrices() {
		s.rows = 1
	}
	random := rand.New(rand.NewPCG(8, 9))
	x, scalars := r.inputs(random, s, normals[T]), normals[T](random, r.scalars())
	o := r.on(x, s, scalars)
	if r.prepare != nil {
		r.prepare(o)
	}
	before := make([][]T, len(x))
	for i := range x {
		before[i] = slices.Clone(x[i])
	}
	z := make([]float32, s.rows*s.cols)
	noise.Fill(z, s.at)
	use(t, string(generic))
	r.call(o)
	given := r.on(before, s, scalars)
	for i := range s.rows {
		for j := range s.cols {
			e := given.element(i, j, float64(z[i*s.cols+j]))
			want, scale := r.formula(e)
			got := r.first(o.element(i, j, 0))
			if !(math.Abs(got-want) <= precision*scale) {
				t.Fatalf("element %d, %d is %v, the formula gives %v", i, j, got, want)
			}
		}
	}
}

// element returns the operands' values at an element.
func (o operandsOf[T]) element(i, j int, z float64) element {
	e := element{z: z}
	for _, x := range o.x {
		e.x = append(e.x, float64(x[j]))
	}
	for _, m := range o.m {
		e.m = append(e.m, float64(m.Row(i)[j]))
	}
	for _, m := range o.m64 {
		e.m = append(e.m, m.Row(i)[j])
	}
	for _, v := range o.v {
		e.v = append(e.v, float64(v[i]))
	}
	for _, c := range o.c {
		e.c = append(e.c, float64(c[j]))
	}
	for _, s := range o.s {
		e.s = append(e.s, float64(s))
	}
	return e
}

// first is the value of the first output, a slice or a matrix.
func (r rowOf[T]) first(e element) float64 {
	if r.onMatrices() {
		return e.m[0]
	}
	return e.x[0]
}
