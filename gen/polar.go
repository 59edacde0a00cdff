package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/program"
	"github.com/seed964deb49/langevin/internal/coef"
)

// keep leaves a register where it is. It stands for park where there are enough registers.
func keep(_ int, y VecVirtual) Op { return y }

// polar returns the program that makes squares of radii out of a register of words, and sines and cosines out
// of another, and stores the three in order.
func (s simd) polar(word, angle Mem, store func(i int, y VecVirtual)) program.Program {
	var steps program.Program
	w := s.register()
	steps.Do(func() { VMOVUPS(word, w) })
	square := s.squaredRadii(&steps, &steps, []VecVirtual{w}, keep)
	steps.Do(func() { store(0, square[0]) })
	sin, cos := s.sincos(&steps, &steps, 1, func(int) Op { return angle }, keep)
	steps.Do(func() {
		// Bit 31 of the radius negates both.
		sign := s.register()
		VMOVUPS(word, sign)
		s.and(s.constant(s.signBits()), sign)
		s.xor(sign, sin[0])
		s.xor(sign, cos[0])
	})
	steps.Do(func() {
		store(1, sin[0])
		store(2, cos[0])
	})
	return steps
}

// normals returns the program that makes radius*cos and radius*sin. It gives them to use in the order of the
// elements. In the pipeline, radius is still its square.
func (s simd) normals(radius, sin, cos Op, use func(half int, z VecVirtual)) program.Program {
	var steps program.Program
	r, z, second := s.register(), s.register(), s.register()
	steps.Do(func() {
		if s.pipelined() {
			s.squareRoot(radius, r)
		} else {
			VMOVUPS(radius, r)
		}
	})
	steps.Do(func() { s.float.mul(cos, r, z) })
	steps.Do(func() { s.float.mul(sin, r, second) })
	if s.groups() > 1 {
		steps.Do(func() { z, second = s.inOrder(z, second) })
	}
	steps.Do(func() { use(0, z) })
	steps.Do(func() { use(1, second) })
	return steps
}

// inOrder returns the elements of two registers in the order of memory. Where there are two groups in a
// register, the first has those that come first in each group. It overwrites both.
func (s simd) inOrder(first, second VecVirtual) (VecVirtual, VecVirtual) {
	if s.groups() == 1 {
		return first, second
	}
	upper := s.register()
	VSHUFF64X2(U8(0xee), second, first, upper)
	VINSERTF64X4(Imm(1), second.AsY(), first, first)
	return first, upper
}

// squaredRadii returns the registers that the steps set to -2 log u. u comes from registers of words, and the
// steps after those of the reduction overwrite these registers. The definition's u = |w + 1/2| / 2^31 is here
// w + 1/2, which has the same mantissa. The factor goes with the exponent, and the sign is cut off with it.
// park keeps a result until it is wanted again.
func (s simd) squaredRadii(
	reduction, steps *program.Program, w []VecVirtual, park func(i int, y VecVirtual) Op,
) []VecVirtual {
	if s.float.Size == 8 {
		return s.squaredRadii64(reduction, steps, w, park)
	}
	const octave, scale = 1 << 23, 31 << 23
	n := len(w)
	to := reduction
	each := func(do func(i int)) {
		to.Do(func() {
			for i := range n {
				do(i)
			}
		})
	}
	share := func(m Mem, do func(i int, c Op)) { to.Do(func() { s.share(m, n, do) }) }
	k, g, square, y := s.several(n), w, s.several(n), s.several(n)
	line := make([]Op, n)
	each(func(i int) { VCVTDQ2PS(w[i], w[i]) })
	share(floats(0.5), func(i int, c Op) { VADDPS(c, w[i], w[i]) })
	// The octave turns -k into the complement, and keeps it from the sign.
	share(ints(coef.SqrtHalfBits+scale+octave), func(i int, c Op) { VPSUBD(c, w[i], w[i]) })
	share(ints(0xff*octave), func(i int, c Op) { s.andNot(c, w[i], k[i]) }) // -k<<23
	share(ints(octave-1), func(i int, c Op) { s.and(c, w[i]) })
	share(ints(coef.SqrtHalfBits+octave+signBit), func(i int, c Op) { VPADDD(c, w[i], w[i]) }) // -2(1+f)
	share(floats(2), func(i int, c Op) { VADDPS(c, w[i], g[i]) })                              // g = -2f
	each(func(i int) { VCVTDQ2PS(k[i], k[i]) })
	each(func(i int) { VMULPS(g[i], g[i], square[i]) })
	share(floats(coef.TwoLn2/octave), func(i int, c Op) {
		VFMADD132PS(c, g[i], k[i]) // fma(-k, 2 ln(2), g)
		line[i] = park(i, k[i])
	})
	to = steps
	// P(g) in pairs of its terms: fma(P, g^2, c[j] + c[j+1] g).
	pair := func(j int, y []VecVirtual) {
		share(floats(coef.NegTwoLog[j+1]), func(i int, c Op) { VMOVUPS(c, y[i]) })
		share(floats(coef.NegTwoLog[j]), func(i int, c Op) { VFMADD213PS(c, g[i], y[i]) })
	}
	last := len(coef.NegTwoLog) - 2
	pair(last, y)
	for j := last - 2; j >= 0; j -= 2 {
		z := s.several(n)
		pair(j, z)
		each(func(i int) { VFMADD213PS(z[i], square[i], y[i]) })
	}
	each(func(i int) { VFMADD213PS(line[i], square[i], y[i]) }) // fma(P(g), g^2, fma(-k, 2 ln(2), g))
	return y
}

// sincos returns the registers that the steps after those of the reduction set to the sines and cosines of n
// registers of angles.
func (s simd) sincos(reduction, steps *program.Program, n int, angle func(i int) Op,
	park func(i int, y VecVirtual) Op) (sin, cos []VecVirtual) {
	if s.float.Size == 8 {
		return s.sincos64(reduction, steps, n, angle, park)
	}
	to := reduction
	each := func(do func(i int)) {
		to.Do(func() {
			for i := range n {
				do(i)
			}
		})
	}
	x, t := s.several(n), s.several(n)
	parked := make([]Op, n)
	each(func(i int) {
		VMOVUPS(angle(i), x[i])
		VPSLLD(Imm(1), x[i], x[i])
		VCVTDQ2PS(x[i], x[i])
	})
	to.Do(func() {
		s.share(floats(0x1p-32), n, func(i int, c Op) {
			VMULPS(c, x[i], x[i])
			parked[i] = park(i, x[i])
		})
	})
	each(func(i int) { VMULPS(x[i], x[i], t[i]) })
	to = steps
	odd := s.polynomial(steps, t, coef.SinQuarter[:])
	even := s.polynomial(steps, t, coef.CosQuarter[:])
	each(func(i int) { VMULPS(parked[i], odd[i], odd[i]) })
	sin = s.several(n)
	each(func(i int) {
		// Bit 31 exchanges the two. A blend looks at the signs.
		if s.masks {
			swap := K()
			VPTESTMD(angle(i), s.constant(ints(signBit)).(VecVirtual), swap)
			VBLENDMPS(even[i], odd[i], swap, sin[i])
			VBLENDMPS(odd[i], even[i], swap, even[i])
			return
		}
		v := s.register()
		VMOVUPS(angle(i), v)
		VBLENDVPS(v, even[i], odd[i], sin[i])
		VBLENDVPS(v, odd[i], even[i], even[i])
	})
	return sin, even
}

// polynomial is horner, a step for each of its steps.
func (s simd) polynomial(steps *program.Program, x []VecVirtual, c []float32) []VecVirtual {
	y := s.several(len(x))
	steps.Do(func() {
		s.share(floats(c[len(c)-1]), len(x), func(i int, c Op) { VMOVUPS(c, y[i]) })
		s.share(floats(c[len(c)-2]), len(x), func(i int, c Op) { VFMADD213PS(c, x[i], y[i]) })
	})
	for i := len(c) - 3; i >= 0; i-- {
		steps.Do(func() { s.share(floats(c[i]), len(x), func(j int, c Op) { VFMADD213PS(c, x[j], y[j]) }) })
	}
	return y
}
