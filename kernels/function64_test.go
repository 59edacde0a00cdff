package kernels

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

var points64 = flag.Int("points64", 4000, "measure functions of float64 at so many numbers of each range")

// functions64 are the functions of float64, with their exact values and the stated maximum errors.
var functions64 = []struct {
	name      string
	apply     func(dst, x []float64)
	exact     func(x float64) sum64
	bound     float64   // in units of the last place
	subnormal float64   // the bound where the exact result is subnormal
	hard      []float64 // places where cases meet, results leave a range, or much cancels
}{
	{"Exp64", Exp64, exactExp64, 0.67, 0.78,
		[]float64{709.782712893384, -708.3964185322641, -745.1332191019411, 0.34657359027997264,
			-0.34657359027997264}},
	{"Log64", Log64, exactLog64, 0.67, 0.67, []float64{1, 0x1p-1022, math.Sqrt2, math.Sqrt2 / 2, 2, 0.5}},
	{"Sigmoid64", Sigmoid64, exactSigmoid64, 0.82, 0.82,
		[]float64{0.4, 0.34657359027997264, 1.0397207708399179, 36.7, -37, -745.1332191019411, -708.4}},
	{"Tanh64", Tanh64, exactTanh64, 0.93, 0.93,
		[]float64{0.17328679513998632, 0.5198603854199589, 0.12, 18.7, 19.06, 0x1p-1022}},
}

// TestFunctions64 measures the functions of float64, in the implementation in use, over all exponents, where
// results are neither zero nor infinite, and around the hard places. The other implementations have its bits.
func TestFunctions64(t *testing.T) {
	for _, f := range functions64 {
		t.Run(f.name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			symmetric := func(most float64) float64 { return most * (2*random.Float64() - 1) }
			for _, draw := range []struct {
				name string
				from func() float64
			}{
				{"all bits", func() float64 { return math.Float64frombits(random.Uint64()) }},
				{"to 1", func() float64 { return symmetric(1) }},
				{"to 2", func() float64 { return symmetric(2) }},
				{"to 40", func() float64 { return symmetric(40) }},
				{"to 800", func() float64 { return symmetric(800) }},
				{"to 2^-60", func() float64 { return math.Ldexp(symmetric(1), -random.IntN(60)) }},
				{"-748 to -708", func() float64 { return -708 - 40*random.Float64() }},
				{"hard places", func() float64 {
					return f.hard[random.IntN(len(f.hard))] * (1 + math.Ldexp(symmetric(1), -random.IntN(50)))
				}},
			} {
				x := make([]float64, *points64)
				for i := range x {
					x[i] = draw.from()
				}
				y := make([]float64, len(x))
				f.apply(y, x)
				checkFunction64(t, draw.name, x, y, f.exact, f.bound, f.subnormal)
				eachBackend(t, func(t *testing.T) {
					again := make([]float64, len(x))
					f.apply(again, x)
					same(t, draw.name, again, y)
				})
			}
		})
	}
}

// checkFunction64 compares y with the exact values at x.
func checkFunction64(t *testing.T, name string, x, y []float64, exact func(float64) sum64,
	bound, subnormal float64) {
	t.Helper()
	worst, at := [2]float64{}, [2]float64{}
	for i, x := range x {
		want, tiny := exact(x), 0
		if math.Abs(want.unscaled().hi) < 0x1p-1022 {
			tiny = 1
		}
		if e := ulps64(y[i], want); !(e <= worst[tiny]) {
			worst[tiny], at[tiny] = e, x
		}
	}
	for tiny, kind := range []string{"normal", "subnormal"} {
		stated := []float64{bound, subnormal}[tiny]
		t.Logf("%s: maximum error %.3f ULP at %v of %s results", name, worst[tiny], at[tiny], kind)
		if !(worst[tiny] <= stated) {
			t.Errorf("%s: maximum error %.3f ULP at %v of %s results, stated bound %v",
				name, worst[tiny], at[tiny], kind, stated)
		}
	}
}

// TestSqrt compares roots with those of package math, and looks at those of zeros and negative numbers.
func TestSqrt(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	eachBackend(t, func(t *testing.T) {
		x, x64 := make([]float32, 1000), make([]float64, 1000)
		for i := range x {
			x[i], x64[i] = math.Float32frombits(random.Uint32()), math.Float64frombits(random.Uint64())
		}
		x[0], x64[0] = float32(math.Copysign(0, -1)), math.Copysign(0, -1)
		x[1], x64[1] = float32(math.Inf(1)), math.Inf(1)
		want, want64 := make([]float32, len(x)), make([]float64, len(x))
		for i := range x {
			want[i], want64[i] = float32(math.Sqrt(float64(x[i]))), math.Sqrt(x64[i])
		}
		Sqrt(x, x)
		Sqrt64(x64, x64)
		same(t, "Sqrt", x, want)
		same(t, "Sqrt64", x64, want64)
	})
}

// TestFunctionLimits64: the values that users look up, of which those at zero and infinities are exact.
func TestFunctionLimits64(t *testing.T) {
	inf, nan, minusZero := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	values := map[string][][2]float64{
		"Exp64": {{0, 1}, {minusZero, 1}, {inf, inf}, {-inf, 0}, {nan, nan}, {709.79, inf}, {-745.14, 0},
			{-745.13, 5e-324}, {math.MaxFloat64, inf}, {-math.MaxFloat64, 0}, {5e-324, 1}},
		"Log64": {{1, 0}, {0, -inf}, {minusZero, -inf}, {inf, inf}, {-inf, nan}, {nan, nan}, {-1, nan},
			{-5e-324, nan}},
		"Sigmoid64": {{0, 0.5}, {minusZero, 0.5}, {inf, 1}, {-inf, 0}, {nan, nan}, {40, 1}, {-746, 0},
			{math.MaxFloat64, 1}, {-math.MaxFloat64, 0}},
		"Tanh64": {{0, 0}, {minusZero, minusZero}, {inf, 1}, {-inf, -1}, {nan, nan}, {20, 1}, {-20, -1},
			{5e-324, 5e-324}, {-5e-324, -5e-324}, {math.MaxFloat64, 1}},
	}
	eachBackend(t, func(t *testing.T) {
		for _, f := range functions64 {
			for _, v := range values[f.name] {
				y := []float64{v[0]}
				f.apply(y, y)
				same(t, fmt.Sprintf("%s(%v)", f.name, v[0]), y, v[1:])
			}
		}
	})
}
