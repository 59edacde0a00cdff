package gonumblas

import (
	"math"
	"slices"
)

// Dsterf turns d into the eigenvalues, in ascending order, of the symmetric tridiagonal matrix of order n
// with diagonal d and other diagonals e. It reports whether the iteration converged.
func (Lapack) Dsterf(n int, d, e []float64) (ok bool) {
	demand(n >= 0, "n < 0")
	if n == 0 {
		return true
	}
	demand(len(d) >= n, "insufficient length of d")
	demand(len(e) >= n-1, "insufficient length of e")
	return tridiagonalValues(d[:n], e[:n-1])
}

// tridiagonalValues is tridiagonalEigen without vectors. It goes without square roots and has e squared, as
// Pal, Walker and Kahan do (Parlett, "The symmetric eigenvalue problem", 1980, section 8.15).
func tridiagonalValues(d, e []float64) bool {
	t := tridiagonal{d: d, e: e, left: 30 * len(d), squared: true}
	if !t.blocks() {
		return false
	}
	slices.Sort(d)
	return true
}

// sweepSquared is sweep for squares of e.
func (t *tridiagonal) sweepSquared(at, m, step int) {
	d, e, between := t.d, t.e, min(step, 0)
	root := math.Sqrt(e[at-step+between])
	sigma := (d[at-step] - d[at]) / (2 * root)
	sigma = d[at] - root/withRightAngle(sigma)
	c, s := 1.0, 0.0
	gamma := d[m] - sigma
	p := float64(gamma * gamma)
	for i := m; i != at; i += step {
		k := i + between
		square := e[k]
		r := p + square
		if i != m {
			e[k-step] = s * r
		}
		before, left := c, gamma
		c, s = p/r, square/r
		alpha := d[i+step]
		gamma = math.FMA(c, alpha-sigma, -(s * left))
		d[i] = left + (alpha - gamma)
		if c != 0 {
			p = float64(gamma*gamma) / c
		} else {
			p = float64(before * square)
		}
	}
	e[at-step+between] = s * p
	d[at] = sigma + gamma
}
