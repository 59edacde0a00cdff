package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// summands make the numbers of a product a*b + c.
type summands struct {
	name    string
	a, b, c func() float32
}

// besidesMidpoints returns summands whose products lie 2^-46 of themselves off half the last place of c. The
// float64 sum is midway there, and the exact one is not. c is a whole number of so many bits times a power
// of two.
func besidesMidpoints(r *rand.Rand, name string, bits int, exponent int) summands {
	near := func(power float64) func() float32 {
		return func() float32 {
			return float32(math.Copysign(power, r.Float64()-0.5) * (1 + float64(r.IntN(3)-1)*0x1p-23))
		}
	}
	half := float64(exponent - 1)
	few := near(math.Exp2(math.Ceil(half / 2)))
	return summands{
		name, near(math.Exp2(math.Floor(half / 2))),
		func() float32 { // few are so, that a chain goes wrong alone
			if r.IntN(12) > 0 {
				return few() * float32(r.Float64())
			}
			return few()
		},
		func() float32 { return float32(math.Ldexp(float64(r.IntN(1<<bits)|1<<bits), exponent)) },
	}
}

// manySummands returns summands of every kind on which rounding twice can go wrong, and usual ones.
func manySummands(r *rand.Rand) []summands {
	same := func(name string, number func() float32) summands {
		return summands{name, number, number, number}
	}
	return []summands{
		same("normal", func() float32 { return float32(r.NormFloat64()) }),
		same("few bits", func() float32 { return float32(r.IntN(1<<13)-1<<12) / 64 }),
		same("small", func() float32 { return float32(math.Ldexp(r.NormFloat64(), -66-r.IntN(20))) }),
		same("any", func() float32 { return math.Float32frombits(r.Uint32()) }),
		besidesMidpoints(r, "beside midpoints", 23, 0),
		besidesMidpoints(r, "beside midpoints of subnormal numbers", 21, -149),
	}
}

// TestChains compares products by eights with the definition, bit for bit: shapes with and without a rest,
// numbers whose sums land midway all the time, and numbers whose products are below the normal range.
func TestChains(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 4))
	for _, o := range manySummands(r) {
		for i := range 300 {
			// Short chains, as links of any chain hide those of others.
			m, n, k := 1+r.IntN(9), 1+r.IntN(20), 1+r.IntN(3)
			switch {
			case i%50 == 0:
				n, k = chainCols+r.IntN(9), chainDepth+r.IntN(9)
			case i%5 == 0:
				k = 4 + r.IntN(40)
			}
			testChains(t, o, r, m, n, k)
		}
	}
}

// testChains compares one product, with any of its options.
func testChains(t *testing.T, o summands, r *rand.Rand, m, n, k int) {
	t.Helper()
	matrix := func(rows, cols int, trans bool, number func() float32) view[float32] {
		if trans {
			rows, cols = cols, rows
		}
		v := view[float32]{rows: rows, cols: cols, stride: cols + r.IntN(3)}
		v.data = make([]float32, rows*v.stride)
		for i := range v.data {
			v.data[i] = number()
		}
		return v
	}
	p := product[float32]{m: m, n: n, k: k, alpha: 1, transA: r.IntN(2) == 0, transB: r.IntN(2) == 0}
	p.a, p.b, p.c = matrix(m, k, p.transA, o.a), matrix(k, n, p.transB, o.b), matrix(m, n, false, o.c)
	if r.IntN(3) == 0 {
		p.alpha = o.a()
	}
	if p.fresh = r.IntN(2) == 0; p.fresh {
		p.bias = matrix(1, n, false, o.c).data[:n]
	}
	if r.IntN(2) == 0 {
		wide := panelCols[float32]()
		p.panels = make([]float32, (n+wide-1)/wide*wide*k)
		packPanels(p.panels, p.transB, p.b, 0, k, 0, n)
	}
	q := p
	q.c.data = append([]float32(nil), p.c.data...)
	from := r.IntN(m)
	gemmRowsGeneric(&p, from, m)
	multiplyRows(&q, from, m)
	for i, want := range p.c.data {
		if got := q.c.data[i]; !sameNumber(got, want) {
			t.Fatalf("%s, %dx%dx%d, transposed %v %v, alpha %v, in panels %v: element %d is %v, want %v",
				o.name, m, k, n, p.transA, p.transB, p.alpha, p.panels != nil, i, got, want)
		}
	}
}

// sameNumber reports whether x and y have the same bits, or are both no number.
func sameNumber(x, y float32) bool {
	return math.Float32bits(x) == math.Float32bits(y) || x != x && y != y
}
