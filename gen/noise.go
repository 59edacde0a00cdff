package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/gen/program"
	"github.com/seed964deb49/langevin/internal/coef"
)

func noise() {
	for _, s := range []simd{avx2, avx512} {
		s.noiseKernel(kernel.FillNoise, func() func() sink {
			dst := Load(Param("dst"), GP64())
			return func() sink {
				return func(z VecVirtual, a access, disp int) {
					VMOVUPS(z, a.at(dst).Offset(disp))
				}
			}
		})
		s.noiseKernel(kernel.AddNoise, func() func() sink {
			dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
			kept := s.keep("sigma")
			return func() sink {
				sigma := s.copyOf(kept)
				return func(z VecVirtual, a access, disp int) {
					VFMADD213PS(a.at(x).Offset(disp), sigma, z) // fma(z, sigma, x)
					VMOVUPS(z, a.at(dst).Offset(disp))
				}
			}
		})
		s.noiseKernel(kernel.Langevin, func() func() sink {
			x, score := Load(Param("x"), GP64()), Load(Param("score"), GP64())
			keptDrift, keptDiffusion := s.keep("drift"), s.keep("diffusion")
			return func() sink {
				drift, diffusion := s.copyOf(keptDrift), s.copyOf(keptDiffusion)
				return func(z VecVirtual, a access, disp int) {
					t := s.register()
					VMOVUPS(a.at(score).Offset(disp), t)
					VFMADD213PS(a.at(x).Offset(disp), drift, t) // t = fma(score, drift, x)
					VFMADD213PS(t, diffusion, z)                // fma(z, diffusion, t)
					VMOVUPS(z, a.at(x).Offset(disp))
				}
			}
		})
	}
}

// sink takes the normals that belong to the elements at a, disp bytes on, a register of them. It may overwrite z. A kernel
// has a function that reads the sink's scalars into registers.
type sink func(z VecVirtual, a access, disp int)

// noiseKernel emits a kernel on whole groups. Rounds, logarithms and sines of several registers of blocks are under way at a
// time: one alone leaves the processor waiting for its results most of the time.
func (s simd) noiseKernel(k kernel.Kernel, open func() func() sink) {
	groups := s.bytes / vectorBytes // in a register
	count := "groups"
	if groups > 1 {
		count, k = "pairs", k.ForPairs()
	}
	declare(k, s, 0)
	begin := open()
	left := Load(Param(count), GP64())
	p := newPhilox(s, Load(Param("seed"), GP64()).(GPVirtual), Load(Param("stream"), GP64()).(GPVirtual),
		Load(Param("group"), GP64()).(GPVirtual))
	at := access{index: GP64()}
	XORQ(at.index, at.index)
	if s.wide() {
		s.pipeline(p, left, begin(), at)
	} else {
		s.phases(p, left, begin, at)
	}
	VZEROUPPER()
	RET()
}

// lockstep is how many registers of blocks go through the phases together.
const lockstep = 3

// phases emits a loop over registers of blocks, three at a time, each instruction for all three: first the rounds, then the
// logarithms, then sines and cosines. So no instruction waits for one that stands close by, of which a processor
// looks only so far ahead for others to do, and the three share the loads of constants. Sixteen registers have no room to mix
// the phases with each other, but for the first steps of the sines, and for the square roots, which take longest and become
// normals after the next rounds.
func (s simd) phases(p philox, left Register, begin func() sink, at access) {
	angles, radii := newSlots(s, lockstep), newSlots(s, lockstep)
	sines, cosines := newSlots(s, lockstep), newSlots(s, lockstep)
	signs, lines, xs := newSlots(s, lockstep), newSlots(s, lockstep), newSlots(s, lockstep)
	parkIn := func(w slots) func(i int, y VecVirtual) Op {
		return func(i int, y VecVirtual) Op {
			w.store(i, y)
			return w.at(i)
		}
	}
	rounds := func(n int) (program.Program, []wordPair) {
		p := p
		p.simd = s.hold(ints(coef.PhiloxM0), ints(coef.PhiloxM1))
		return p.next(n)
	}
	// root emits the radius: the root of its square, with the sign of its word.
	root := func(g int) VecVirtual {
		r, sign := s.register(), s.register()
		VSQRTPS(radii.at(g), r)
		VMOVUPS(signs.at(g), sign)
		s.and(s.constant(ints(signBit)), sign)
		s.xor(sign, r)
		return r
	}
	roots := func() program.Program {
		var steps program.Program
		for g := range lockstep {
			steps.Do(func() { radii.store(g, root(g)) })
		}
		return steps
	}
	// polar keeps squares of radii, sines and cosines for the next time around. older goes on meanwhile.
	polar := func(pairs []wordPair, older program.Program) {
		n := len(pairs)
		var words []VecVirtual
		for g, pair := range pairs {
			angles.store(g, pair.angle)
			signs.store(g, pair.radius)
			words = append(words, pair.radius)
		}
		var reduction, steps, angleReduction, turns program.Program
		squares := s.squaredRadii(&reduction, &steps, words, parkIn(lines))
		steps.Do(func() {
			for g, y := range squares {
				radii.store(g, y)
			}
		})
		sin, cos := s.sincos(&angleReduction, &turns, n, func(i int) Op { return angles.at(i) }, parkIn(xs))
		turns.Do(func() {
			for g := range n {
				sines.store(g, sin[g])
				cosines.store(g, cos[g])
			}
		})
		if n == 1 { // which leaves registers for all at the same time
			program.Weave(append(reduction, steps...), append(angleReduction, turns...), older)
			return
		}
		program.Weave(reduction, older)
		program.Weave(steps, angleReduction)
		turns.Emit()
	}
	normals := func(g int, radius Op, use sink) program.Program {
		return s.normals(radius, sines.at(g), cosines.at(g), func(half int, z VecVirtual) {
			use(z, at, 2*s.bytes*g+s.bytes*half)
		})
	}
	// another emits what makes the words of n registers and normals of the three before them.
	another := func(n int) {
		steps, pairs := rounds(n)
		program.Weave(steps, roots())
		var older program.Program
		use := begin()
		for g := range lockstep {
			older.Then(normals(g, radii.at(g), use))
		}
		polar(pairs, older)
		ADDQ(U32(s.bytes/2*lockstep), at.index)
	}

	steps, pairs := rounds(lockstep)
	steps.Emit()
	polar(pairs, nil)
	SUBQ(Imm(lockstep), left)
	JLE(LabelRef("last"))
	Label("more")
	CMPQ(left, Imm(1))
	JEQ(LabelRef("one"))
	another(lockstep)
	SUBQ(Imm(lockstep), left)
	JG(LabelRef("more"))
	JMP(LabelRef("last"))
	Label("one") // alone it is there sooner than as one of three
	another(1)
	SUBQ(Imm(lockstep), left)
	Label("last") // of whose registers up to two are too many
	use := begin()
	for g := range lockstep {
		if g > 0 {
			CMPQ(left, I8(g-lockstep))
			JLE(LabelRef("done"))
		}
		normals(g, root(g), use).Emit()
	}
	Label("done")
}

// ahead is how many registers of blocks go through the pipeline together.
const ahead = 2

// pipeline emits a loop over registers of blocks, two at a time, where there are thirty-two registers. While their words go
// through the rounds, those of the two before them become squares of radii, sines and cosines, and what that made of the two
// before those becomes normals.
func (s simd) pipeline(p philox, left Register, use sink, at access) {
	s = s.hold(ints(coef.PhiloxM0), ints(coef.PhiloxM1), ints(signBit))
	for _, c := range coef.NegTwoLog[:6] {
		s = s.hold(floats(c))
	}
	p.simd = s
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
	base Mem
}

func newSlots(s simd, n int) slots { return slots{s, alignedLocal(n*s.bytes, s.bytes)} }

func (w slots) at(i int) Mem { return w.base.Offset(i * w.bytes) }

func (w slots) store(i int, values ...VecVirtual) {
	for j, y := range values {
		VMOVUPS(y, w.at(i+j))
	}
}

// keep leaves a register where it is: what park is where there are enough.
func keep(_ int, y VecVirtual) Op { return y }

// polar returns the program that makes squares of radii out of a register of words, and sines and cosines out of another, and
// stores the three in order.
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
		s.and(s.constant(ints(signBit)), sign)
		s.xor(sign, sin[0])
		s.xor(sign, cos[0])
	})
	steps.Do(func() {
		store(1, sin[0])
		store(2, cos[0])
	})
	return steps
}

// normals returns the program that makes radius*cos and radius*sin and gives them to use in the order of the elements. With
// AVX-512, radius is still its square.
func (s simd) normals(radius, sin, cos Op, use func(half int, z VecVirtual)) program.Program {
	var steps program.Program
	r, z, second := s.register(), s.register(), s.register()
	steps.Do(func() {
		if s.wide() {
			VSQRTPS(radius, r)
		} else {
			VMOVUPS(radius, r)
		}
	})
	steps.Do(func() { VMULPS(cos, r, z) })
	steps.Do(func() { VMULPS(sin, r, second) })
	if s.wide() { // two groups, cosines first in each
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

// squaredRadii returns the registers that the steps after those of the reduction set to -2 log u, where u comes from
// registers of words, which they overwrite. The definition's u = |w + 1/2| / 2^31 is here w + 1/2, which has the same mantissa;
// the factor goes with the exponent, and the sign is cut off with it. park keeps a result until it is wanted again.
func (s simd) squaredRadii(reduction, steps *program.Program, w []VecVirtual,
	park func(i int, y VecVirtual) Op) []VecVirtual {
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
	k, g, square, y := s.registers(n), w, s.registers(n), s.registers(n)
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
		z := s.registers(n)
		pair(j, z)
		each(func(i int) { VFMADD213PS(z[i], square[i], y[i]) })
	}
	each(func(i int) { VFMADD213PS(line[i], square[i], y[i]) }) // fma(P(g), g^2, fma(-k, 2 ln(2), g))
	return y
}

// sincos returns the registers that the steps after those of the reduction set to the sines and cosines of n registers of angles.
func (s simd) sincos(reduction, steps *program.Program, n int, angle func(i int) Op,
	park func(i int, y VecVirtual) Op) (sin, cos []VecVirtual) {
	to := reduction
	each := func(do func(i int)) {
		to.Do(func() {
			for i := range n {
				do(i)
			}
		})
	}
	x, t := s.registers(n), s.registers(n)
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
	sin = s.registers(n)
	each(func(i int) {
		// Bit 31 exchanges the two. A blend looks at the signs.
		if s.wide() {
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
	y := s.registers(len(x))
	steps.Do(func() {
		s.share(floats(c[len(c)-1]), len(x), func(i int, c Op) { VMOVUPS(c, y[i]) })
		s.share(floats(c[len(c)-2]), len(x), func(i int, c Op) { VFMADD213PS(c, x[i], y[i]) })
	})
	for i := len(c) - 3; i >= 0; i-- {
		steps.Do(func() { s.share(floats(c[i]), len(x), func(j int, c Op) { VFMADD213PS(c, x[j], y[j]) }) })
	}
	return y
}
