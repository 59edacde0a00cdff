package gonumblas_test

import (
	"fmt"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// Least squares by package mat: the parabola through the points nearest to four measurements.
func Example() {
	blas64.Use(gonumblas.Float64{})
	defer blas64.Use(gonum.Implementation{}) // for other tests only; a program has the line above alone

	a := mat.NewDense(4, 3, []float64{
		1, 0, 0,
		1, 1, 1,
		1, 2, 4,
		1, 3, 9,
	})
	y := mat.NewVecDense(4, []float64{1, 2.1, 4.9, 10.2})
	var x mat.VecDense
	if err := x.SolveVec(a, y); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.3f", x.RawVector().Data)
	// Output: [1.040 -0.110 1.050]
}
