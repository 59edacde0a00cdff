package detmath

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// The tests compare with big.Float evaluations that carry precision bits.
const precision = 220

const piDigits = "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803483"

func newBig(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

func add(x, y *big.Float) *big.Float { return newBig(0).Add(x, y) }
func sub(x, y *big.Float) *big.Float { return newBig(0).Sub(x, y) }
func mul(x, y *big.Float) *big.Float { return newBig(0).Mul(x, y) }
func quo(x, y *big.Float) *big.Float { return newBig(0).Quo(x, y) }

// series adds the powers of x from term on: each next term is the last one times factor over the two, or one, next
// integers after n.
func series(term, factor *big.Float, n, step int) *big.Float {
	sum := newBig(0).Set(term)
	for term.Sign() != 0 && term.MantExp(nil) > sum.MantExp(nil)-precision {
		d := 1
		for range step {
			n++
			d *= n
		}
		term = quo(mul(term, factor), newBig(float64(d)))
		sum = add(sum, term)
	}
	return sum
}

func bigExp(x *big.Float) *big.Float {
	const halvings = 16
	y := series(newBig(1), newBig(0).SetMantExp(x, -halvings), 0, 1)
	for range halvings {
		y = mul(y, y)
	}
	return y
}

// bigLog improves an approximation by Newton's method for e^y = x.
func bigLog(x float64) *big.Float {
	m, e := math.Frexp(x)
	y := newBig(math.Log(m) + float64(e)*math.Ln2)
	for range 3 {
		y = add(y, sub(mul(newBig(x), bigExp(newBig(0).Neg(y))), newBig(1)))
	}
	return y
}

func bigSincos(x float64) (sin, cos *big.Float) {
	pi, _, err := big.ParseFloat(piDigits, 10, precision+64, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	n := math.Round(x / math.Pi)
	r := newBig(0).Sub(newBig(x), new(big.Float).SetPrec(precision+64).Mul(pi, newBig(n)))
	square := newBig(0).Neg(mul(r, r))
	sin, cos = series(r, square, 1, 2), series(newBig(1), square, 0, 2)
	if int(n)&1 != 0 {
		sin.Neg(sin)
		cos.Neg(cos)
	}
	return sin, cos
}

// ulps returns the distance of got from want in units of the last place of want.
func ulps(got float64, want *big.Float) float64 {
	if want.Sign() == 0 {
		return math.Abs(got) / math.SmallestNonzeroFloat64
	}
	exp := max(want.MantExp(nil)-53, -1074)
	d, _ := newBig(0).SetMantExp(sub(newBig(got), want), -exp).Float64()
	return math.Abs(d)
}

type worst struct{ err, x float64 }

func (w *worst) add(x, err float64) {
	if !(err <= w.err) {
		*w = worst{err, x}
	}
}

func (w worst) check(t *testing.T, name string, limit float64) {
	t.Helper()
	t.Logf("%s: maximum error %.3f ULP at %v", name, w.err, w.x)
	if !(w.err <= limit) {
		t.Errorf("%s(%v) is off by %.3f ULP, want at most %v", name, w.x, w.err, limit)
	}
}

func TestExpError(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var w worst
	for i := range 10000 {
		x := (r.Float64() - 0.5) * 2
		switch i % 4 {
		case 0:
			x = -745 + x*0.2
		case 1:
			x *= 708.9
		case 2:
			x *= math.Exp2(-float64(r.IntN(60)))
		}
		w.add(x, ulps(Exp(x), bigExp(newBig(x))))
	}
	w.check(t, "Exp", 0.95)
}

func TestLogError(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	var w worst
	for i := range 10000 {
		x := math.Float64frombits(r.Uint64N(0x7ff << 52))
		switch i % 3 {
		case 0:
			x = 1 + (r.Float64()-0.5)*math.Exp2(-float64(r.IntN(52)))
		case 1:
			x = r.Float64() * 4
		}
		if x == 0 || x == 1 {
			continue
		}
		w.add(x, ulps(Log(x), bigLog(x)))
	}
	w.check(t, "Log", 0.6)
}

func TestSincosError(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	var ws, wc worst
	for i := range 10000 {
		x := (r.Float64() - 0.5) * 2
		switch i % 4 {
		case 0:
			x *= MaxAngle
		case 1:
			x *= 10
		case 2:
			x = float64(r.IntN(MaxAngle/2)) * (math.Pi / 2) // close to a zero
		case 3:
			x *= math.Exp2(-float64(r.IntN(60)))
		}
		s, c := Sincos(x)
		ts, tc := bigSincos(x)
		ws.add(x, ulps(s, ts))
		wc.add(x, ulps(c, tc))
	}
	ws.check(t, "sin", 0.95)
	wc.check(t, "cos", 0.95)
}

func TestPowError(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	var near, far worst
	for i := range 10000 {
		l := (r.Float64() - 0.5) * 2 * 700
		if i%2 == 0 {
			l = (r.Float64() - 0.5) * 2 * 16
		}
		x := math.Exp2((r.Float64() - 0.5) * math.Exp2(float64(r.IntN(20)-9)))
		if x == 1 {
			continue
		}
		y := l / math.Log(x)
		err := ulps(Pow(x, y), bigExp(mul(newBig(y), bigLog(x))))
		if math.Abs(l) < 16 {
			near.add(x, err)
		} else {
			far.add(x, err)
		}
	}
	near.check(t, "Pow within e^±16", 1)
	far.check(t, "Pow", 12)
}

func TestSpecialValues(t *testing.T) {
	inf, nan, zero := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	sin := func(x float64) float64 { s, _ := Sincos(x); return s }
	cos := func(x float64) float64 { _, c := Sincos(x); return c }
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"Exp(0)", Exp(0), 1},
		{"Exp(-0)", Exp(zero), 1},
		{"Exp(+Inf)", Exp(inf), inf},
		{"Exp(-Inf)", Exp(-inf), 0},
		{"Exp(NaN)", Exp(nan), nan},
		{"Exp(5e-324)", Exp(5e-324), 1},
		{"Exp(1)", Exp(1), math.E},
		{"Exp(largest)", Exp(0x1.62e42fefa39efp+9), 1.7976931348622732e+308},
		{"Exp(overflow)", Exp(0x1.62e42fefa39f0p+9), inf},
		{"Exp(smallest)", Exp(-0x1.74910d52d3051p+9), math.SmallestNonzeroFloat64},
		{"Exp(underflow)", Exp(-0x1.74910d52d3052p+9), 0},
		{"Log(1)", Log(1), 0},
		{"Log(0)", Log(0), -inf},
		{"Log(-0)", Log(zero), -inf},
		{"Log(-1)", Log(-1), nan},
		{"Log(-Inf)", Log(-inf), nan},
		{"Log(+Inf)", Log(inf), inf},
		{"Log(NaN)", Log(nan), nan},
		{"Log(2)", Log(2), math.Ln2},
		{"Log(5e-324)", Log(5e-324), -744.4400719213812},
		{"sin(0)", sin(0), 0},
		{"sin(-0)", sin(zero), zero},
		{"cos(-0)", cos(zero), 1},
		{"sin(5e-324)", sin(5e-324), 5e-324},
		{"sin(+Inf)", sin(inf), nan},
		{"cos(NaN)", cos(nan), nan},
		{"sin(beyond)", sin(math.Nextafter(MaxAngle, inf)), nan},
		{"cos(MaxAngle)", cos(MaxAngle), math.Cos(MaxAngle)},
		{"sin(pi)", sin(math.Pi), 1.2246467991473532e-16},
		{"Pow(2, 10)", Pow(2, 10), 1024},
		{"Pow(2, -1074)", Pow(2, -1074), 5e-324},
		{"Pow(2, 1024)", Pow(2, 1024), inf},
		{"Pow(9, 0.5)", Pow(9, 0.5), 3},
		{"Pow(-1, 0)", Pow(-1, 0), 1},
		{"Pow(NaN, 0)", Pow(nan, 0), 1},
		{"Pow(1, NaN)", Pow(1, nan), 1},
		{"Pow(2, NaN)", Pow(2, nan), nan},
		{"Pow(-2, 2)", Pow(-2, 2), nan},
		{"Pow(0, 2)", Pow(0, 2), 0},
		{"Pow(0, -1)", Pow(0, -1), inf},
		{"Pow(0.5, +Inf)", Pow(0.5, inf), 0},
		{"Pow(0.5, -Inf)", Pow(0.5, -inf), inf},
		{"Pow(+Inf, -2)", Pow(inf, -2), 0},
		{"Pow(2, 1e308)", Pow(2, 1e308), inf},
		{"Pow(2, 5e-324)", Pow(2, 5e-324), 1},
	} {
		same := math.Float64bits(c.got) == math.Float64bits(c.want) || c.got != c.got && c.want != c.want
		if !same {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
}

// TestGolden holds the functions to bits that no architecture may change: a hash of many results, and single ones
// that tell where a difference begins.
func TestGolden(t *testing.T) {
	s, c := Sincos(12345.678)
	for _, g := range []struct {
		name string
		got  float64
		want uint64
	}{
		{"Exp(0.1)", Exp(0.1), 0x3ff1aec7b35a00d4},
		{"Exp(-708.5)", Exp(-708.5), 0x000e6cf6d08897ac},
		{"Log(0.3)", Log(0.3), 0xbff34378fcbda721},
		{"Log(1.0000001)", Log(1.0000001), 0x3e7ad7f2847b6492},
		{"sin(12345.678)", s, 0xbfe687d5890974a5},
		{"cos(12345.678)", c, 0x3fe6b94c3bbe24b8},
		{"Pow(0.02, 0.7)", Pow(0.02, 0.7), 0x3fb08e63de44db66},
	} {
		if got := math.Float64bits(g.got); got != g.want {
			t.Errorf("%s has bits %#016x, want %#016x", g.name, got, g.want)
		}
	}

	const want = 0xa099c57987c8f248
	hash := uint64(14695981039346656037)
	r := rand.New(rand.NewPCG(5, 1))
	for range 20000 {
		x := float64((r.Float64() - 0.5) * 1400)
		s, c := Sincos(x)
		for _, v := range [...]float64{Exp(x), Log(math.Abs(x)), s, c, Pow(math.Abs(x), 3.7)} {
			hash = (hash ^ math.Float64bits(v)) * 1099511628211
		}
	}
	if hash != want {
		t.Errorf("hash of the results is %#016x, want %#016x", hash, uint64(want))
	}
}
