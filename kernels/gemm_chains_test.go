package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestChains compares products by eights with the definition, bit for bit: shapes with and without a rest,
// numbers whose sums land midway all the time, and numbers whose products are below the normal range.
func TestChains(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 4))
	numbers := map[string]func() float32{
		"normal":    func() float32 { return float32(r.NormFloat64()) },
		"few bits":  func() float32 { return float32(r.IntN(1<<13)-1<<12) / 64 },
		"midway":    func() float32 { return float32(r.IntN(3)-1) * float32(1+float64(r.IntN(2))*0x1p-23) },
		"small":     func() float32 { return float32(math.Ldexp(r.NormFloat64(), -66-r.IntN(20))) },
		"subnormal": func() float32 { return math.Float32frombits(r.Uint32()) },
	}
	for name, number := range numbers {
		for range 60 {
			m, n, k := 1+r.IntN(9), 1+r.IntN(20), 1+r.IntN(40)
			if r.IntN(10) == 0 {
				n, k = chainCols+r.IntN(9), chainDepth+r.IntN(9)
			}
			testChains(t, name, r, number, m, n, k)
		}
	}
}

// testChains compares one product, with any of its options.
func testChains(t *testing.T, name string, r *rand.Rand, number func() float32, m, n, k int) {
	t.Helper()
	matrix := func(rows, cols int, trans bool) view[float32] {
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
	p.a, p.b, p.c = matrix(m, k, p.transA), matrix(k, n, p.transB), matrix(m, n, false)
	if r.IntN(3) == 0 {
		p.alpha = number()
	}
	if p.fresh = r.IntN(2) == 0; p.fresh {
		p.bias = matrix(1, n, false).data[:n]
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
				name, m, k, n, p.transA, p.transB, p.alpha, p.panels != nil, i, got, want)
		}
	}
}

// sameNumber reports whether x and y have the same bits, or are both no number.
func sameNumber(x, y float32) bool {
	return math.Float32bits(x) == math.Float32bits(y) || x != x && y != y
}
