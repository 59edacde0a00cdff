package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() {
	more = append(more, func(s simd) {
		s.dotRows(kernel.DotRows)
		s.in(double).dotRows(kernel.DotRows64)
	})
}

// dotRows multiplies rows with a vector, several at once where their lanes fit registers, in the lanes of a
// dot product. A row has at most a block of columns.
func (s simd) dotRows(k kernel.Kernel) {
	begin(k, s)
	g := rowsDot{simd: s, dst: Load(Param("dst"), GP64()), a: Load(Param("a"), GP64())}
	g.rows, g.stride = Load(Param("rows"), GP64()), Load(Param("stride"), GP64())
	s.float.scale(g.stride)
	most := 1
	for 2*most*laneBytes/s.bytes+2 < s.registers {
		most *= 2
	}
	for rows := most; rows > 0; rows /= 2 {
		g.group(rows)
	}
	VZEROUPPER()
	RET()
}

// rowsDot is the product of rows with a vector.
type rowsDot struct {
	simd
	dst, a       Register
	rows, stride Register
}

// group emits the products of a number of rows, again and again as long as there are so many.
func (g rowsDot) group(rows int) {
	label := func(name string) string { return fmt.Sprintf("%s%d", name, rows) }
	Label(label("group"))
	CMPQ(g.rows, Imm(uint64(rows)))
	JL(LabelRef(label("group_end")))
	x, left := Load(Param("x"), GP64()), Load(Param("cols"), GP64())
	at := make([]Register, rows)
	lane := make([][]VecVirtual, rows)
	for r := range rows {
		at[r] = GP64()
		MOVQ(g.a, at[r])
		ADDQ(g.stride, g.a)
		lane[r] = g.several(laneBytes / g.bytes)
		for _, y := range lane[r] {
			VXORPS(y, y, y)
		}
	}
	all := laneBytes / g.float.Size
	term := func(i int, mask Register) {
		a := access{simd: g.simd, disp: g.bytes * i, mask: mask}
		v := a.load(x)
		for r := range rows {
			a.combine(g.float.fma, at[r], v, lane[r][i])
		}
	}
	SUBQ(Imm(uint64(all)), left)
	JL(LabelRef(label("rest")))
	Label(label("lanes"))
	for i := range lane[0] {
		term(i, nil)
	}
	ADDQ(U32(laneBytes), x)
	for _, p := range at {
		ADDQ(U32(laneBytes), p)
	}
	SUBQ(Imm(uint64(all)), left)
	JGE(LabelRef(label("lanes")))
	Label(label("rest"))
	ADDQ(Imm(uint64(all)), left)
	JE(LabelRef(label("end")))
	g.last(len(lane[0]), left, label, term)
	Label(label("end"))
	zero := g.register()
	VXORPS(zero, zero, zero)
	for r := range rows {
		g.fold(lane[r], g.float.add)
		y := lane[r][0].AsX()
		g.float.add(zero.AsX(), y, y) // of zeros, the positive one
		g.float.storeFirst(y, Mem{Base: g.dst, Disp: g.float.Size * r})
	}
	ADDQ(Imm(uint64(rows*g.float.Size)), g.dst)
	SUBQ(Imm(uint64(rows)), g.rows)
	JMP(LabelRef(label("group")))
	Label(label("group_end"))
}
