package langevin_test

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas/blas64"
	blasgonum "gonum.org/v1/gonum/blas/gonum"     // not shown
	lapackgonum "gonum.org/v1/gonum/lapack/gonum" // not shown
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

func Example_gonum() {
	defer blas64.Use(blasgonum.Implementation{})     // not shown
	defer lapack64.Use(lapackgonum.Implementation{}) // not shown
	// These two lines are all that is new in a program that uses gonum.
	blas64.Use(gonumblas.Float64{})
	lapack64.Use(gonumblas.Lapack{})

	const n = 300
	x := mat.NewDense(n, n, nil)
	kernels.Noise{Seed: 1}.Fill64(x.RawMatrix().Data, 0) // standard normals, by their index

	var svd mat.SVD
	if !svd.Factorize(x, mat.SVDThin) {
		panic("no singular values")
	}
	fmt.Printf("largest singular value %.6f, near 2 sqrt(n) = %.2f\n", svd.Values(nil)[0], 2*math.Sqrt(n))
	// Output:
	// largest singular value 34.862563, near 2 sqrt(n) = 34.64
}
