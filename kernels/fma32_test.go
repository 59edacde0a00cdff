package kernels

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestFMA32 holds fma32 against exact arithmetic. Some inputs have any bit pattern. Others are made to land
// midway between two results, where rounding twice goes wrong.
func TestFMA32(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	check := func(x, y, z float32) {
		t.Helper()
		got, want := fma32(x, y, z), exactFMA(x, y, z)
		if got != want && !(got != got && want != want) {
			t.Fatalf("fma32(%v, %v, %v) = %v, exactly rounded %v", x, y, z, got, want)
		}
	}
	twice, n := 0, 300000
	if testing.Short() {
		n /= 20
	}
	for range n {
		x, y := math.Float32frombits(r.Uint32()), math.Float32frombits(r.Uint32())
		check(x, y, math.Float32frombits(r.Uint32()))
		// A product of one bit beyond the midpoint, far below the sum's last place.
		z := float32(r.Uint32()>>8|1) * float32(math.Exp2(float64(r.IntN(40)-20)))
		half := math.Nextafter32(z, 2*z) - z
		x = half / 2 * (1 + float32(r.IntN(3)-1)*0x1p-23)
		y = 1 + float32(r.IntN(3)-1)*0x1p-23
		check(x, y, z)
		check(-x, y, z)
		if float32(float64(x)*float64(y)+float64(z)) != exactFMA(x, y, z) {
			twice++
		}
		// Subnormal results.
		small := func() float32 { return math.Float32frombits(r.Uint32() >> 9) }
		check(float32(r.NormFloat64()*0x1p-70), float32(r.NormFloat64()*0x1p-75), small())
		check(small(), float32(r.NormFloat64()), small())
	}
	if twice == 0 {
		t.Error("no input on which rounding twice goes wrong: the test shows nothing")
	}
	inf := float32(math.Inf(1))
	for _, x := range []float32{0, 1, -1, inf, -inf, float32(math.NaN()), math.MaxFloat32, 1e-45} {
		for _, y := range []float32{0, 1, -1, inf, math.MaxFloat32, 1e-45} {
			for _, z := range []float32{0, 1, -1, inf, -inf, math.MaxFloat32, -math.MaxFloat32} {
				check(x, y, z)
			}
		}
	}
}

// exactFMA rounds x*y + z once, by math/big.
func exactFMA(x, y, z float32) float32 {
	p := float64(x) * float64(y)
	if s := p + float64(z); math.IsNaN(s) || math.IsInf(s, 0) {
		return float32(s)
	}
	const prec = 700 // from 2^-298 to 2^256
	sum := new(big.Float).SetPrec(prec).SetFloat64(p)
	sum.Add(sum, new(big.Float).SetPrec(prec).SetFloat64(float64(z)))
	f, _ := sum.Float32()
	return f
}
