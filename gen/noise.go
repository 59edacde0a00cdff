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
		s.noiseKernel(kernel.FillNoise, fill)
		s.in(double).noiseKernel(kernel.FillNoise64, fill)
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

// fill stores the normals.
func fill() func() sink {
	dst := Load(Param("dst"), GP64())
	return func() sink {
		return func(z VecVirtual, a access, disp int) { VMOVUPS(z, a.at(dst).Offset(disp)) }
	}
}

// sink takes the normals that belong to the elements at a, disp bytes on, a register of them. It may
// overwrite z. A kernel has a function that reads the sink's scalars into registers.
type sink func(z VecVirtual, a access, disp int)

// noiseKernel emits a kernel on whole groups. Rounds, logarithms and sines of several registers of blocks are
// under way at a time: one alone leaves the processor waiting for its results most of the time.
func (s simd) noiseKernel(k kernel.Kernel, open func() func() sink) {
	var begin func() sink
	left, p, at := s.onGroups(k, func() { begin = open() })
	if s.pipelined() {
		s.pipeline(p, left, begin(), at)
	} else {
		s.phases(p, left, begin, at)
	}
	VZEROUPPER()
	RET()
}

// onGroups begins a kernel on whole groups. open loads its operands. It returns the number of registers of
// blocks, and where their elements are.
func (s simd) onGroups(k kernel.Kernel, open func()) (left Register, p philox, at access) {
	count := "groups"
	if s.groups() > 1 {
		count, k = "pairs", k.ForPairs()
	}
	declare(k, s, 0)
	open()
	left = Load(Param(count), GP64())
	p = newPhilox(s, Load(Param("seed"), GP64()).(GPVirtual), Load(Param("stream"), GP64()).(GPVirtual),
		Load(Param("group"), GP64()).(GPVirtual))
	at = access{simd: s, index: GP64()}
	XORQ(at.index, at.index)
	return left, p, at
}

// groups is the number of groups in a register of blocks.
func (s simd) groups() int { return s.bytes / vectorBytes }

// pipelined reports whether there are registers for blocks of several ages.
func (s simd) pipelined() bool { return s.registers >= 32 }

// lockstep is how many registers of blocks go through the phases together.
const lockstep = 3

// phases emits a loop over registers of blocks, three at a time. Each instruction stands there for all three.
// First come the rounds, then the logarithms, then sines and cosines. A processor looks only so far ahead for
// instructions that need not wait. So no instruction waits for one close by, and the three share the loads of
// constants.
//
// Sixteen registers have no room to mix whole phases with each other. Only the first steps of the sines are
// mixed, and the square roots, which take longest and become normals after the next rounds.
func (s simd) phases(p philox, left Register, open func() sink, at access) {
	f := phased{simd: s, philox: p, open: open, at: at}
	f.angles, f.radii = newSlots(s, lockstep), newSlots(s, lockstep)
	f.sines, f.cosines = newSlots(s, lockstep), newSlots(s, lockstep)
	f.signs, f.lines, f.xs = newSlots(s, lockstep), newSlots(s, lockstep), newSlots(s, lockstep)
	steps, pairs := f.rounds(lockstep)
	steps.Emit()
	f.polar(pairs, nil)
	SUBQ(Imm(lockstep), left)
	JLE(LabelRef("last"))
	Label("more")
	CMPQ(left, Imm(1))
	JEQ(LabelRef("one"))
	f.another(lockstep)
	SUBQ(Imm(lockstep), left)
	JG(LabelRef("more"))
	JMP(LabelRef("last"))
	Label("one") // one register alone is done sooner than three
	f.another(1)
	SUBQ(Imm(lockstep), left)
	Label("last") // up to two of the last registers are too many
	use := open()
	for g := range lockstep {
		if g > 0 {
			CMPQ(left, I8(g-lockstep))
			JLE(LabelRef("done"))
		}
		f.normals(g, f.root(g), use).Emit()
	}
	Label("done")
}

// phased is what the phases share: what they keep in memory for the next time around.
type phased struct {
	simd
	philox                        philox
	open                          func() sink
	at                            access
	angles, radii, sines, cosines slots
	signs, lines, xs              slots
}

// park keeps a register and returns where.
func (w slots) park(i int, y VecVirtual) Op {
	w.store(i, y)
	return w.at(i)
}

func (f phased) rounds(n int) (program.Program, []wordPair) {
	p := f.philox
	p.simd = f.hold(ints(coef.PhiloxM0), ints(coef.PhiloxM1))
	return p.next(n)
}

// root emits the radius: the root of its square, with the sign of its word.
func (f phased) root(g int) VecVirtual {
	r, sign := f.register(), f.register()
	f.squareRoot(f.radii.at(g), r)
	VMOVUPS(f.signs.at(g), sign)
	f.and(f.constant(f.signBits()), sign)
	f.xor(sign, r)
	return r
}

func (f phased) roots() program.Program {
	var steps program.Program
	for g := range lockstep {
		steps.Do(func() { f.radii.store(g, f.root(g)) })
	}
	return steps
}

// polar keeps squares of radii, sines and cosines for the next time around. older goes on meanwhile.
func (f phased) polar(pairs []wordPair, older program.Program) {
	n := len(pairs)
	var words []VecVirtual
	for g, pair := range pairs {
		f.angles.store(g, pair.angle)
		f.signs.store(g, pair.radius)
		words = append(words, pair.radius)
	}
	var reduction, steps, angleReduction, turns program.Program
	squares := f.squaredRadii(&reduction, &steps, words, f.lines.park)
	steps.Do(func() {
		for g, y := range squares {
			f.radii.store(g, y)
		}
	})
	sin, cos := f.sincos(&angleReduction, &turns, n, func(i int) Op { return f.angles.at(i) }, f.xs.park)
	turns.Do(func() {
		for g := range n {
			f.sines.store(g, sin[g])
			f.cosines.store(g, cos[g])
		}
	})
	if n == 1 { // which leaves registers for all at the same time
		program.Weave(append(reduction, steps...), append(angleReduction, turns...), older)
		return
	}
	program.Weave(reduction, older)
	if f.float.Size == 8 { // whose reductions take more registers
		steps.Emit()
		angleReduction.Emit()
	} else {
		program.Weave(steps, angleReduction)
	}
	turns.Emit()
}

func (f phased) normals(g int, radius Op, use sink) program.Program {
	return f.simd.normals(radius, f.sines.at(g), f.cosines.at(g), func(half int, z VecVirtual) {
		use(z, f.at, 2*f.bytes*g+f.bytes*half)
	})
}

// another emits what makes the words of n registers and normals of the three before them.
func (f phased) another(n int) {
	steps, pairs := f.rounds(n)
	program.Weave(steps, f.roots())
	var older program.Program
	use := f.open()
	for g := range lockstep {
		older.Then(f.normals(g, f.radii.at(g), use))
	}
	f.polar(pairs, older)
	ADDQ(U32(2*f.lanes()*lockstep), f.at.index)
}

// ahead is how many registers of blocks go through the pipeline together.
const ahead = 2

// pipeline emits a loop over registers of blocks, two at a time, where there are thirty-two registers. While
// their words go through the rounds, those of the two before them become squares of radii, sines and cosines,
// and what that made of the two before those becomes normals.
func (s simd) pipeline(p philox, left Register, use sink, at access) {
	s = s.hold(ints(coef.PhiloxM0), ints(coef.PhiloxM1), s.signBits())
	s = s.hold(s.coefficientsToHold()...)
	p.simd = s
	words, waiting := newSlots(s, 2*ahead), newSlots(s, 3*ahead)
	// rounds emits those of the next blocks beside what still reads the words of the last.
	rounds := func(beside program.Program) {
		steps, pairs := p.next(ahead)
		program.Weave(beside, steps)
		for g := range ahead {
			words.store(2*g, pairs[g].radius, pairs[g].angle)
		}
	}
	polar := func(g int) program.Program {
		return s.polar(words.at(2*g), words.at(2*g+1), func(i int, y VecVirtual) { waiting.store(3*g+i, y) })
	}
	normals := func(g int) program.Program {
		return s.normals(waiting.at(3*g), waiting.at(3*g+1), waiting.at(3*g+2), func(half int, z VecVirtual) {
			use(z, at, 2*s.bytes*g+s.bytes*half)
		})
	}
	advance := func() { ADDQ(U32(2*s.lanes()*ahead), at.index) }

	rounds(nil)
	SUBQ(Imm(ahead), left)
	JLE(LabelRef("one"))
	rounds(bothOf(nil, polar))
	SUBQ(Imm(ahead), left)
	JLE(LabelRef("two"))
	Label("more")
	rounds(bothOf(normals, polar))
	advance()
	SUBQ(Imm(ahead), left)
	JG(LabelRef("more"))
	Label("two")
	bothOf(normals, polar).Emit()
	advance()
	JMP(LabelRef("last"))
	Label("one")
	bothOf(nil, polar).Emit()
	Label("last")
	normals(0).Emit()
	TESTQ(left, left)
	JL(LabelRef("done")) // the last register is one too many
	normals(1).Emit()
	Label("done")
}

// bothOf returns normals of the oldest registers, and what comes after them in their places.
func bothOf(older, younger func(g int) program.Program) program.Program {
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
