package kernels

import "fmt"

// RotateRows64 applies sweeps of plane rotations to the rows of a, in place. c and s have a row for each
// sweep and a column for each pair of neighbouring rows of a. Sweep k rotates rows i and i+1 by c[k][i] and
// s[k][i], for i = 0, 1, ... in turn, which is LAPACK's Dlasr on the left side with a variable pivot. A sweep
// backward begins with the last pair. One rotation of rows x and y is
//
//	x, y = c*x + s*y, c*y - s*x
//
// of which one product is rounded and the other is fused with the sum. The element that the rotation before
// has left, y backward and x else, is a factor of the fused product in the element that it becomes for the
// rotation after. In the other element it is, too, for the factor c:
//
//	forward:  x, y = fma(c, x, s*y), fma(-s, x, c*y)
//	backward: x, y = fma(s, y, c*x), fma(c, y, -(s*x))
//
// All sweeps go over some columns of a while these are in the cache, and the results do not depend on how
// many sweeps there are in a call. c and s must not share memory with a.
func RotateRows64(a, c, s Matrix64, backward bool) {
	a.check("RotateRows64", "a")
	c.check("RotateRows64", "c")
	s.check("RotateRows64", "s")
	pairs := max(a.Rows-1, 0)
	if c.Rows != s.Rows || c.Cols != pairs || s.Cols != pairs {
		panic(fmt.Sprintf("kernels: RotateRows64: c is %d by %d and s %d by %d, want equal rows, %d columns",
			c.Rows, c.Cols, s.Rows, s.Cols, pairs))
	}
	checkApart("RotateRows64", "a", a.region(), "c", c.region())
	checkApart("RotateRows64", "a", a.region(), "s", s.region())
	if a.Cols == 0 || pairs == 0 || c.Rows == 0 {
		return
	}
	if active == generic {
		rotateRowsGeneric(a, c, s, backward)
		return
	}
	r := rowRotations.get()
	r.a, r.pairs, r.sweeps = a, pairs, c.Rows
	r.pack(c, s, backward)
	r.do()
	r.a = Matrix64{}
	rowRotations.put(r, sliceBytes(r.packed))
}

var rowRotations = newFreelist[rowRotation]()

// rowRotation is a call of RotateRows64. Its rotations are packed as the programs take them: those of
// sweepsAbreast sweeps together, each one row behind the one before, and those of the sweeps left over one by
// one. Backward, rows and rotations are in the opposite order, and the sines are those of the opposite turn.
type rowRotation struct {
	fork
	a             Matrix64
	pairs, sweeps int
	packed        []float64
	backward      bool
}

const sweepsAbreast = 4

// groupLength is how many numbers the rotations of sweepsAbreast sweeps are.
func (r *rowRotation) groupLength() int { return 2 * sweepsAbreast * (r.pairs + sweepsAbreast - 1) }

// groups is how many times sweepsAbreast sweeps there are that go together. Few rows do not let them.
func (r *rowRotation) groups() int {
	if r.pairs < sweepsAbreast {
		return 0
	}
	return r.sweeps / sweepsAbreast
}

func (r *rowRotation) pack(c, s Matrix64, backward bool) {
	r.backward = backward
	groups, length := r.groups(), r.groupLength()
	single := groups * sweepsAbreast
	if need := groups*length + 2*r.pairs*(r.sweeps-single); len(r.packed) < need {
		r.packed = make([]float64, need)
	}
	for k := range single {
		at := r.packed[k/sweepsAbreast*length:]
		k0 := k % sweepsAbreast
		packSweep(at[2*(sweepsAbreast+1)*k0:], 2*sweepsAbreast, c.Row(k), s.Row(k), backward)
	}
	for k := single; k < r.sweeps; k++ {
		packSweep(r.packed[groups*length+2*r.pairs*(k-single):], 2, c.Row(k), s.Row(k), backward)
	}
}

// packSweep writes a sweep's rotations at every so many numbers.
func packSweep(dst []float64, every int, c, s []float64, backward bool) {
	for i := range c {
		at := dst[i*every : i*every+2]
		if backward {
			at[0], at[1] = c[len(c)-1-i], -s[len(c)-1-i]
		} else {
			at[0], at[1] = c[i], s[i]
		}
	}
}

// do shares the columns out among the cores. One column of few rows is worth no core.
func (r *rowRotation) do() {
	const worthwhile = 1 << 17 // rotations of pairs of elements
	cores := 1
	if !taken() && r.pairs*r.sweeps*r.a.Cols >= worthwhile {
		cores = Cores()
	}
	wide := rotateColumns()
	r.run(r, (r.a.Cols+wide-1)/wide, cores)
}

func (r *rowRotation) chunk(i, _ int) {
	wide := rotateColumns()
	r.columns(i*wide, min((i+1)*wide, r.a.Cols))
}
