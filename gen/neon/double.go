package neon

import (
	"math"

	. "github.com/seed964deb49/langevin/gen/arm64"
)

const signBit64 = 1 << 63 // of a float64

// longs and doubles return where a constant of 64 bits is.
func (p pool) longs(w uint64) Mem {
	return Words(p.table, [4]uint32{uint32(w), uint32(w >> 32), uint32(w), uint32(w >> 32)})
}
func (p pool) doubles(x float64) Mem { return p.longs(math.Float64bits(x)) }

// polynomialDouble is the definition's polynomialDouble.
func (p pool) polynomialDouble(x, square vectors, c []float64) vectors {
	var parts [2]vectors
	for k := len(c) - 1; k > 0; k-- {
		next := p.set(x, p.doubles(c[k]))
		if part := parts[k%2]; part != nil {
			x.do(func(i int) { D2.FMLA(next[i], part[i], square[i]) })
		}
		parts[k%2] = next
	}
	even, odd, y := parts[0], parts[1], p.set(x, p.doubles(c[0]))
	x.do(func(i int) { D2.FMLA(odd[i], even[i], x[i]) })
	x.do(func(i int) { D2.FMLA(y[i], odd[i], x[i]) })
	return y
}

// nearestDouble returns sum = fma(x, factor, magic) and n = sum - magic.
func (p pool) nearestDouble(x vectors, factor, magic float64) (sum, n vectors) {
	sum, n = p.set(x, p.doubles(magic)), x.like()
	f, m := load(p.doubles(factor)), load(p.doubles(magic))
	x.do(func(i int) { D2.FMLA(sum[i], x[i], f) })
	x.do(func(i int) { D2.FSUB(n[i], sum[i], m) })
	return sum, n
}

// fused returns fma(x, y, z).
func fused(x, y, z vectors) vectors {
	w := x.like()
	x.do(func(i int) {
		VMOV(w[i], z[i])
		D2.FMLA(w[i], x[i], y[i])
	})
	return w
}

// fastTwoSum returns a + b and the rounding error of that.
func fastTwoSum(a, b vectors) (sum, rest vectors) {
	sum, rest = a.like(), a.like()
	a.do(func(i int) { D2.FADD(sum[i], a[i], b[i]) })
	a.do(func(i int) { D2.FSUB(rest[i], sum[i], a[i]) })
	a.do(func(i int) { D2.FSUB(rest[i], b[i], rest[i]) })
	return sum, rest
}
