package main

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// lanes is the number of float32 in a YMM register.
const lanes = 8

var constants = map[string]Mem{}

// maxWords is the number of 32-bit words in the widest register.
const maxWords = 16

// words returns a read-only constant of the given words, of which AVX2 reads the first half.
func words(name string, w [maxWords]uint32) Mem {
	m, ok := constants[name]
	if !ok {
		m = GLOBL(name, attr.RODATA|attr.NOPTR)
		for i, w := range w {
			DATA(4*i, U32(w))
		}
		constants[name] = m
	}
	return m
}

// ints returns a constant with w in every lane.
func ints(w uint32) Mem {
	var all [maxWords]uint32
	for i := range all {
		all[i] = w
	}
	return words(fmt.Sprintf("splat_%08x", w), all)
}

// floats returns a constant with x in every lane.
func floats(x float32) Mem { return ints(math.Float32bits(x)) }

// load reads a vector into a new register.
func (s simd) load(m Mem) VecVirtual {
	y := s.register()
	VMOVUPS(m, y)
	return y
}

// loadLow reads the lower half of a register and sets the upper half to zero. A broadcast would do as well,
// but would take a turn of the units that shuffle.
func loadLow(m Mem, y VecVirtual) {
	// avo does not know that VMOVUPS writes all of the register.
	Instruction(&ir.Instruction{
		Opcode: "VMOVUPS", Operands: []Op{m, y.AsX()},
		Inputs: []Op{m}, Outputs: []Op{y}, ISA: []string{"AVX"},
	})
}

// splat fills a new register with the number at m.
func (s simd) splat(m Mem) VecVirtual {
	y := s.register()
	s.float.broadcast(m, y)
	return y
}

// splatParam fills a new register with an argument.
func (s simd) splatParam(name string) VecVirtual { return s.splat(argument(name)) }

// argument returns the address of an argument.
func argument(name string) Mem {
	b, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return b.Addr
}

// access reads and writes one vector of each operand. At the end of a range it has the lanes of a mask only.
type access struct {
	simd
	index GPVirtual
	disp  int // in bytes
	mask  Register
}

func (a access) at(base Register) Mem {
	return Mem{Base: base, Index: a.index, Scale: uint8(a.float.Size), Disp: a.disp}
}

func (a access) load(base Register) VecVirtual {
	if a.mask == nil {
		return a.simd.load(a.at(base))
	}
	y := a.register()
	a.float.loadMasked(a.at(base), a.mask, y)
	return y
}

func (a access) store(y VecVirtual, base Register) {
	if a.mask == nil {
		VMOVUPS(y, a.at(base))
	} else {
		a.float.storeMasked(y, a.mask, a.at(base))
	}
}

// elementwise emits body over n elements: whole vectors, then one masked vector for the rest.
func (s simd) elementwise(n Register, body func(a access)) {
	s.elementwiseAbreast(n, 1, func(at []access) { body(at[0]) })
}

// elementwiseAbreast is elementwise with several vectors in one go as long as there are so many.
func (s simd) elementwiseAbreast(n Register, abreast int, body func(at []access)) {
	i, left := GP64(), GP64()
	lanes := s.lanes()
	XORQ(i, i)
	MOVQ(n, left)
	if abreast > 1 {
		SUBQ(Imm(uint64(lanes*abreast)), left)
		JL(LabelRef("few"))
		Label("abreast")
		var at []access
		for v := range abreast {
			at = append(at, access{simd: s, index: i, disp: s.bytes * v})
		}
		body(at)
		ADDQ(Imm(uint64(lanes*abreast)), i)
		SUBQ(Imm(uint64(lanes*abreast)), left)
		JGE(LabelRef("abreast"))
		Label("few")
		ADDQ(Imm(uint64(lanes*(abreast-1))), left)
	} else {
		SUBQ(Imm(uint64(lanes)), left)
	}
	JL(LabelRef("rest"))
	Label("vectors")
	body([]access{{simd: s, index: i}})
	ADDQ(Imm(uint64(lanes)), i)
	SUBQ(Imm(uint64(lanes)), left)
	JGE(LabelRef("vectors"))
	Label("rest")
	ADDQ(Imm(uint64(lanes)), left)
	JE(LabelRef("done"))
	body([]access{{simd: s, index: i, mask: s.lowLanes(left)}})
	Label("done")
	VZEROUPPER()
	RET()
}

// lowLanes64 returns the mask of the first n lanes of float64, 0 <= n <= 4.
func lowLanes64(n Register) VecVirtual {
	twice := GP64()
	LEAQ(Mem{Base: n, Index: n, Scale: 1}, twice)
	return lowLanes(twice)
}

// lowLanes returns the mask of the first n lanes, 0 <= n <= 8.
func lowLanes(n Register) VecVirtual { return lowWords(n, 0) }

// lowWords returns a mask of eight 32-bit words. Word i is set if from+i < n. from is 0 or 8, and n at most
// 16.
func lowWords(n Register, from int) VecVirtual {
	const half = 2 * lanes
	table, ok := constants["low_words"]
	if !ok {
		table = GLOBL("low_words", attr.RODATA|attr.NOPTR)
		for i := range 2 * half {
			w := uint32(0xffffffff)
			if i >= half {
				w = 0
			}
			DATA(4*i, U32(w))
		}
		constants["low_words"] = table
	}
	base, back, mask := GP64(), GP64(), YMM()
	LEAQ(table.Offset(4*(half+from)), base)
	MOVQ(n, back)
	NEGQ(back)
	VMOVDQU(Mem{Base: base, Index: back, Scale: 4}, mask)
	return mask
}
