// Package compare times implementations of the same operation in turns: those of BLAS, of functions on
// slices, and what gonum's package mat makes of a BLAS. A program gives it the implementations.
package compare

import (
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	blasgonum "gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/lapack64"

	lapackgonum "gonum.org/v1/gonum/lapack/gonum"
)

// Float is the type of an element.
type Float interface{ float32 | float64 }

// Functions are functions on slices by the name of their row. Vectors has the rows and bind the signatures.
type Functions map[string]any

// Peer is an implementation. What is nil or not in a map, it does not have.
type Peer struct {
	Name string
	// Ours marks the implementations that are compared with the others.
	Ours bool

	BLAS32 blas.Float32
	BLAS64 blas.Float64
	// LAPACK is what package mat calls; where it is nil, and BLAS64 is not, that is gonum's.
	LAPACK lapack.Float64

	Functions32, Functions64 Functions

	// Inaccurate are rows, as in "exp" or "exp f64", whose values are known to be off by more than some units
	// in the last place, or at all where the machine has an exact instruction. Their times are printed, but
	// nothing is compared with them.
	Inaccurate []string

	// Threads, where there is one, is called before the first measurement with the number of threads to use.
	Threads func(n int)
}

// accurate reports whether no values of the row are known to be inaccurate.
func (p Peer) accurate(row, precision string) bool {
	return !slices.Contains(p.Inaccurate, row) && !slices.Contains(p.Inaccurate, row+" "+precision)
}

// use lets gonum's packages call the peer.
func (p Peer) use() {
	blas32.Use(blasgonum.Implementation{})
	if p.BLAS32 != nil {
		blas32.Use(p.BLAS32)
	}
	blas64.Use(p.BLAS64)
	lapack64.Use(lapackgonum.Implementation{})
	if p.LAPACK != nil {
		lapack64.Use(p.LAPACK)
	}
}
