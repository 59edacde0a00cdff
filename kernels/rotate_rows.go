package kernels

import "fmt"

// RotateRows64 applies sweeps of plane rotations to the rows of a, in place. c and s have a row for each sweep
// and a column for each pair of neighbouring rows of a. Sweep k rotates rows i and i+1 by c[k][i] and s[k][i],
// for i = 0, 1, ... in turn, which is LAPACK's Dlasr on the left side with a variable pivot. A sweep backward
// begins with the last pair. One rotation of rows x and y is
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
// All sweeps go over some columns of a while these are in the cache, and the results do not depend on how many
// sweeps there are in a call. c and s must not share memory with a.
func RotateRows64(a, c, s Matrix64, backward bool) {
	a.check("RotateRows64", "a")
	c.check("RotateRows64", "c")
	s.check("RotateRows64", "s")
	pairs := max(a.Rows-1, 0)
	if c.Rows != s.Rows || c.Cols != pairs || s.Cols != pairs {
		panic(fmt.Sprintf("kernels: RotateRows64: c is %d by %d and s %d by %d, want rows alike and %d columns",
			c.Rows, c.Cols, s.Rows, s.Cols, pairs))
	}
	checkApart("RotateRows64", "a", a.region(), "c", c.region())
	checkApart("RotateRows64", "a", a.region(), "s", s.region())
	if a.Cols == 0 || pairs == 0 {
		return
	}
	for k := range c.Rows {
		rotateRowsGeneric(a, c.Row(k), s.Row(k), backward)
	}
}
