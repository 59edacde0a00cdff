package kernels

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/seed964deb49/langevin/internal/coef"
)

// TestSiluTwice: where there is no doubt, siluTwice has the bits of siluAndSlope, and there is hardly ever
// one.
func TestSiluTwice(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 12))
	doubts, n := 0, 200000
	check := func(x float32) (doubtful bool) {
		y, slope, d := siluTwice(x, coef.LayerMax)
		if !d.none() {
			return true
		}
		wantY, wantSlope := siluAndSlope(x, coef.LayerMax)
		if !sameNumber(y, wantY) || !sameNumber(slope, wantSlope) {
			t.Fatalf("siluTwice(%v) = %v, %v, want %v, %v", x, y, slope, wantY, wantSlope)
		}
		return false
	}
	for range n {
		check(math.Float32frombits(r.Uint32()))
		if check(float32(r.NormFloat64() * 4)) {
			doubts++
		}
	}
	if doubts > n/1000 {
		t.Errorf("%d doubts in %d numbers", doubts, n)
	}
	inf, nan, minusZero := float32(math.Inf(1)), float32(math.NaN()), float32(math.Copysign(0, -1))
	for _, x := range []float32{0, minusZero, inf, -inf, nan, 32, -32, 1e-45} {
		check(x)
	}
}

// TestFMATwice: where there is no doubt, fmaTwice has the bits of fma32.
func TestFMATwice(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 13))
	for _, o := range manySummands(r) {
		sure, n := 0, 20000
		for range n {
			x, y, z := o.a(), o.b(), o.c()
			got, d := fmaTwice(x, y, z, 0)
			if !d.none() {
				continue
			}
			sure++
			if want := fma32(x, y, z); !sameNumber(got, want) {
				t.Fatalf("%s: fmaTwice(%v, %v, %v) = %v, want %v", o.name, x, y, z, got, want)
			}
		}
		if o.name == "normal" && sure < n*9/10 {
			t.Errorf("%d results of %d without a doubt", sure, n)
		}
	}
}
