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

// sink takes the normals that belong to the elements at a, disp bytes on, a register of them. It may
// overwrite z. A kernel has a function that reads the sink's scalars into registers.
type sink func(z VecVirtual, a access, disp int)

// noiseKernel emits a kernel on whole groups. Rounds, logarithms and sines of several registers of blocks are
// under way at a time: one alone leaves the processor waiting for its results most of the time.
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

// phases emits a loop over registers of blocks, three at a time, each instruction for all three: first the
// rounds, then the logarithms, then sines and cosines. So no instruction waits for one that stands close by,
// of which a processor looks only so far ahead for others to do, and the three share the loads of constants.
// Sixteen registers have no room to mix the phases with each other, but for the first steps of the sines, and
// for the square roots, which take longest and become normals after the next rounds.
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

// pipeline emits a loop over registers of blocks, two at a time, where there are thirty-two registers. While
// their words go through the rounds, those of the two before them become squares of radii, sines and cosines,
// and what that made of the two before those becomes normals.
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
