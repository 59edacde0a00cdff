package kernels

import (
	"math"
	"testing"
)

const unit32, unit64 = 0x1p-24, 0x1p-53

// TestProductError holds the error of chains of k multiply-adds against the bound that Gemm's documentation
// gives, and against the figures there.
func TestProductError(t *testing.T) {
	for _, c := range []struct {
		k                   int
		square, independent float64 // the largest error, relative to the sum of magnitudes
	}{{100, 5e-7, 1e-7}, {10_000, 5e-6, 1e-7}, {100_000, 3e-5, 1e-7}, {1_000_000, 5e-4, 1e-7}} {
		a, b, got := NewMatrix(1, c.k), NewMatrix(1, c.k), NewMatrix(1, 1)
		a64, b64, got64 := NewMatrix64(1, c.k), NewMatrix64(1, c.k), NewMatrix64(1, 1)
		bound := func(u float64) float64 { return float64(c.k) * u / (1 - float64(c.k)*u) }
		for seed := range uint64(5) {
			for _, square := range []bool{true, false} {
				figure := c.independent
				Noise{Seed: seed}.Fill(a.Data, 0)
				Noise{Seed: seed, Stream: 1}.Fill(b.Data, 0)
				if square {
					figure = c.square
					copy(b.Data, a.Data)
				}
				var want accurate
				magnitudes := 0.0
				for i, x := range a.Data {
					a64.Data[i], b64.Data[i] = float64(x), float64(b.Data[i])
					product := a64.Data[i] * b64.Data[i] // exact
					want.add(product)
					magnitudes += math.Abs(product)
				}
				Gemm(false, true, 1, a, b, 0, got)
				Gemm64(false, true, 1, a64, b64, 0, got64)
				most := min(figure, bound(unit32))
				if off := math.Abs(want.minus(float64(got.Data[0]))) / magnitudes; !(off <= most) {
					t.Errorf("k = %d, seed %d, squares: %v: Gemm is off by %.2g, want at most %.2g",
						c.k, seed, square, off, most)
				}
				if off := math.Abs(want.minus(got64.Data[0])) / magnitudes; !(off <= bound(unit64)) {
					t.Errorf("k = %d, seed %d, squares: %v: Gemm64 is off by %.2g, want at most %.2g",
						c.k, seed, square, off, bound(unit64))
				}
			}
		}
	}
}

// TestProductErrorWithC: alpha and C cost one rounding more.
func TestProductErrorWithC(t *testing.T) {
	const k, alpha, beta = 300, 0.7, -1.3
	for seed := range uint64(20) {
		a, b, c := NewMatrix(1, k), NewMatrix(1, k), NewMatrix(1, 1)
		Noise{Seed: seed}.Fill(a.Data, 0)
		Noise{Seed: seed, Stream: 1}.Fill(b.Data, 0)
		Noise{Seed: seed, Stream: 2}.Fill(c.Data, 0)
		scale, keep := float32(alpha), float32(beta)
		want := float64(keep) * float64(c.Data[0])
		magnitudes := math.Abs(want)
		for i, x := range a.Data {
			product := float64(scale) * float64(x) * float64(b.Data[i])
			want += product
			magnitudes += math.Abs(product)
		}
		Gemm(false, true, scale, a, b, keep, c)
		if off := math.Abs(float64(c.Data[0])-want) / magnitudes; !(off <= (k+1)*unit32/(1-k*unit32)) {
			t.Errorf("seed %d: off by %.2g", seed, off)
		}
	}
}

// TestSumErrors holds the sums' errors against their documented bounds, where all terms have one sign.
func TestSumErrors(t *testing.T) {
	for _, n := range []int{5, 1000, 5000, 300_000} {
		a := NewMatrix(n, 1)
		noise.Fill(a.Data, 0)
		for i, x := range a.Data {
			a.Data[i] = float32(math.Abs(float64(x)))
		}
		var sum, squares accurate
		for _, x := range a.Data {
			sum.add(float64(x))
			squares.add(float64(x) * float64(x))
		}
		check := func(what string, got float64, want accurate, bound float64) {
			t.Helper()
			off := math.Abs(want.minus(got)) / got
			t.Logf("%s of %d: off by %.2g, at most %.2g", what, n, off, bound)
			if !(off <= bound) {
				t.Errorf("%s of %d: off by %.2g, want at most %.2g", what, n, off, bound)
			}
		}
		var dst [1]float32
		SumColumns(dst[:], a)
		check("SumColumns", float64(dst[0]), sum, float64(n)*unit32/(1-float64(n)*unit32))
		SumSquaresRows(dst[:], nil, Matrix{Rows: 1, Cols: n, Stride: n, Data: a.Data}, noise, 0)
		check("SumSquaresRows", float64(dst[0]), squares, (131+float64(n)/1024)*unit32)
		check("SumSquares", SumSquares(a.Data), squares, (516+float64(n)/8192)*unit64)
	}
}

// accurate is a sum in twice the digits of float64 (Neumaier 1974).
type accurate struct{ sum, rest float64 }

func (a *accurate) add(x float64) {
	sum := a.sum + x
	if math.Abs(a.sum) >= math.Abs(x) {
		a.rest += a.sum - sum + x
	} else {
		a.rest += x - sum + a.sum
	}
	a.sum = sum
}

func (a accurate) minus(x float64) float64 { return a.sum - x + a.rest }
