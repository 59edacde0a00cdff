package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() {
	more = append(more, func() {
		dotRows(S4, kernel.DotRows)
		dotRows(D2, kernel.DotRows64)
	})
}

// dotRows multiplies rows with a vector in the lanes of a dot product. A row has at most a block of columns.
func dotRows(of Arrangement, k kernel.Kernel) {
	begin(k)
	dst, a, rows, stride := Argument("dst"), Argument("a"), Argument("rows"), Argument("stride")
	LSL(stride, stride, sizeShift(of))
	b := &blockKernel{of: of, left: NewX(), operands: []X{NewX(), NewX()}}
	b.lane = registers(laneBytes / vectorBytes)
	Label("row")
	MOV(b.left, Argument("cols"))
	MOV(b.operands[0], a)
	MOV(b.operands[1], Argument("x"))
	for _, v := range b.lane {
		VZERO(v)
	}
	b.through(VZERO, func(lane V, x []V) { of.FMLA(lane, x[0], x[1]) })
	b.fold(of.FADD)
	zero := NewV()
	VZERO(zero)
	of.FADD(b.lane[0], b.lane[0], zero) // of zeros, the positive one
	access{elements: 1, double: of == D2}.store(b.lane[0], dst)
	ADDI(dst, dst, of.Bytes())
	ADD(a, a, stride)
	SUBS(rows, rows, 1)
	BNE("row")
	RET()
}
