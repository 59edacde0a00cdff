package kernels

import (
	"math"
	"slices"
	"testing"
	"unsafe"
)

// A row of the table is a call of a kernel's function, from which come all its tests and its benchmark: equal
// bits in all implementations for all lengths, strides and offsets, and for special numbers wherever a call
// has one, outputs that are wholly written, elements around its operands left alone, operands in one place,
// panics, any number of cores, allocations, and a formula. A kernel that has a declaration and no row fails
// TestRowForEveryKernel.
type rowOf[T float] struct {
	name   string // of the function, and after a slash what is particular about the call
	kernel string // whose declaration has the function's operands
	// operands are those of the function where they differ from the declaration's, of which normals and noise
	// do not count: what a kernel gets from its noise.
	operands []tableOperand
	inPlace  []string // pairs such as dst=x, of an output and an operand that may be the same
	call     func(o operandsOf[T])
	prepare  func(o operandsOf[T]) // changes the operands before a call
	internal bool                  // the call is none of a function that checks its operands
	// formula is the value of the first output's element, and the magnitude of the terms that add up to it.
	formula func(e element) (value, scale float64)
	values  func(t *testing.T) // the test that has them where there is no formula
}

// row is a call on float32, row64 one on float64.
type (
	row        = rowOf[float32]
	row64      = rowOf[float64]
	operands   = operandsOf[float32]
	operands64 = operandsOf[float64]
)

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
type operandsOf[T float] struct {
	x     [][]T // slices
	m     []Matrix
	m64   []Matrix64
	v     [][]T // with a number for each row
	c     [][]T // with a number for each column
	s     []T
	sum   []T // the bits of a float64
	noise Noise
	at    uint64
}

// setSum keeps a result. All NaNs are one.
func (o operandsOf[T]) setSum(x float64) {
	if x != x {
		x = math.NaN()
	}
	*(*float64)(unsafe.Pointer(&o.sum[0])) = x
}

// element has the operands' values at one element, as operands has them, and its normal.
type element struct {
	x, m, v, c, s []float64
	z             float64
}

// table has the rows of all kernels on float32.
func table() []row {
	return slices.Concat(sliceRows, functionRows(), matrixRows)
}

// table64 has the rows of all kernels on float64.
func table64() []row64 { return slice64Rows }

// memory returns the operands that lie in memory: all but scalars and what a kernel makes by itself.
func (r rowOf[T]) memory() []tableOperand {
	all := r.operands
	if all == nil {
		all = declared[r.kernel]
	}
	return slices.DeleteFunc(slices.Clone(all), func(o tableOperand) bool {
		return o.kind == normalsOf || o.kind == number || o.kind == step || o.kind == stream
	})
}

// scalars is the number of scalars.
func (r rowOf[T]) scalars() int {
	n := 0
	for _, o := range declared[r.kernel] {
		if o.kind == number {
			n++
		}
	}
	return n
}

// onMatrices reports whether the kernel works on rows.
func (r rowOf[T]) onMatrices() bool {
	return slices.ContainsFunc(r.memory(), func(o tableOperand) bool { return o.kind == matrix })
}

// TestRowForEveryKernel: every declared kernel and function has a row.
func TestRowForEveryKernel(t *testing.T) {
	tested := map[string]bool{}
	markTested(t, table(), tested)
	markTested(t, table64(), tested)
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

// markTested notes the kernels of rows.
func markTested[T float](t *testing.T, rows []rowOf[T], tested map[string]bool) {
	for _, r := range rows {
		if _, ok := declared[r.kernel]; !ok && r.operands == nil {
			t.Errorf("%s: no kernel %q has a declaration", r.name, r.kernel)
		}
		tested[r.kernel] = true
	}
}
