package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// sumRows adds the rows of a matrix, a block of columns at a time, so that the sums stay in registers.
func (s simd) sumRows() {
	begin(kernel.AddRows, s)
	dst, a := Load(Param("dst"), GP64()), Load(Param("a"), GP64())
	rows, cols := Load(Param("rows"), GP64()), Load(Param("cols"), GP64())
	stride := Load(Param("stride"), GP64())
	SHLQ(Imm(2), stride)

	// block emits dst[j] = dst[j] + a[0][j] + a[1][j] + ... for the columns of n vectors.
	block := func(label string, n int, read func(Mem, VecVirtual), write func(VecVirtual, Mem)) {
		sums := make([]VecVirtual, n)
		for i := range sums {
			sums[i] = s.register()
			read(Mem{Base: dst, Disp: s.bytes * i}, sums[i])
		}
		row, left := GP64(), GP64()
		MOVQ(a, row)
		MOVQ(rows, left)
		Label(label)
		for i := range sums {
			v := s.register()
			read(Mem{Base: row, Disp: s.bytes * i}, v)
			VADDPS(v, sums[i], sums[i])
		}
		ADDQ(stride, row)
		DECQ(left)
		JNE(LabelRef(label))
		for i := range sums {
			write(sums[i], Mem{Base: dst, Disp: s.bytes * i})
		}
	}
	whole := func(n int) {
		step := s.lanes() * n
		label := fmt.Sprintf("columns%d", step)
		Label(label)
		CMPQ(cols, U32(step))
		JL(LabelRef(label + "_end"))
		block(label+"_rows", n,
			func(m Mem, y VecVirtual) { VMOVUPS(m, y) }, func(y VecVirtual, m Mem) { VMOVUPS(y, m) })
		ADDQ(U32(4*step), a)
		ADDQ(U32(4*step), dst)
		SUBQ(U32(step), cols)
		JMP(LabelRef(label))
		Label(label + "_end")
	}
	whole(8)
	if s.bytes > vectorBytes {
		whole(4)
	}
	whole(1)
	TESTQ(cols, cols)
	JE(LabelRef("done"))
	mask := s.lowLanes(cols)
	block("rest_rows", 1,
		func(m Mem, y VecVirtual) { single.loadMasked(m, mask, y) },
		func(y VecVirtual, m Mem) { single.storeMasked(y, mask, m) })
	Label("done")
	VZEROUPPER()
	RET()
}
