package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// TestAdamQuotients: the quotient of the update is correctly rounded at all magnitudes, even where rounding
// is hardest. With these steps m and v stay as they are, and p becomes -m/epsilon.
func TestAdamQuotients(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	mantissas := []uint32{0, 1, 2, 3, 1<<23 - 1, 1<<23 - 2, 1<<23 - 3, 1<<23 - 5}
	for range 200 {
		mantissas = append(mantissas, r.Uint32N(1<<23))
	}
	eachBackend(t, func(t *testing.T) {
		for _, mantissa := range mantissas {
			divisor := math.Float32frombits(mantissa | 127<<23)
			m := append(hardDividends(mantissa|1<<23), 1, -divisor, 3, float32(r.NormFloat64()))
			for _, e := range []int{-130, -60, -45, -39, -27, 0, 30, 61, 100} {
				for _, power := range []int{-149, -125, -112, -104, -70, -40, 0, 40, 65, 90, 126} {
					testQuotients(t, m, timesPower(divisor, e), power)
				}
			}
		}
		nan, minusZero, inf := float32(math.NaN()), float32(math.Copysign(0, -1)), float32(math.Inf(1))
		for _, divisor := range []float32{0, 1e-45, 1, math.MaxFloat32, inf, -inf, nan} {
			for _, dividend := range []float32{0, minusZero, 1e-45, 1, math.MaxFloat32, nan} {
				testQuotients(t, []float32{dividend}, divisor, 0)
			}
		}
	})
}

// hardDividends returns numbers a in [1, 2) whose quotient a/b is as near as it can be to the midpoint of two
// float32, for b in [1, 2) of the given mantissa. They are a = b*midpoint - c for small c, where the last 24
// or 25 bits of a are zero.
func hardDividends(b uint32) []float32 {
	if b%2 == 0 {
		return nil
	}
	inverse := b // modulo 2^3, and then of twice as many bits each time
	for range 4 {
		inverse *= 2 - b*inverse
	}
	var all []float32
	for c := -9; c <= 9; c++ {
		for _, bits := range []int{24, 25} {
			midpoint := uint32(c)*inverse&(1<<bits-1) | 1<<24
			a := int64(b)*int64(midpoint) - int64(c)
			if midpoint%2 == 1 && a%(1<<bits) == 0 && a>>bits >= 1<<23 && a>>bits < 1<<24 {
				all = append(all, float32(a>>bits)/(1<<23))
			}
		}
	}
	return all
}

// testQuotients divides m, scaled by a power of two, by a number.
func testQuotients(t *testing.T, m []float32, divisor float32, power int) {
	t.Helper()
	const n = 64 // several vectors
	mean, p, zero := make([]float32, n), make([]float32, n), make([]float32, n)
	for len(m) > 0 {
		want := make([]float32, n)
		for i := range mean {
			mean[i] = timesPower(m[i%len(m)], power)
			want[i] = fma32(-1, mean[i]/divisor, 0)
		}
		clear(p)
		clear(zero)
		Adam(p, zero, mean, make([]float32, n), nil, AdamStep{
			Rate: 1, Beta1: 1, Beta2: 1, Epsilon: divisor, Correction1: 1, Correction2: 1, GradScale: 1,
		})
		same(t, fmt.Sprintf("%v*2^%d/%v", m[0], power, divisor), p, want)
		m = m[min(n, len(m)):]
	}
}

func timesPower(x float32, power int) float32 { return float32(math.Ldexp(float64(x), power)) }
