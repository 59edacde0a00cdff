package smld

import "math"

// eigen returns the eigenvalues of a symmetric n x n matrix, in no order, and its orthonormal eigenvectors as the
// columns of q, both row-major, by Jacobi's method in the order of rows (Golub and Van Loan, Matrix Computations, 8.5).
// a is overwritten. Its arithmetic is fixed, which that of a LAPACK is not from one machine to another.
func eigen(a []float64, n int) (values, q []float64) {
	q = make([]float64, n*n)
	for i := range n {
		q[i*n+i] = 1
	}
	const sweeps = 60 // convergence is quadratic: ten are many
	for range sweeps {
		off, all := 0.0, 0.0
		for i := range n {
			for j := range n {
				s := float64(a[i*n+j] * a[i*n+j])
				all += s
				if i != j {
					off += s
				}
			}
		}
		if off <= 0x1p-104*all {
			break
		}
		for i := range n - 1 {
			for j := i + 1; j < n; j++ {
				rotate(a, q, n, i, j)
			}
		}
	}
	values = make([]float64, n)
	for i := range values {
		values[i] = a[i*n+i]
	}
	return values, q
}

// rotate turns coordinates i and j of a so that a[i][j] vanishes, and q's columns with them.
func rotate(a, q []float64, n, i, j int) {
	if a[i*n+j] == 0 {
		return
	}
	// t = tan of the smaller angle with cot(2 angle) = theta.
	theta := (a[j*n+j] - a[i*n+i]) / (2 * a[i*n+j])
	t := 1 / (math.Abs(theta) + math.Sqrt(math.FMA(theta, theta, 1)))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(math.FMA(t, t, 1))
	s := t * c
	for k := range n { // columns of a and q
		turn(&a[k*n+i], &a[k*n+j], c, s)
		turn(&q[k*n+i], &q[k*n+j], c, s)
	}
	for k := range n { // rows of a
		turn(&a[i*n+k], &a[j*n+k], c, s)
	}
	a[i*n+j], a[j*n+i] = 0, 0
}

// turn sets (x, y) to (c x - s y, s x + c y).
func turn(x, y *float64, c, s float64) {
	*x, *y = math.FMA(c, *x, -float64(s**y)), math.FMA(s, *x, float64(c**y))
}
