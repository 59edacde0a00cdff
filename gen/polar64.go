package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/program"
	"github.com/seed964deb49/langevin/internal/coef"
)

// squareRoot emits y = sqrt(x).
func (s simd) squareRoot(x Op, y VecVirtual) {
	if s.float.Size == 8 {
		VSQRTPD(x, y)
		return
	}
	VSQRTPS(x, y)
}

// signBits is the constant with the sign of each number.
func (s simd) signBits() Mem {
	if s.float.Size == 8 {
		return longs(signBit64)
	}
	return ints(signBit)
}

// coefficientsToHold are constants of the logarithm for which there are registers.
func (s simd) coefficientsToHold() []Mem {
	var all []Mem
	if s.float.Size == 8 {
		for _, c := range []float64{2, 0.25, coef.HalfPi, coef.NegTwoLog64[6], coef.SinQuarter64[5]} {
			all = append(all, doubles(c))
		}
		return append(all, longs(1))
	}
	for _, c := range coef.NegTwoLog[:6] {
		all = append(all, floats(c))
	}
	return all
}

// each appends a step that does something for each of n registers.
func each(to *program.Program, n int, do func(i int)) {
	to.Do(func() {
		for i := range n {
			do(i)
		}
	})
}

// shared appends a step with a constant for each of n registers.
func (s simd) shared(to *program.Program, m Mem, n int, do func(i int, c Op)) {
	to.Do(func() { s.share(m, n, do) })
}

const octave64 = 1 << 52 // in the bits of a float64

// squaredRadii64 is squaredRadii in float64. The definition's u = |w|1| / 2^63 is here |w|1|, which has the
// same mantissa. The factor goes with the exponent.
func (s simd) squaredRadii64(
	reduction, steps *program.Program, w []VecVirtual, park func(i int, y VecVirtual) Op,
) []VecVirtual {
	n := len(w)
	to := reduction
	s.shared(to, longs(1), n, func(i int, c Op) { s.or(c, w[i]) })
	s.integers(to, w, 1)
	k, line := s.several(n), make([]Op, n)
	g := s.mantissas(to, w, k)
	s.shared(to, doubles(coef.TwoLn2), n, func(i int, c Op) {
		VFNMADD132PD(c, g[i], k[i]) // fma(-k, 2 ln(2), g)
		line[i] = park(i, k[i])
	})
	d, square, z := s.several(n), s.several(n), s.several(n)
	s.shared(to, doubles(-4), n, func(i int, c Op) { VADDPD(c, g[i], d[i]) })
	each(to, n, func(i int) { VDIVPD(d[i], g[i], d[i]) }) // s = g/(g-4)
	each(to, n, func(i int) { VMULPD(g[i], g[i], square[i]) })
	to = steps
	each(to, n, func(i int) { VMULPD(d[i], d[i], z[i]) })
	y := s.polynomial64(to, z, coef.NegTwoLog64[:])
	each(to, n, func(i int) { VFMADD213PD(square[i], z[i], y[i]) })
	each(to, n, func(i int) { VFNMADD213PD(square[i], d[i], y[i]) }) // rest = fma(-s, ..., g^2)
	s.shared(to, doubles(0.25), n, func(i int, c Op) {
		VFMADD213PD(line[i], s.vector(c), y[i]) // fma(rest, 1/4, line)
	})
	return y
}

// mantissas appends what sets k so that 2^(k+63) m are the numbers in w, but for their signs, and returns
// g = 2 - 2m in the place of w.
func (s simd) mantissas(to *program.Program, w, k []VecVirtual) []VecVirtual {
	n := len(w)
	if s.parts {
		// The exponent of 4/3 x, rounded, grows where the mantissa of x reaches 3/2. The float64 for 4/3 is a
		// third of its last place less, so that 3/2 becomes 2 - 2^-53, which is rounded to 2, and the number
		// before 3/2 becomes less than 2.
		const thirds = 4. / 3
		s.shared(to, doubles(thirds*0x1p-63), n, func(i int, c Op) { VMULPD(c, w[i], k[i]) })
		each(to, n, func(i int) {
			VGETEXPPD(k[i], k[i])
			VGETMANTPD(Imm(0b0111), w[i], w[i]) // in [3/4, 3/2), without the sign
		})
		s.shared(to, doubles(2), n, func(i int, c Op) {
			VFNMADD213PD(c, s.vector(c), w[i])
		})
		return w
	}
	const magic = 0x1p52 // to which bits of an integer are added
	s.shared(to, longs(signBit64-1), n, func(i int, c Op) { s.and(c, w[i]) })
	s.shared(to, longs(coef.ThreeQuartersBits), n, func(i int, c Op) { VPSUBQ(c, w[i], w[i]) })
	each(to, n, func(i int) { VPSRLQ(Imm(52), w[i], k[i]) }) // k+63, not negative
	s.shared(to, doubles(magic), n, func(i int, c Op) { s.or(c, k[i]) })
	s.shared(to, longs(octave64-1), n, func(i int, c Op) { s.and(c, w[i]) })
	s.shared(to, longs(coef.ThreeQuartersBits+octave64+signBit64), n, func(i int, c Op) {
		VPADDQ(c, w[i], w[i]) // -2m
	})
	s.shared(to, doubles(magic+63), n, func(i int, c Op) { VSUBPD(c, k[i], k[i]) })
	s.shared(to, doubles(2), n, func(i int, c Op) { VADDPD(c, w[i], w[i]) })
	return w
}

// vector returns a register with a constant.
func (s simd) vector(c Op) VecVirtual {
	if y, ok := c.(VecVirtual); ok {
		return y
	}
	return s.load(c.(Mem))
}

// integers appends what turns the signed integers in registers into the floats nearest unit times them. unit
// is 1 or 2^-64. Without an instruction for it, the halves of an integer become the mantissas of numbers with
// known exponents. Their sum is rounded once.
func (s simd) integers(to *program.Program, w []VecVirtual, unit float64) {
	n := len(w)
	if s.parts {
		each(to, n, func(i int) { VCVTQQ2PD(w[i], w[i]) })
		if unit != 1 {
			s.shared(to, doubles(unit), n, func(i int, c Op) { VMULPD(c, w[i], w[i]) })
		}
		return
	}
	low, high := 0x1p52*unit, 0x1p84*unit
	const top = 0x1p63 // by which the upper half is less than unsigned
	upper := s.several(n)
	each(to, n, func(i int) { VPSRLQ(Imm(32), w[i], upper[i]) })
	s.shared(to, doubles(low), n, func(i int, c Op) { VPBLENDD(Imm(0xaa), c, w[i], w[i]) })
	s.shared(to, doubles(high+top*unit), n, func(i int, c Op) { s.xor(c, upper[i]) })
	s.shared(to, doubles(high+top*unit+low), n, func(i int, c Op) { VSUBPD(c, upper[i], upper[i]) })
	each(to, n, func(i int) { VADDPD(upper[i], w[i], w[i]) })
}

// or emits x |= m.
func (s simd) or(m Op, x VecVirtual) {
	if s.masks {
		VPORQ(m, x, x)
		return
	}
	VPOR(m, x, x)
}

// sincos64 is sincos in float64.
func (s simd) sincos64(reduction, steps *program.Program, n int, angle func(i int) Op,
	park func(i int, y VecVirtual) Op) (sin, cos []VecVirtual) {
	x, t := s.several(n), s.several(n)
	parked := make([]Op, n)
	each(reduction, n, func(i int) { VMOVUPS(angle(i), x[i]) })
	s.integers(reduction, x, 0x1p-64)
	each(reduction, n, func(i int) {
		parked[i] = park(i, x[i])
		VMULPD(x[i], x[i], t[i])
	})
	odd := s.polynomial64(steps, t, append([]float64{coef.HalfPiLow}, coef.SinQuarter64[:]...))
	each(steps, n, func(i int) { VMULPD(parked[i], odd[i], odd[i]) })
	s.shared(steps, doubles(coef.HalfPi), n, func(i int, c Op) {
		VFMADD231PD(parked[i], s.vector(c), odd[i]) // fma(x, pi/2, ...)
	})
	even := s.polynomial64(steps, t, append([]float64{1}, coef.CosQuarter64[:]...))
	sin = s.several(n)
	each(steps, n, func(i int) {
		// Bit 0 exchanges the two. A blend looks at the signs.
		if s.masks {
			swap := K()
			v := s.register()
			VMOVUPS(s.constant(longs(1)), v)
			VPTESTMQ(angle(i), v, swap)
			VBLENDMPD(even[i], odd[i], swap, sin[i])
			VBLENDMPD(odd[i], even[i], swap, even[i])
			return
		}
		v := s.register()
		VMOVUPS(angle(i), v)
		VPSLLQ(Imm(63), v, v)
		VBLENDVPD(v, even[i], odd[i], sin[i])
		VBLENDVPD(v, odd[i], even[i], even[i])
	})
	return sin, even
}

// polynomial64 is horner64, a step for each of its steps.
func (s simd) polynomial64(steps *program.Program, x []VecVirtual, c []float64) []VecVirtual {
	n := len(x)
	y := s.several(n)
	s.shared(steps, doubles(c[len(c)-1]), n, func(i int, c Op) { VMOVUPS(c, y[i]) })
	for i := len(c) - 2; i >= 0; i-- {
		s.shared(steps, doubles(c[i]), n, func(j int, c Op) { VFMADD213PD(c, x[j], y[j]) })
	}
	return y
}
