package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// adam emits the updates.
func (s simd) adam() {
	s.adamStep(false)
	s.adamStep(true)
}

// adamAhead is how far ahead an update fetches, in bytes. For large networks its operands lie beyond the
// caches, and the processor by itself keeps too few reads under way.
const adamAhead = 1024

// adamStep emits an update, with or without the moving average.
func (s simd) adamStep(average bool) {
	declaration := kernel.Adam
	if average {
		declaration = kernel.AdamEMA
	}
	begin(declaration, s)
	p, grad := Load(Param("p"), GP64()), Load(Param("grad"), GP64())
	m, v := Load(Param("m"), GP64()), Load(Param("v"), GP64())
	var avg Register
	if average {
		avg = Load(Param("avg"), GP64())
	}
	step := Load(Param("step"), GP64())
	field := func(i int) VecVirtual { return s.splat(Mem{Base: step, Disp: 4 * i}) }
	rate, beta1, beta2, epsilon := field(0), field(1), field(2), field(3)
	correct2 := field(5)
	rest1, rest2 := s.load(floats(1)), s.load(floats(1))
	VSUBPS(beta1, rest1, rest1)
	VSUBPS(beta2, rest2, rest2)
	abreast := 1
	if s.registers >= 32 { // registers are left for a second vector and for what would be read each time
		abreast = 2
		held := map[int]VecVirtual{4: field(4), 6: field(6), 7: field(7)}
		if average {
			held[8] = field(8)
		}
		field = func(i int) VecVirtual { return held[i] }
	}
	quotients := s.divider(Mem{Base: step, Disp: 4 * 3})
	s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		read := func(base Register) vectors { return source{at, base}.load() }
		write := func(v vectors, base Register) { v.do(func(i int) { at[i].store(v[i], base) }) }
		prefetch(at, m, v, p, avg)
		gi, mi, vi := read(grad), read(m), read(v)
		d := vectors(s.several(len(at)))
		d.do(func(i int) { VMULPS(field(6), gi[i], gi[i]) }) // s = scale*g
		d.do(func(i int) { VSUBPS(mi[i], gi[i], d[i]) })
		d.do(func(i int) { VFMADD231PS(d[i], rest1, mi[i]) }) // m = fma(1-beta1, s-m, m)
		d.do(func(i int) { VMULPS(gi[i], gi[i], gi[i]) })
		d.do(func(i int) { VMULPS(beta2, vi[i], vi[i]) })
		d.do(func(i int) { VFMADD231PS(gi[i], rest2, vi[i]) }) // v = fma(1-beta2, s*s, beta2*v)
		write(mi, m)
		write(vi, v)
		d.do(func(i int) { VMULPS(field(4), mi[i], mi[i]) })
		d.do(func(i int) { VMULPS(correct2, vi[i], vi[i]) })
		d.do(func(i int) { VSQRTPS(vi[i], vi[i]) })
		d.do(func(i int) { VADDPS(epsilon, vi[i], vi[i]) })
		mi = quotients.divide(mi, vi) // d = m*correct1 / (sqrt(v*correct2) + epsilon)
		pi := read(p)
		d.do(func(i int) { VFNMADD231PS(pi[i], field(7), pi[i]) }) // fma(-decay, p, p)
		d.do(func(i int) { VFNMADD231PS(mi[i], rate, pi[i]) })     // p = fma(-rate, d, that)
		write(pi, p)
		if average {
			mean := read(avg)
			d.do(func(i int) { VSUBPS(mean[i], pi[i], pi[i]) })
			d.do(func(i int) { VFMADD231PS(pi[i], field(8), mean[i]) }) // avg = fma(average, p-avg, avg)
			write(mean, avg)
		}
	})
}

// prefetch fetches what an update reads later on.
func prefetch(at []access, bases ...Register) {
	for _, a := range at {
		for _, base := range bases {
			if base != nil {
				PREFETCHT0(Mem{Base: base, Index: a.index, Scale: 4, Disp: a.disp + adamAhead})
			}
		}
	}
}
