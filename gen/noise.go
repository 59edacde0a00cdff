package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/gen/program"
	"github.com/seed964deb49/langevin/internal/coef"
)

// groupSize is the number of normals of a group: four Philox blocks.
const groupSize = 16

func noise() {
	for _, s := range []simd{avx2, avx512} {
		s.noiseKernel("fillNoise", "dst *float32", func() sink {
			dst := Load(Param("dst"), GP64())
			return func(z VecVirtual, a access, disp int) {
				VMOVUPS(z, a.at(dst).Offset(disp))
			}
		})
		s.noiseKernel("addNoise", "dst, x *float32, sigma float32", func() sink {
			dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
			sigma := s.keep("sigma")
			return func(z VecVirtual, a access, disp int) {
				t := s.register()
				VMOVUPS(a.at(x).Offset(disp), t)
				VFMADD132PS(sigma, t, z) // fma(z, sigma, x)
				VMOVUPS(z, a.at(dst).Offset(disp))
			}
		})
		s.noiseKernel("langevin", "x, score *float32, drift, diffusion float32", func() sink {
			x, score := Load(Param("x"), GP64()), Load(Param("score"), GP64())
			drift, diffusion := s.keep("drift"), s.keep("diffusion")
			return func(z VecVirtual, a access, disp int) {
				t, y := s.register(), s.register()
				VMOVUPS(a.at(score).Offset(disp), t)
				VMOVUPS(a.at(x).Offset(disp), y)
				VFMADD132PS(drift, y, t)     // t = fma(score, drift, x)
				VFMADD132PS(diffusion, t, z) // fma(z, diffusion, t)
				VMOVUPS(z, a.at(x).Offset(disp))
			}
		})
	}
}

// sink takes the normals that belong to the elements at a, disp bytes on, a register of them. It may overwrite z.
type sink func(z VecVirtual, a access, disp int)

// noiseKernel emits a kernel on whole groups. Rounds, logarithms, sines and square roots of several registers of blocks are
// under way at a time: one alone leaves the processor waiting for its results most of the time.
func (s simd) noiseKernel(name, operands string, open func() sink) {
	groups := s.bytes / vectorBytes // in a register
	count := "groups"
	if groups > 1 {
		count = "pairs"
	}
	declare(kernel.Noise(name, operands, groups > 1), s, 0)
	use := open()
	left := Load(Param(count), GP64())
	p := newPhilox(s, Load(Param("seed"), GP64()).(GPVirtual), Load(Param("stream"), GP64()).(GPVirtual),
		Load(Param("group"), GP64()).(GPVirtual))
	at := access{index: GP64()}
	XORQ(at.index, at.index)
	s = s.hold(ints(coef.PhiloxM0), ints(coef.PhiloxM1))
	if s.bytes > vectorBytes {
		s = s.hold(ints(coef.SqrtHalfBits), ints(signBit))
		for _, c := range coef.NegTwoLog {
			s = s.hold(floats(c))
		}
	}
	p.simd = s
	s.pipeline(p, left, use, at)
	VZEROUPPER()
	RET()
}

// ahead is how many registers of blocks go through the pipeline together.
const ahead = 2

// pipeline emits a loop over registers of blocks, two at a time. While their words go through the rounds, those of the two
// before them become squares of radii, sines and cosines, and what that made of the two before those becomes normals. So no
// instruction waits for one that stands close by, of which a processor looks only so far ahead for others to do.
func (s simd) pipeline(p philox, left Register, use sink, at access) {
	words, waiting := newSlots(s, 2*ahead), newSlots(s, 3*ahead)
	rounds := func() program.Program {
		steps, pairs := p.next(ahead)
		for g := range ahead {
			steps.Do(func() { words.store(2*g, pairs[g].radius, pairs[g].angle) })
		}
		return steps
	}
	polar := func(g int) program.Program {
		return s.polar(words.at(2*g), words.at(2*g+1), func(i int, y VecVirtual) { waiting.store(3*g+i, y) })
	}
	normals := func(g int) program.Program {
		return s.normals(waiting.at(3*g), waiting.at(3*g+1), waiting.at(3*g+2), func(half int, z VecVirtual) {
			use(z, at, 2*s.bytes*g+s.bytes*half)
		})
	}
	// Normals of the oldest registers, and what comes after them in their places.
	both := func(older, younger func(g int) program.Program) program.Program {
		var steps program.Program
		for g := range ahead {
			if older != nil {
				steps.Then(older(g))
			}
			if younger != nil {
				steps.Then(younger(g))
			}
		}
		return steps
	}
	advance := func() { ADDQ(U32(s.bytes/2*ahead), at.index) }

	rounds().Emit()
	SUBQ(Imm(ahead), left)
	JLE(LabelRef("one"))
	program.Weave(both(nil, polar), rounds())
	SUBQ(Imm(ahead), left)
	JLE(LabelRef("two"))
	Label("more")
	program.Weave(both(normals, polar), rounds())
	advance()
	SUBQ(Imm(ahead), left)
	JG(LabelRef("more"))
	Label("two")
	both(normals, polar).Emit()
	advance()
	JMP(LabelRef("last"))
	Label("one")
	both(nil, polar).Emit()
	Label("last")
	normals(0).Emit()
	TESTQ(left, left)
	JL(LabelRef("done")) // the last register is one too many
	normals(1).Emit()
	Label("done")
}

// slots keeps registers in memory for a while, to leave them to others.
type slots struct {
	simd
	local Mem
}

func newSlots(s simd, n int) slots { return slots{s, AllocLocal(n * s.bytes)} }

func (w slots) at(i int) Mem { return w.local.Offset(i * w.bytes) }

func (w slots) store(i int, values ...VecVirtual) {
	for j, y := range values {
		VMOVUPS(y, w.at(i+j))
	}
}

// polar returns the program that makes squares of radii out of a register of words, and sines and cosines out of another, and
// stores the three in order.
func (s simd) polar(radius, angle Mem, store func(i int, y VecVirtual)) program.Program {
	var steps program.Program
	square := s.squaredRadius(&steps, radius)
	steps.Do(func() { store(0, square) })
	sin, cos := s.sincos(&steps, angle)
	steps.Do(func() {
		// Bit 31 of the angle negates both.
		sign := s.register()
		VMOVUPS(angle, sign)
		s.and(s.constant(ints(signBit)), sign)
		s.xor(sign, sin)
		s.xor(sign, cos)
	})
	steps.Do(func() {
		store(1, sin)
		store(2, cos)
	})
	return steps
}

// normals returns the program that makes radius*cos and radius*sin and gives them to use in the order of the elements.
func (s simd) normals(square, sin, cos Op, use func(half int, z VecVirtual)) program.Program {
	var steps program.Program
	r, z, second := s.register(), s.register(), s.register()
	steps.Do(func() { VSQRTPS(square, r) })
	steps.Do(func() { VMULPS(cos, r, z) })
	steps.Do(func() { VMULPS(sin, r, second) })
	if s.bytes > vectorBytes { // two groups, cosines first in each
		steps.Do(func() {
			sines := second
			second = s.register()
			VSHUFF64X2(U8(0xee), sines, z, second)
			VINSERTF64X4(Imm(1), sines.AsY(), z, z)
		})
	}
	steps.Do(func() { use(0, z) })
	steps.Do(func() { use(1, second) })
	return steps
}

// squaredRadius returns the register that steps set to -2 log u, where u comes from a register of words. The definition's
// u = fma(w>>1, 2^-31, 2^-32) is here (w>>1) + 1/2, which has the same mantissa; the factor 2^31 goes with the exponent.
func (s simd) squaredRadius(steps *program.Program, word Mem) VecVirtual {
	const scale = 31 << 23
	w, k := s.register(), s.register()
	steps.Do(func() {
		VMOVUPS(word, w)
		VPSRLD(Imm(1), w, w)
		VCVTDQ2PS(w, w)
	})
	steps.Do(func() {
		VADDPS(s.constant(floats(0.5)), w, w)
		VPSUBD(s.constant(ints(coef.SqrtHalfBits+scale)), w, w)
	})
	steps.Do(func() {
		VPSRAD(Imm(23), w, k) // k = (bits(u) - bits(sqrt 1/2)) >> 23
		s.and(s.constant(ints(1<<23-1)), w)
	})
	steps.Do(func() {
		VPADDD(s.constant(ints(coef.SqrtHalfBits)), w, w) // bits(u) - k<<23 = bits(1+f)
		VSUBPS(s.constant(floats(1)), w, w)               // f
	})
	p := s.polynomial(steps, w, coef.NegTwoLog[:])
	steps.Do(func() {
		VCVTDQ2PS(k, k)
		VMULPS(s.constant(floats(coef.NegTwoLn2)), k, k)
	})
	steps.Do(func() { VFMADD213PS(k, w, p) }) // fma(f, P(f), -2 ln(2) k)
	return p
}

// sincos returns the registers that steps set to the sine and cosine of a register of angles, but for the sign in bit 31.
func (s simd) sincos(steps *program.Program, angle Mem) (sin, cos VecVirtual) {
	x, t := s.register(), s.register()
	steps.Do(func() {
		VMOVUPS(angle, x)
		VPSLLD(Imm(2), x, x)
		VCVTDQ2PS(x, x)
	})
	steps.Do(func() {
		VMULPS(s.constant(floats(0x1p-32)), x, x)
		VMULPS(x, x, t)
	})
	odd := s.polynomial(steps, t, coef.SinQuarter[:])
	steps.Do(func() { VMULPS(x, odd, odd) })
	even := s.polynomial(steps, t, coef.CosQuarter[:])
	sin = s.register()
	steps.Do(func() {
		// Bit 30 exchanges the two.
		v := s.register()
		VMOVUPS(angle, v)
		if s.bytes > vectorBytes {
			swap := K()
			VPTESTMD(s.constant(ints(1<<30)), v, swap)
			VBLENDMPS(even, odd, swap, sin)
			VBLENDMPS(odd, even, swap, even)
			return
		}
		VPSLLD(Imm(1), v, v) // to the sign, which is what a blend looks at
		VBLENDVPS(v, even, odd, sin)
		VBLENDVPS(v, odd, even, even)
	})
	return sin, even
}

// polynomial is horner, a step for each of its steps.
func (s simd) polynomial(steps *program.Program, x VecVirtual, c []float32) VecVirtual {
	y := s.register()
	steps.Do(func() {
		VMOVUPS(s.constant(floats(c[len(c)-1])), y)
		VFMADD213PS(s.constant(floats(c[len(c)-2])), x, y)
	})
	for i := len(c) - 3; i >= 0; i-- {
		steps.Do(func() { VFMADD213PS(s.constant(floats(c[i])), x, y) })
	}
	return y
}
