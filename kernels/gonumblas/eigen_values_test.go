package gonumblas_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// golden has the values of testdata/values.json.
type golden struct {
	M, N, Power     int
	Singular, Eigen []float64
}

// matrix is that of testdata/values.py.
func (g golden) matrix() []float64 {
	a := make([]float64, 0, g.M*g.N)
	for i := range g.M {
		for j := range g.N {
			a = append(a, math.Ldexp(float64((7*i*i+5*i*j+3*j*j*j)%23-11), g.Power*i))
		}
	}
	return a
}

// TestValuesOfNumPy compares singular values and eigenvalues with those of NumPy.
func TestValuesOfNumPy(t *testing.T) {
	data, err := os.ReadFile("testdata/values.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []golden
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	l := gonumblas.Lapack{}
	for _, g := range all {
		work := make([]float64, 1000)
		for _, job := range []lapack.SVDJob{lapack.SVDNone, lapack.SVDAll, lapack.SVDStore} {
			s, u, vt := make([]float64, min(g.M, g.N)), make([]float64, g.M*g.M), make([]float64, g.N*g.N)
			if !l.Dgesvd(job, job, g.M, g.N, g.matrix(), g.N, s, u, g.M, vt, g.N, work, len(work)) {
				t.Errorf("%d by %d: no convergence", g.M, g.N)
			}
			closeTo(t, s, g.Singular)
		}
		if len(g.Eigen) == 0 {
			continue
		}
		for _, job := range []lapack.EVJob{lapack.EVNone, lapack.EVCompute} {
			for _, ul := range uplos {
				a, w := g.matrix(), make([]float64, g.N)
				for i := range g.N {
					for j := range i + 1 {
						sum := a[i*g.N+j] + a[j*g.N+i]
						a[i*g.N+j], a[j*g.N+i] = sum, sum
					}
				}
				if !l.Dsyev(job, ul, g.N, a, g.N, w, work, len(work)) {
					t.Errorf("order %d: no convergence", g.N)
				}
				closeTo(t, w, g.Eigen)
			}
		}
	}
}

func closeTo(t *testing.T, got, want []float64) {
	t.Helper()
	largest := 0.0
	for _, x := range want {
		largest = max(largest, math.Abs(x))
	}
	if len(got) != len(want) {
		t.Fatalf("%d values, want %d", len(got), len(want))
	}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= 1e-14*largest) {
			t.Errorf("value %d of %d is %v, want %v", i, len(want), got[i], want[i])
		}
	}
}

// TestSmallValues: the singular values of a bidiagonal matrix have a high relative accuracy, each of them.
func TestSmallValues(t *testing.T) {
	d, e := []float64{1, 0x1p-40, 0x1p-80}, []float64{0x1p-30, 0x1p-70}
	for _, vectors := range []int{0, 3} {
		x, y := append([]float64{}, d...), append([]float64{}, e...)
		vt, u := make([]float64, 9), make([]float64, 9)
		for i := range 3 {
			vt[4*i], u[4*i] = 1, 1
		}
		l := gonumblas.Lapack{}
		if !l.Dbdsqr(blas.Upper, 3, vectors, vectors, 0, x, y, vt, 3, u, 3, nil, 1, make([]float64, 8)) {
			t.Fatal("no convergence")
		}
		product := x[0] * x[1] * x[2] // is the determinant, whatever e is
		if math.Abs(product/0x1p-120-1) > 1e-14 {
			t.Errorf("%v: the product of the values is %v, want %v", x, product, 0x1p-120)
		}
	}
}

// TestValuesAlone: without vectors, all singular values of a bidiagonal matrix have the relative accuracy
// that they have with vectors, however different they are.
func TestValuesAlone(t *testing.T) {
	var r *rand.Rand
	for name, element := range map[string]func(i int) float64{
		"random":   func(int) float64 { return r.NormFloat64() },
		"graded":   func(i int) float64 { return r.NormFloat64() * math.Exp2(-float64(i)) },
		"upward":   func(i int) float64 { return r.NormFloat64() * math.Exp2(float64(i)) },
		"mixed":    func(int) float64 { return r.NormFloat64() * math.Exp2(float64(r.IntN(300)-150)) },
		"ones":     func(int) float64 { return 1 },
		"zeros":    func(int) float64 { return float64(r.IntN(2)) },
		"clusters": func(i int) float64 { return 1 + 1e-12*r.NormFloat64() - float64(i%2) },
		"huge":     func(int) float64 { return 1e300 * r.NormFloat64() },
		"tiny":     func(int) float64 { return 1e-290 * r.NormFloat64() },
		"nothing":  func(int) float64 { return 0 },
	} {
		r = rand.New(rand.NewPCG(51, uint64(len(name))))
		for _, n := range []int{1, 2, 3, 4, 5, 10, 40, 60, 90, 150} {
			d, e, vt := make([]float64, n), make([]float64, n), make([]float64, n)
			for i := range n {
				d[i], e[i] = element(2*i), element(2*i+1)
			}
			x, y, work := slices.Clone(d), slices.Clone(e), make([]float64, 4*n)
			l := gonumblas.Lapack{}
			if !l.Dbdsqr(blas.Upper, n, 0, 0, 0, d, e[:n-1], nil, 1, nil, 1, nil, 1, work) ||
				!l.Dbdsqr(blas.Upper, n, 1, 0, 0, x, y[:n-1], vt, 1, nil, 1, nil, 1, work) {
				t.Errorf("%s, %d: no convergence", name, n)
			}
			for i := range d {
				// Below the least float times the largest value, squares have vanished.
				if !(math.Abs(d[i]-x[i]) <= 1e-15*float64(20+n)*x[i]+1e-290*x[0]) {
					t.Errorf("%s: value %d of %d is %v, with vectors %v", name, i, n, d[i], x[i])
				}
			}
		}
	}
}
