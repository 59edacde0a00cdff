package kernels

import (
	"flag"
	"math"
	"testing"
)

var exhaustive = flag.Bool("exhaustive", false, "measure the error of functions over all 2^32 inputs")

// The bounds are maxima over all inputs, rounded up. -exhaustive measures all 2^32 inputs. That takes a
// minute or two for each function, and half an hour for the normals.

// everyFloat calls f with a sample of all bit patterns, or with all of them under -exhaustive.
func everyFloat(f func(bits uint32)) {
	step := uint64(104729) // a prime: all low bits occur with all exponents
	if *exhaustive {
		step = 1
	}
	for b := uint64(0); b < 1<<32; b += step {
		f(uint32(b))
	}
}

// ulps is the distance of got from want in units of the last place that want has in float32.
func ulps(got float32, want float64) float64 {
	if float64(got) == want {
		return 0
	}
	_, e := math.Frexp(want)
	return math.Abs(float64(got)-want) / math.Ldexp(1, max(e-24, -149))
}

// worst is the largest error seen, and where.
type worst struct {
	error float64
	bits  uint32
}

func (w *worst) see(bits uint32, error float64) {
	if !(error <= w.error) { // a NaN is the worst
		*w = worst{error, bits}
	}
}

func (w worst) check(t *testing.T, what string, bound float64) {
	t.Helper()
	t.Logf("%s: maximum error %.3f ULP at %08x", what, w.error, w.bits)
	if !(w.error <= bound) {
		t.Errorf("%s: maximum error %.3f ULP at %08x, stated bound %v", what, w.error, w.bits, bound)
	}
}

// TestBoxMullerAccuracy measures the radius and the angle's sine and cosine against float64.
func TestBoxMullerAccuracy(t *testing.T) {
	var l, r, s, c worst
	everyFloat(func(bits uint32) {
		u := math.Abs(math.Ldexp(float64(float32(int32(bits)))+0.5, -31))
		if u < 1 {
			u = float64(float32(u))
			l.see(bits, ulps(negTwoLog(float32(u)), -2*math.Log(u)))
			want := math.Sqrt(-2 * math.Log(u))
			if bits&(1<<31) != 0 {
				want = -want
			}
			r.see(bits, ulps(radius(bits), want))
		}
		// The exact angle: a quarter turn times the low 31 bits, then the exchange.
		x := float64(int32(bits<<1)) * 0x1p-32 * math.Pi / 2
		wantSin, wantCos := math.Sincos(x)
		if bits&(1<<31) != 0 {
			wantSin, wantCos = wantCos, wantSin
		}
		sin, cos := sincos(bits)
		s.see(bits, ulps(sin, wantSin))
		c.see(bits, ulps(cos, wantCos))
	})
	l.check(t, "negTwoLog", 1.21)
	r.check(t, "radius", 1.22)
	s.check(t, "sin", 2.38)
	c.check(t, "cos", 2.38)
	if got := radius(0); got < 6.66 || got > 6.67 {
		t.Errorf("largest radius is %v, want 6.66", got)
	}
	if got := radius(1 << 31); got != 0 {
		t.Errorf("smallest radius is %v, want 0", got)
	}
}
