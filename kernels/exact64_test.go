package kernels

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// sum64 is a number to some 100 bits, (hi + lo) 2^scale. Exact values of the functions of float64 have the
// type.
type sum64 struct {
	hi, lo float64
	scale  int
}

// exactSum returns a + b with its error (Knuth, TAOCP volume 2, 4.2.2).
func exactSum(a, b float64) sum64 {
	s := a + b
	t := s - a
	return sum64{hi: s, lo: (a - (s - t)) + (b - t)}
}

func (x sum64) plus(y sum64) sum64 {
	s, t := exactSum(x.hi, y.hi), exactSum(x.lo, y.lo)
	s = exactSum(s.hi, s.lo+t.hi)
	return exactSum(s.hi, s.lo+t.lo)
}

func (x sum64) times(y sum64) sum64 {
	p := float64(x.hi * y.hi) // a product that was fused with the sum would not be p
	return exactSum(p, math.FMA(x.hi, y.hi, -p)+float64(x.hi*y.lo)+float64(x.lo*y.hi))
}

func (x sum64) over(y sum64) sum64 {
	q := x.hi / y.hi
	r := x.plus(sum64{hi: -q}.times(y))
	p := r.hi / y.hi
	r = r.plus(sum64{hi: -p}.times(y))
	return exactSum(q, p).plus(sum64{hi: r.hi / y.hi})
}

// doubled is x 2^n.
func (x sum64) doubled(n int) sum64 { return sum64{math.Ldexp(x.hi, n), math.Ldexp(x.lo, n), x.scale} }

// unscaled has the number in hi and lo alone.
func (x sum64) unscaled() sum64 {
	return sum64{hi: math.Ldexp(x.hi, x.scale), lo: math.Ldexp(x.lo, x.scale)}
}

// exactExpm1Parts returns n and e^r - 1, where x = n ln 2 + r.
func exactExpm1Parts(x float64) (t sum64, n int) {
	// ln 2 in parts, of which the first two have 42 bits.
	const a, b, c = 0x1.62e42fefa38p-1, 0x1.ef35793c76p-45, 0x1.cc01f97b57a08p-87
	k := math.Round(x * math.Log2E)
	r := exactSum(float64(k*-a)+x, float64(k*-b)).plus(sum64{hi: float64(k * -c)})
	const terms = 27
	t = sum64{hi: 1. / terms}
	for i := terms - 1; i > 0; i-- {
		one := sum64{hi: 1}
		t = one.plus(t.times(r))
		t = t.over(sum64{hi: float64(i)})
	}
	return t.times(r), int(k)
}

func exactExp64(x float64) sum64 {
	switch {
	case math.IsNaN(x):
		return sum64{hi: x}
	case x > 800:
		return sum64{hi: math.Inf(1)}
	case x < -800:
		return sum64{}
	}
	t, n := exactExpm1Parts(x)
	y := t.plus(sum64{hi: 1})
	y.scale = n
	return y
}

func exactExpm164(x float64) sum64 {
	t, n := exactExpm1Parts(x)
	return t.doubled(n).plus(exactSum(math.Ldexp(1, n), -1))
}

// exactLog64 makes one step of Newton's from math.Log.
func exactLog64(x float64) sum64 {
	l := math.Log(x)
	if !(math.Abs(l) <= math.MaxFloat64) {
		return sum64{hi: l}
	}
	m, e := math.Frexp(x)
	if x < 0x1p-1022 { // where some machines' math.Log is off
		l = math.Log(m) + float64(e)*math.Ln2
	}
	var d sum64 // x e^-l - 1
	if math.Abs(l) < 0.3 {
		t, _ := exactExpm1Parts(-l)
		d = t.times(sum64{hi: x}).plus(sum64{hi: x - 1})
	} else {
		y := exactExp64(-l)
		d = y.times(sum64{hi: m}).doubled(y.scale + e).plus(sum64{hi: -1})
	}
	return sum64{hi: l}.plus(d).plus(d.times(d).doubled(-1).times(sum64{hi: -1}))
}

func exactSigmoid64(x float64) sum64 {
	e := exactExp64(-math.Abs(x))
	d := e.unscaled().plus(sum64{hi: 1})
	if x < 0 {
		q := e.over(d)
		q.scale = e.scale
		return q
	}
	return sum64{hi: 1}.over(d)
}

func exactTanh64(x float64) sum64 {
	a := math.Abs(x)
	y := sum64{hi: 1}
	switch {
	case math.IsNaN(x):
		return sum64{hi: x}
	case a < 1e-10:
		y = sum64{hi: a, lo: -a * a * a / 3}
	case a < 30:
		m := exactExpm164(-2 * a)
		y = m.over(m.plus(sum64{hi: 2})).times(sum64{hi: -1})
	}
	if math.Signbit(x) {
		y.hi, y.lo = -y.hi, -y.lo
	}
	return y
}

// ulps64 is the distance of got from want in units of the last place that want has in float64. An infinity
// stands for 2^1024. It is NaN where one of the two alone is NaN.
func ulps64(got float64, want sum64) float64 {
	switch {
	case math.IsNaN(got) && math.IsNaN(want.hi), got == want.hi && want.lo == 0 && want.scale == 0:
		return 0
	case math.IsInf(want.hi, 0):
		return math.Inf(1)
	}
	_, e := math.Frexp(want.hi)
	unit := math.Ldexp(1, max(e-53, -1074-want.scale))
	scaled := math.Ldexp(got, -want.scale)
	if math.IsInf(got, 1) {
		scaled = math.Ldexp(1, 1024-want.scale)
		if want.hi >= scaled {
			return 0
		}
	}
	return math.Abs((scaled-want.hi)-want.lo) / unit
}

// TestExact64 compares the exact values, and the functions, with values of mpmath, which functions64.py in
// testdata wrote.
func TestExact64(t *testing.T) {
	text, err := os.ReadFile("testdata/functions64.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for line := range strings.Lines(string(text)) {
		var name string
		var x float64
		var want sum64
		if _, err := fmt.Sscan(line, &name, &x, &want.hi, &want.lo, &want.scale); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		for _, f := range functions64 {
			if f.name != name {
				continue
			}
			seen[name]++
			got := f.exact(x)
			d := got.doubled(got.scale - want.scale).plus(sum64{hi: -want.hi, lo: -want.lo})
			if !(math.Abs(d.hi) <= 0x1p-98) {
				t.Errorf("%s of %v is %v, off by %v of its value", name, x, got, d.hi)
			}
			y := []float64{x}
			f.apply(y, y)
			bound := f.bound
			if math.Abs(y[0]) < 0x1p-1022 {
				bound = f.subnormal
			}
			if e := ulps64(y[0], want); !(e <= bound) {
				t.Errorf("%s(%v) = %v is off by %.3f ULP", name, x, y[0], e)
			}
		}
	}
	for _, f := range functions64 {
		if seen[f.name] < 60 {
			t.Errorf("%d values of %s, want 60", seen[f.name], f.name)
		}
	}
}
