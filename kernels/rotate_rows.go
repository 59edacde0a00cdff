package kernels

import (
	"fmt"

	"github.com/seed964deb49/langevin/internal/ceil"
)

// RotateRows64 applies sweeps of plane rotations to the rows of a, in place, which is LAPACK's Dlasr on the
// left side with a variable pivot. c and s have a row for each sweep and a column for each pair of
// neighbouring rows of a. A sweep backward begins with the last pair.
//
//	for k := range c.Rows {
//		for i := range c.Cols { // backward: for i := c.Cols - 1; i >= 0; i--
//			x, y, p, q := a.Row(i), a.Row(i+1), c.Row(k)[i], s.Row(k)[i]
//			for j := range a.Cols {
//				x[j], y[j] = fma(p, x[j], q*y[j]), fma(-q, x[j], p*y[j])   // forward
//				x[j], y[j] = fma(q, y[j], p*x[j]), fma(p, y[j], -(q*x[j])) // backward
//			}
//		}
//	}
//
// The products that are added are rounded before. The fused ones are those of the row that the rotation
// before has left: x forward, y backward.
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
	r.run(r, ceil.Div(r.a.Cols, wide), cores)
}

func (r *rowRotation) chunk(i, _ int) {
	wide := rotateColumns()
	r.columns(i*wide, min((i+1)*wide, r.a.Cols))
}
