package gonumblas

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
)

// TestReflectors: the product of the reflectors is orthogonal and turns the rows into the triangle, also where
// they are read from what factor left.
func TestReflectors(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {1, 5}, {3, 3}, {4, 9}, {13, 13}, {13, 40}, {33, 70}} {
		k, n := size[0], size[1]
		rng := rand.New(rand.NewPCG(1, uint64(n)))
		a := block64{make([]float64, k*n), n}
		for i := range a.data {
			a.data[i] = rng.NormFloat64()
		}
		tau := make([]float64, k)
		h := newReflectors(k, n)
		h.readRows(a)
		h.factor(tau)
		g := newReflectors(k, n)
		for i := range k { // g gets R where V is trimmed
			copy(g.v.row(i, n), h.v.row(i, n))
			copy(g.v.row(i, i+1), h.r.row(i, i+1))
		}
		g.trim(tau)
		for _, with := range []*reflectors{&h, &g} {
			x := block64{append([]float64(nil), a.data...), n}
			with.apply(blas.Right, false, k, n, x)
			for i := range k {
				for j, v := range x.row(i, n) {
					want := 0.0
					if j <= i {
						want = h.r.data[i*k+j]
					}
					if math.Abs(v-want) > 1e-13*float64(n) {
						t.Fatalf("%d by %d: (%d, %d) is %v, want %v", k, n, i, j, v, want)
					}
				}
			}
			with.apply(blas.Right, true, k, n, x)
			near(t, x.data, a.data)
			y := block64{make([]float64, n*k), k}
			y.transpose(a, k, n)
			with.apply(blas.Left, true, n, k, y)
			with.apply(blas.Left, false, n, k, y)
			x.transpose(y, n, k)
			near(t, x.data, a.data)
		}
		h.giveBack()
		g.giveBack()
	}
}

func near(t *testing.T, x, y []float64) {
	t.Helper()
	for i := range x {
		if !(math.Abs(x[i]-y[i]) < 1e-12) {
			t.Fatalf("element %d is %v, want %v", i, x[i], y[i])
		}
	}
}

// TestReflector: H*(alpha, x) is (beta, 0), at all magnitudes.
func TestReflector(t *testing.T) {
	for _, size := range []float64{1, 1e-300, 5e-324, 1e-310, 1e200, 1e300} {
		for _, v := range [][]float64{{3, 4}, {-1, 2, 2}, {0, 3}, {1, 0, 0}, {2}} {
			alpha, inc := v[0]*size, 2
			var x []float64
			norm := 0.0
			for _, e := range v {
				norm += e * e
			}
			for _, e := range v[1:] {
				x = append(x, e*size, 7)
			}
			if len(x) > 0 {
				x = x[:len(x)-1]
			}
			beta, tau := reflector(alpha, x, inc)
			if tau == 0 {
				if beta != alpha {
					t.Errorf("%v times %v: beta is %v", v, size, beta)
				}
				continue
			}
			product := alpha / size
			for i := 0; i < len(x); i += inc {
				product += x[i] * v[1+i/inc]
			}
			got, want := alpha/size-tau*product, beta/size
			long := math.Abs(beta) / math.Sqrt(norm) / size
			if math.Abs(got-want) > 1e-14*norm || math.Abs(long-1) > 1e-14 && size > 1e-307 {
				t.Errorf("%v times %v: %v, want %v", v, size, got, want)
			}
		}
	}
}
