package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// simd is an instruction set whose programs differ by the width of its registers and its masks.
type simd struct {
	name     string
	bytes    int // of a register
	register func() VecVirtual
}

var (
	avx2   = simd{"AVX2", 32, func() VecVirtual { return YMM() }}
	avx512 = simd{"AVX512", 64, func() VecVirtual { return ZMM() }}
)

// loadMasked sets the lanes of to in the mask to those in memory, and the others to zero.
func (f precision) loadMasked(from Op, mask, to Register) {
	switch {
	case mask.Kind() != KindOpmask:
		f.masked(from, mask, to)
	case f.size == 4:
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
	case f.size == 4:
		VMOVUPS(from, mask, to)
	default:
		VMOVUPD(from, mask, to)
	}
}

// lowMasks returns the masks of the first n numbers of a row of vectors, one for each.
func (f precision) lowMasks(s simd, n Register, vectors int) []Register {
	masks := make([]Register, vectors)
	if s.bytes == 64 {
		one, bits := GP64(), GP64()
		MOVQ(U32(1), one)
		SHLXQ(n, one, bits)
		DECQ(bits)
		for v := range masks {
			if v > 0 {
				SHRQ(Imm(uint64(s.bytes/f.size)), bits)
			}
			masks[v] = K()
			KMOVW(bits.As32(), masks[v])
		}
		return masks
	}
	words := GP64()
	MOVQ(n, words)
	if f.size == 8 {
		ADDQ(words, words)
	}
	for v := range masks {
		masks[v] = lowWords(words, 8*v)
	}
	return masks
}
