package kernels

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/seed964deb49/langevin/internal/coef"
)

// exactSigmoid is 1/(1+e^-x) in float64, without the overflow that would end it early.
func exactSigmoid(x float64) float64 {
	if x < 0 {
		return math.Exp(x) / (1 + math.Exp(x))
	}
	return 1 / (1 + math.Exp(-x))
}

// functionCase is a function or a backward pass.
type functionCase struct {
	name  string
	f     function
	value func(dst, x []float32)
	grad  func(dst, dy, x []float32)
	exact func(x float64) float64 // of the function, or of the slope
	least func(x float64) float64 // the unit of the last place is at least this number's
	bound float64
}

// functionAccuracy has the functions and slopes in float64, which has 29 more bits, and the stated maximum
// errors.
var functionAccuracy = []functionCase{
	{"Exp", expFunction, Exp, nil, math.Exp, nil, 0.9},
	{"Log", logFunction, Log, nil, math.Log, nil, 0.88},
	{"Sigmoid", sigmoidFunction, Sigmoid, nil, exactSigmoid, nil, 1.83},
	{"Softplus", softplusFunction, Softplus, nil, func(x float64) float64 {
		return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
	}, nil, 2.23},
	{"Tanh", tanhFunction, Tanh, nil, math.Tanh, nil, 2.61},
	{"ELU", eluFunction, ELU, nil, func(x float64) float64 {
		if x > 0 {
			return x
		}
		return math.Expm1(x)
	}, nil, 1.03},
	{"SiLU", siluFunction, SiLU, nil, func(x float64) float64 {
		if math.IsInf(x, -1) {
			return 0
		}
		return x * exactSigmoid(x)
	}, nil, 2.4},
	{"SigmoidGrad", sigmoidFunction, nil, SigmoidGrad, func(x float64) float64 {
		return exactSigmoid(x) * exactSigmoid(-x)
	}, nil, 2.31},
	{"SoftplusGrad", softplusFunction, nil, SoftplusGrad, exactSigmoid, nil, 1.83},
	{"TanhGrad", tanhFunction, nil, TanhGrad, func(x float64) float64 {
		return 4 * exactSigmoid(2*x) * exactSigmoid(-2*x)
	}, nil, 2.31},
	{"ELUGrad", eluFunction, nil, ELUGrad, func(x float64) float64 { return math.Exp(min(x, 0)) }, nil, 0.9},
	{"SiLUGrad", siluFunction, nil, SiLUGrad, func(x float64) float64 {
		if math.IsInf(x, 0) {
			return max(0, math.Copysign(1, x))
		}
		return exactSigmoid(x) * (1 + x*exactSigmoid(-x))
	}, exactSigmoid, 2.9},
}

// TestFunctionAccuracy measures the functions and their slopes, in the implementation in use, over a sample
// of all inputs, or over all of them under -exhaustive. Infinities, zeros and their signs, and NaN must be
// right.
func TestFunctionAccuracy(t *testing.T) {
	for _, f := range functionAccuracy {
		t.Run(f.name, func(t *testing.T) {
			step := uint64(1009)
			switch {
			case *exhaustive:
				step = 1
			case testing.Short():
				step = 10007
			}
			const block = 4096
			var w worst
			var lock sync.Mutex
			var group sync.WaitGroup
			workers := uint64(runtime.GOMAXPROCS(0))
			for worker := range workers {
				group.Go(func() {
					var mine worst
					x, y, one := make([]float32, block), make([]float32, block), make([]float32, block)
					for i := range one {
						one[i] = 1
					}
					for b := worker * block * step; b < 1<<32; b += workers * block * step {
						for i := range x {
							x[i] = math.Float32frombits(uint32(b + uint64(i)*step))
						}
						if f.grad != nil {
							f.grad(y, one, x)
						} else {
							f.value(y, x)
						}
						for i, x := range x {
							mine.see(math.Float32bits(x), functionError(y[i], x, f.exact, f.least))
						}
					}
					lock.Lock()
					defer lock.Unlock()
					w.see(mine.bits, mine.error)
				})
			}
			group.Wait()
			w.check(t, f.name, f.bound)
		})
	}
}

// TestSiLUWithSlope: the pair has the bits of the function and of its slope, at -32 below, and without the
// slope it has too.
func TestSiLUWithSlope(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		const n = 1 << 16
		x, y, slope := make([]float32, n), make([]float32, n), make([]float32, n)
		wantY, wantSlope := make([]float32, n), make([]float32, n)
		for i := range x {
			x[i], slope[i] = math.Float32frombits(uint32(i*65537)), 1
		}
		floored := slices.Clone(x)
		for i, v := range floored {
			floored[i] = max(v, -coef.LayerMax)
		}
		SiLU(wantY, floored)
		SiLUGrad(wantSlope, slope, floored)
		SiLUWithSlope(y, slope, x)
		same(t, "value", y, wantY)
		same(t, "slope", slope, wantSlope)
		for i, v := range append(y, slope...) {
			if a := math.Abs(float64(v)); a < 0x1p-126 && a != 0 && math.Abs(float64(x[i%n])) > 0x1p-124 {
				t.Fatalf("x = %v: %v is subnormal", x[i%n], v)
			}
		}
		siluOfLayer(y, x)
		same(t, "value alone", y, wantY)
	})
}

// functionError is the error of y = f(x) in units of the last place; it is NaN where y should not be a number
// or should be one, where an infinity is missing or in excess, and where zero has the wrong sign.
func functionError(y, x float32, exact, least func(float64) float64) float64 {
	want := exact(float64(x))
	got := float64(y)
	switch {
	case math.IsNaN(want):
		if math.IsNaN(got) {
			return 0
		}
		return math.NaN()
	case math.Abs(want) > math.MaxFloat32*(1+0x1p-25):
		if math.IsInf(got, int(math.Copysign(1, want))) {
			return 0
		}
		return math.NaN()
	case got == 0 && want == 0 && x == 0 && math.Signbit(got) != math.Signbit(want):
		return math.NaN()
	case got == want:
		return 0
	}
	unit := math.Abs(want)
	if least != nil {
		unit = max(unit, math.Abs(least(float64(x))))
	}
	_, e := math.Frexp(unit)
	return math.Abs(got-want) / math.Ldexp(1, max(e-24, -149))
}

// TestFunctionLimits: the values that users look up.
func TestFunctionLimits(t *testing.T) {
	inf, negative := float32(math.Inf(1)), float32(math.Inf(-1))
	minusZero := float32(math.Copysign(0, -1))
	nan := float32(math.NaN())
	for _, c := range []struct {
		f       function
		x, want float32
	}{
		{expFunction, 0, 1}, {expFunction, minusZero, 1}, {expFunction, inf, inf}, {expFunction, negative, 0},
		{expFunction, 89, inf}, {expFunction, -104, 0},
		{logFunction, 1, 0}, {logFunction, 0, negative}, {logFunction, minusZero, negative},
		{logFunction, inf, inf}, {logFunction, -1, nan}, {logFunction, negative, nan},
		{sigmoidFunction, 0, 0.5}, {sigmoidFunction, inf, 1}, {sigmoidFunction, negative, 0},
		{softplusFunction, inf, inf}, {softplusFunction, negative, 0},
		{tanhFunction, 0, 0}, {tanhFunction, minusZero, minusZero}, {tanhFunction, inf, 1},
		{tanhFunction, negative, -1}, {tanhFunction, 1e-45, 1e-45},
		{eluFunction, 0, 0}, {eluFunction, minusZero, minusZero}, {eluFunction, inf, inf},
		{eluFunction, negative, -1},
		{siluFunction, 0, 0}, {siluFunction, minusZero, minusZero}, {siluFunction, inf, inf},
		{siluFunction, negative, minusZero},
	} {
		var y [1]float32
		evaluate(c.f, y[:], []float32{c.x})
		same(t, fmt.Sprintf("%s(%v)", declaredFunctions[c.f], c.x), y[:], []float32{c.want})
	}
	for f, name := range declaredFunctions {
		var y [1]float32
		if evaluate(f, y[:], []float32{nan}); y[0] == y[0] {
			t.Errorf("%s(NaN) = %v", name, y[0])
		}
	}
	for _, f := range declaredSlopes {
		var y [1]float32
		if backward(f, y[:], []float32{1}, []float32{nan}); y[0] == y[0] {
			t.Errorf("%sGrad(NaN) = %v", declaredFunctions[f], y[0])
		}
	}
}
