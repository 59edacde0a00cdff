package kernels

import (
	"math"
	"slices"
	"testing"
)

// A row of the table is a call of a kernel's function, from which come all its tests and its benchmark: equal
// bits in all implementations for all lengths, strides and offsets, and for special numbers wherever a call
// has one, outputs that are wholly written, elements around its operands left alone, operands in one place,
// panics, any number of cores, allocations, and a formula. A kernel that has a declaration and no row fails
// TestRowForEveryKernel.
type row struct {
	name   string // of the function, and after a slash what is particular about the call
	kernel string // whose declaration has the function's operands
	// operands are those of the function where they differ from the declaration's, of which normals and noise
	// do not count: what a kernel gets from its noise.
	operands []tableOperand
	inPlace  []string // pairs such as dst=x, of an output and an operand that may be the same
	call     func(o operands)
	prepare  func(o operands) // changes the operands before a call
	internal bool             // the call is none of a function that checks its operands
	// formula is the value of the first output's element, and the magnitude of the terms that add up to it.
	formula func(e element) (value, scale float64)
	values  func(t *testing.T) // the test that has them where there is no formula
}

// tableOperand is what a function or a kernel is called with.
type tableOperand struct {
	name string
	kind kind
	role role
}

type kind string

const (
	slice     kind = "slice"
	matrix    kind = "matrix"
	perRow    kind = "number for each row"
	perColumn kind = "number for each column"
	normalsOf kind = "normals"
	number    kind = "number"
	sum       kind = "sum in float64"
	step      kind = "AdamStep"
	stream    kind = "noise"
)

type role string

const (
	in    role = "in"
	out   role = "out"
	inOut role = "in and out"
)

// operands are those of one call, by their kinds, in the order of the declaration.
type operands struct {
	x     [][]float32 // slices
	m     []Matrix
	v     [][]float32 // with a number for each row
	c     [][]float32 // with a number for each column
	s     []float32
	sum   []float32 // the bits of a float64
	noise Noise
	at    uint64
}

// setSum keeps a result. All NaNs are one.
func (o operands) setSum(x float64) {
	if x != x {
		x = math.NaN()
	}
	b := math.Float64bits(x)
	o.sum[0], o.sum[1] = math.Float32frombits(uint32(b>>32)), math.Float32frombits(uint32(b))
}

// element has the operands' values at one element, as operands has them, and its normal.
type element struct {
	x, m, v, c, s []float64
	z             float64
}

// table has the rows of all kernels.
func table() []row {
	return slices.Concat(sliceRows, functionRows(), matrixRows)
}

// memory returns the operands that lie in memory: all but scalars and what a kernel makes by itself.
func (r row) memory() []tableOperand {
	all := r.operands
	if all == nil {
		all = declared[r.kernel]
	}
	return slices.DeleteFunc(slices.Clone(all), func(o tableOperand) bool {
		return o.kind == normalsOf || o.kind == number || o.kind == step || o.kind == stream
	})
}

// scalars is the number of scalars.
func (r row) scalars() int {
	n := 0
	for _, o := range declared[r.kernel] {
		if o.kind == number {
			n++
		}
	}
	return n
}

// onMatrices reports whether the kernel works on rows.
func (r row) onMatrices() bool {
	return slices.ContainsFunc(r.memory(), func(o tableOperand) bool { return o.kind == matrix })
}

// TestRowForEveryKernel: every declared kernel and function has a row.
func TestRowForEveryKernel(t *testing.T) {
	tested := map[string]bool{}
	for _, r := range table() {
		if _, ok := declared[r.kernel]; !ok && r.operands == nil {
			t.Errorf("%s: no kernel %q has a declaration", r.name, r.kernel)
		}
		tested[r.kernel] = true
	}
	for name := range declared {
		if !tested[name] {
			t.Errorf("%s has a declaration, but no row in the table of tests", name)
		}
	}
	for f, name := range declaredFunctions {
		row := func(a functionCase) bool { return a.f == f && a.value != nil }
		if !slices.ContainsFunc(functionAccuracy, row) {
			t.Errorf("%s has a declaration, but no row in functionAccuracy", name)
		}
	}
	for _, f := range declaredSlopes {
		row := func(a functionCase) bool { return a.f == f && a.grad != nil }
		if !slices.ContainsFunc(functionAccuracy, row) {
			t.Errorf("%s has a declaration with a slope, but no row with a backward pass in functionAccuracy",
				declaredFunctions[f])
		}
	}
}
