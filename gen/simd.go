package main

import (
	"maps"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// simd is an instruction set. Programs ask for its properties, not for its name.
type simd struct {
	name       kernel.Set
	bytes      int                // of a register
	registers  int                // that there are
	masks      bool               // has registers of a bit a lane, which comparisons set and others take
	broadcasts bool               // operands in memory may be one number for all lanes
	ternary    bool               // has any function of three operands' bits
	parts      bool               // has exponents, mantissas, magnitudes and special values of floats
	register   func() VecVirtual  // returns a new one
	held       map[Mem]VecVirtual // constants in registers
	float      precision          // of the numbers
}

var (
	avx2 = simd{name: kernel.AVX2, bytes: 32, registers: 16, register: func() VecVirtual { return YMM() },
		float: single}
	avx512 = simd{name: kernel.AVX512, bytes: 64, registers: 32, register: func() VecVirtual { return ZMM() },
		masks: true, broadcasts: true, ternary: true, parts: true, float: single}
)

// in returns s with numbers of another precision.
func (s simd) in(f precision) simd {
	s.float = f
	return s
}

// lanes is how many numbers a register holds.
func (s simd) lanes() int { return s.bytes / s.float.Size }

// begin begins a kernel that has no frame.
func begin(k kernel.Kernel, s simd) { declare(k, s, attr.NOSPLIT) }

func declare(k kernel.Kernel, s simd, attributes attr.Attribute) {
	k = k.Begin(s.name)
	TEXT(k.Name, attributes, k.Signature)
	Pragma("noescape")
	Doc(k.Doc...)
}

// hold returns s with constants in registers, to spare loads. Those that are there already stay.
func (s simd) hold(constants ...Mem) simd {
	s.held = maps.Clone(s.held)
	if s.held == nil {
		s.held = map[Mem]VecVirtual{}
	}
	for _, m := range constants {
		if _, ok := s.held[m]; ok {
			continue
		}
		s.held[m] = s.register()
		VMOVUPS(m, s.held[m])
	}
	return s
}

// constant returns the register that holds a constant, or where it is in memory.
func (s simd) constant(m Mem) Op {
	if y, ok := s.held[m]; ok {
		return y
	}
	return m
}

// copyOf sets a new register to a constant.
func (s simd) copyOf(m Mem) VecVirtual {
	y := s.register()
	VMOVUPS(s.constant(m), y)
	return y
}

// loadMasked sets the lanes of to in the mask to those in memory, and the others to zero.
func (f precision) loadMasked(from Op, mask, to Register) {
	switch {
	case mask.Kind() != KindOpmask:
		f.masked(from, mask, to)
	case f.Size == 4:
		VMOVUPS_Z(from, mask, to)
	default:
		VMOVUPD_Z(from, mask, to)
	}
}

// storeMasked writes the lanes of from in the mask.
func (f precision) storeMasked(from, mask Register, to Op) {
	switch {
	case mask.Kind() != KindOpmask:
		f.masked(from, mask, to)
	case f.Size == 4:
		VMOVUPS(from, mask, to)
	default:
		VMOVUPD(from, mask, to)
	}
}

// lowMasks returns the masks of the first n numbers of a row of vectors, one for each.
func (f precision) lowMasks(s simd, n Register, vectors int) []Register {
	masks := make([]Register, vectors)
	if s.masks {
		one, bits := GP64(), GP64()
		MOVQ(U32(1), one)
		SHLXQ(n, one, bits)
		DECQ(bits)
		for v := range masks {
			if v > 0 {
				SHRQ(Imm(uint64(s.bytes/f.Size)), bits)
			}
			masks[v] = K()
			KMOVW(bits.As32(), masks[v])
		}
		return masks
	}
	words := GP64()
	MOVQ(n, words)
	if f.Size == 8 {
		ADDQ(words, words)
	}
	for v := range masks {
		masks[v] = lowWords(words, 8*v)
	}
	return masks
}

// lowLanes returns the mask of the first n numbers of a vector.
func (s simd) lowLanes(n Register) Register { return s.float.lowMasks(s, n, 1)[0] }

// keep returns memory with a float32 argument in every lane.
func (s simd) keep(name string) Mem {
	x, m := s.register(), AllocLocal(s.bytes)
	VBROADCASTSS(argument(name), x)
	VMOVUPS(x, m)
	return m
}

// alignedLocal returns n bytes of the frame at a multiple of align. Go aligns frames to eight bytes.
func alignedLocal(n, align int) Mem {
	local, base := AllocLocal(n+align-8), GP64()
	LEAQ(local, base)
	ADDQ(I8(align-1), base)
	ANDQ(I8(-align), base)
	return Mem{Base: base}
}

// several returns n new registers.
func (s simd) several(n int) []VecVirtual {
	r := make([]VecVirtual, n)
	for i := range r {
		r[i] = s.register()
	}
	return r
}

// share emits an instruction with a constant for each of n registers. Several share one load.
func (s simd) share(m Mem, n int, do func(i int, c Op)) {
	c := s.constant(m)
	if _, held := c.(VecVirtual); !held && n > 1 {
		c = s.copyOf(m)
	}
	for i := range n {
		do(i, c)
	}
}

// and emits x &= m. Where there are masks, the instruction's name says how wide a lane is.
func (s simd) and(m Op, x VecVirtual) {
	if s.masks {
		VPANDD(m, x, x)
		return
	}
	VPAND(m, x, x)
}

// andNot emits y = ^x & m.
func (s simd) andNot(m Op, x, y VecVirtual) {
	if s.masks {
		VPANDND(m, x, y)
		return
	}
	VPANDN(m, x, y)
}

// xor emits x ^= m.
func (s simd) xor(m Op, x VecVirtual) {
	if s.masks {
		VPXORD(m, x, x)
		return
	}
	VPXOR(m, x, x)
}
