package gonumblas_test

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas/blas64"
	blasgonum "gonum.org/v1/gonum/blas/gonum"
	lapackgonum "gonum.org/v1/gonum/lapack/gonum"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// The principal components of points that lie along one direction, by gonum's stat. The first two lines of
// the program are all that is new.
func ExampleLapack_principalComponents() {
	blas64.Use(gonumblas.Float64{})
	lapack64.Use(gonumblas.Lapack{})
	defer blas64.Use(blasgonum.Implementation{}) // for other tests only; a program does without
	defer lapack64.Use(lapackgonum.Implementation{})

	const points, dim = 500, 3
	x := mat.NewDense(points, dim, nil)
	z := make([]float64, points*(dim+1))
	kernels.Noise{Seed: 1}.Fill64(z, 0)
	for i := range points {
		along, noise := z[(dim+1)*i], z[(dim+1)*i+1:]
		for j, direction := range []float64{2, -1, 2} { // of length 3
			x.Set(i, j, direction*along+0.1*noise[j])
		}
	}
	var pc stat.PC
	if !pc.PrincipalComponents(x, nil) {
		panic("no components")
	}
	var axes mat.Dense
	pc.VectorsTo(&axes)
	sign := math.Copysign(1, axes.At(0, 0))
	fmt.Printf("direction %.2f %.2f %.2f\n", sign*axes.At(0, 0), sign*axes.At(1, 0), sign*axes.At(2, 0))
	variances := pc.VarsTo(nil)
	fmt.Printf("%.0f%% of the variance\n", 100*variances[0]/(variances[0]+variances[1]+variances[2]))
	// Output:
	// direction 0.67 -0.33 0.67
	// 100% of the variance
}

// A Kalman filter (Kalman 1960) of a position and a velocity, of which the position is measured with noise,
// by gonum's mat.
func ExampleFloat64_kalman() {
	blas64.Use(gonumblas.Float64{})
	defer blas64.Use(blasgonum.Implementation{}) // for other tests only; a program does without

	const steps, process, measured = 200, 1e-6, 0.5
	f := mat.NewDense(2, 2, []float64{1, 1, 0, 1}) // the position moves by the velocity
	h := mat.NewDense(1, 2, []float64{1, 0})
	q := mat.NewDiagDense(2, []float64{process, process})
	x, p := mat.NewDense(2, 1, nil), mat.NewDense(2, 2, []float64{10, 0, 0, 10})
	noise := make([]float64, steps)
	kernels.Noise{Seed: 3}.Fill64(noise, 0)

	var fp, ph, hph, gain, step, kh mat.Dense
	for k := range steps {
		x.Mul(f, x) // predict
		fp.Mul(f, p)
		p.Mul(&fp, f.T())
		p.Add(p, q)
		ph.Mul(p, h.T()) // correct
		hph.Mul(h, &ph)
		gain.Scale(1/(hph.At(0, 0)+measured*measured), &ph)
		z := 0.25*float64(k+1) + measured*noise[k] // true velocity: 0.25
		step.Scale(z-x.At(0, 0), &gain)
		x.Add(x, &step)
		kh.Mul(&gain, h)
		kh.Mul(&kh, p)
		p.Sub(p, &kh)
	}
	fmt.Printf("position %.0f, velocity %.2f\n", x.At(0, 0), x.At(1, 0))
	// Output: position 50, velocity 0.25
}
