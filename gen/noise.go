package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/internal/coef"
)

// groupSize is the number of normals of a group: four Philox blocks.
const groupSize = 16

func noise() {
	for _, s := range []simd{avx2, avx512} {
		s.noiseKernel("fillNoise", "dst *float32, ", func() sink {
			dst := Load(Param("dst"), GP64())
			return func(z VecVirtual, a access, disp int) {
				VMOVUPS(z, a.at(dst).Offset(disp))
			}
		})
		s.noiseKernel("addNoise", "dst, x *float32, sigma float32, ", func() sink {
			dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
			sigma := s.keep("sigma")
			return func(z VecVirtual, a access, disp int) {
				t := s.register()
				VMOVUPS(a.at(x).Offset(disp), t)
				VFMADD132PS(sigma, t, z) // fma(z, sigma, x)
				VMOVUPS(z, a.at(dst).Offset(disp))
			}
		})
		s.noiseKernel("addScaledNoise", "dst, x, sigma *float32, ", func() sink {
			dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
			sigma := Load(Param("sigma"), GP64())
			return func(z VecVirtual, a access, disp int) {
				t := s.register()
				VMOVUPS(a.at(sigma).Offset(disp), t)
				VFMADD213PS(a.at(x).Offset(disp), t, z) // fma(sigma, z, x)
				VMOVUPS(z, a.at(dst).Offset(disp))
			}
		})
		s.noiseKernel("langevin", "x, score *float32, drift, diffusion float32, ", func() sink {
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

// noiseKernel emits a kernel on whole groups. While it makes normals out of the words of some blocks, the rounds of the
// next blocks run beside that: either alone leaves the processor waiting for its results most of the time.
func (s simd) noiseKernel(name, operands string, open func() sink) {
	groups := s.bytes / vectorBytes // in a register
	count, doc := "groups", "a number of groups"
	if groups > 1 {
		count, doc = "pairs", "pairs of groups"
	}
	TEXT(name+s.name, 0, "func("+operands+count+" int, seed, stream, group uint64)")
	Pragma("noescape")
	Doc(fmt.Sprintf("%s%s is %sGroupsGeneric on %s; the low half of the block counter,", name, s.name, name, doc),
		"4*group, must not overflow on the way.")
	use := open()
	left := Load(Param(count), GP64())
	p := newPhilox(s, Load(Param("seed"), GP64()).(GPVirtual), Load(Param("stream"), GP64()).(GPVirtual),
		Load(Param("group"), GP64()).(GPVirtual))
	at := access{index: GP64()}
	XORQ(at.index, at.index)

	ahead := s.ahead()
	s = s.hold(ints(coef.PhiloxM0), ints(coef.PhiloxM1))
	if s.bytes > vectorBytes {
		s = s.hold(ints(1<<23-1), ints(coef.SqrtHalfBits), ints(signBit))
		for _, c := range coef.NegTwoLog {
			s = s.hold(floats(c))
		}
	}
	p.simd = s
	waiting := newWords(s, ahead)
	normals := func(g int) program {
		radius, angle := waiting.load(g)
		return s.boxMuller(radius, angle, func(half int, z VecVirtual) {
			use(z, at, 2*s.bytes*g+s.bytes*half)
		})
	}

	rounds, words := p.next(ahead)
	rounds.emit()
	waiting.store(words)
	SUBQ(Imm(uint64(ahead)), left)
	JL(LabelRef("rest"))
	Label("batch")
	rounds, words = p.next(ahead)
	var batch program
	for g := range ahead {
		batch.then(normals(g))
	}
	weave(rounds, batch)
	waiting.store(words)
	ADDQ(U32(groupSize*groups*ahead), at.index)
	SUBQ(Imm(uint64(ahead)), left)
	JGE(LabelRef("batch"))
	Label("rest")
	for g := range ahead - 1 {
		CMPQ(left, I8(g-ahead))
		JE(LabelRef("done"))
		normals(g).emit()
	}
	Label("done")
	VZEROUPPER()
	RET()
}

// ahead is how many registers of blocks are made into normals side by side.
func (s simd) ahead() int {
	if s.bytes > vectorBytes {
		return 2
	}
	return 2
}

// waitingWords keeps words in memory until they become normals, which leaves the registers to the rounds.
type waitingWords struct {
	simd
	local Mem
}

func newWords(s simd, n int) waitingWords { return waitingWords{s, AllocLocal(2 * n * s.bytes)} }

func (w waitingWords) at(i int) Mem { return w.local.Offset(i * w.bytes) }

func (w waitingWords) store(words []wordPair) {
	for g, pair := range words {
		VMOVUPS(pair.radius, w.at(2*g))
		VMOVUPS(pair.angle, w.at(2*g+1))
	}
}

// load returns where the words of register g are.
func (w waitingWords) load(g int) (radius, angle Mem) { return w.at(2 * g), w.at(2*g + 1) }

// boxMuller returns the program that makes radius*cos and radius*sin out of a register of pairs of words, and gives them
// to use in the order of the elements.
func (s simd) boxMuller(radius, angle Mem, use func(half int, z VecVirtual)) program {
	var steps program
	s.radius(&steps, radius)
	sin, cos := s.sincos(&steps, angle)
	r := s.register()
	steps.do(func() {
		// Bit 31 of the angle negates both; on the radius that is one instruction.
		VMOVUPS(angle, r)
		if s.bytes > vectorBytes {
			VPTERNLOGD(U8(0x6a), radius, s.constant(ints(signBit)), r)
		} else {
			VANDPS(s.constant(ints(signBit)), r, r)
			VXORPS(radius, r, r) // (v & sign) ^ r
		}
	})
	steps.do(func() {
		VMULPS(cos, r, cos)
		VMULPS(sin, r, sin)
	})
	steps.do(func() {
		if s.bytes > vectorBytes { // two groups, cosines first in each
			second := s.register()
			VSHUFF64X2(U8(0xee), sin, cos, second)
			VINSERTF64X4(Imm(1), sin.AsY(), cos, cos)
			sin = second
		}
		use(0, cos)
	})
	steps.do(func() { use(1, sin) })
	return steps
}

// radius puts sqrt(-2 log u) in the place of the words u comes from. The definition's
// u = fma(w>>1, 2^-31, 2^-32) is here (w>>1) + 1/2, which has the same mantissa; the factor 2^31 goes with the exponent.
func (s simd) radius(steps *program, word Mem) {
	const scale = 31 << 23
	w, k := s.register(), s.register()
	steps.do(func() {
		VMOVUPS(word, w)
		VPSRLD(Imm(1), w, w)
		VCVTDQ2PS(w, w)
	})
	steps.do(func() {
		VADDPS(s.constant(floats(0.5)), w, w)
		VPSUBD(s.constant(ints(coef.SqrtHalfBits+scale)), w, w)
	})
	steps.do(func() {
		VPSRAD(Imm(23), w, k) // k = (bits(u) - bits(sqrt 1/2)) >> 23
		s.and(s.constant(ints(1<<23-1)), w)
	})
	steps.do(func() {
		VPADDD(s.constant(ints(coef.SqrtHalfBits)), w, w) // bits(u) - k<<23 = bits(1+f)
		VSUBPS(s.constant(floats(1)), w, w)               // f
	})
	p := s.polynomial(steps, w, coef.NegTwoLog[:])
	steps.do(func() {
		VCVTDQ2PS(k, k)
		VMULPS(s.constant(floats(coef.NegTwoLn2)), k, k)
	})
	steps.do(func() { VFMADD213PS(k, w, p) }) // fma(f, P(f), -2 ln(2) k)
	steps.do(func() {
		VSQRTPS(p, p)
		VMOVUPS(p, word)
	})
}

// sincos returns the registers that steps set to the sine and cosine of a register of angles, but for the sign in bit 31.
func (s simd) sincos(steps *program, angle Mem) (sin, cos VecVirtual) {
	x, t := s.register(), s.register()
	steps.do(func() {
		VMOVUPS(angle, x)
		VPSLLD(Imm(2), x, x)
		VCVTDQ2PS(x, x)
	})
	steps.do(func() {
		VMULPS(s.constant(floats(0x1p-32)), x, x)
		VMULPS(x, x, t)
	})
	odd := s.polynomial(steps, t, coef.SinQuarter[:])
	steps.do(func() { VMULPS(x, odd, odd) })
	even := s.polynomial(steps, t, coef.CosQuarter[:])
	sin = s.register()
	steps.do(func() {
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
func (s simd) polynomial(steps *program, x VecVirtual, c []float32) VecVirtual {
	y := s.register()
	steps.do(func() {
		VMOVUPS(s.constant(floats(c[len(c)-1])), y)
		VFMADD213PS(s.constant(floats(c[len(c)-2])), x, y)
	})
	for i := len(c) - 3; i >= 0; i-- {
		steps.do(func() { VFMADD213PS(s.constant(floats(c[i])), x, y) })
	}
	return y
}
