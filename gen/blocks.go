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
		s.sums(kernel.DotBlocks, kernel.SquareBlocks, kernel.SumBlocks, kernel.AsumBlocks)
		s.in(double).sums(kernel.DotBlocks64, kernel.SquareBlocks64, kernel.SumBlocks64, kernel.AsumBlocks64)
	})
}

// sums emits the kernels that sum a block in lanes.
func (s simd) sums(dot, squares, sum, asum kernel.Kernel) {
	b := s.blockKernel(dot)
	x, y := b.operand("x"), b.operand("y")
	b.emit(func(a access, lane VecVirtual) {
		v := a.load(x)
		a.combine(s.float.fma, y, v, lane)
	})

	b = s.blockKernel(squares)
	x = b.operand("x")
	b.emit(func(a access, lane VecVirtual) {
		v := a.load(x)
		s.float.fma(v, v, lane)
	})

	b = s.blockKernel(sum)
	x = b.operand("x")
	b.emit(func(a access, lane VecVirtual) { a.combine(s.float.add, x, lane, lane) })

	b = s.blockKernel(asum)
	x = b.operand("x")
	magnitude := s.copyOf(s.float.magnitudes())
	b.emit(func(a access, lane VecVirtual) { s.float.add(a.magnitude(x, magnitude), lane, lane) })
}

// magnitudes returns a constant with all bits but the signs.
func (f precision) magnitudes() Mem {
	if f.Size == 4 {
		return ints(0x7fffffff)
	}
	return longs(1<<63 - 1)
}

// magnitude reads a vector without its signs.
func (a access) magnitude(base Register, bits VecVirtual) VecVirtual {
	v := a.register()
	var from Op = a.at(base)
	if a.mask != nil {
		from = a.load(base)
	}
	if a.masks {
		VPANDD(from, bits, v)
	} else {
		VPAND(from, bits, v)
	}
	return v
}

// combine emits an instruction whose first operand is a vector in memory.
func (a access) combine(instruction func(ops ...Op), base Register, v, to VecVirtual) {
	switch {
	case a.mask == nil:
		instruction(a.at(base), v, to)
	case a.masks:
		instruction(a.at(base), v, a.mask, to)
	default:
		instruction(a.load(base), v, to)
	}
}

// laneBytes is the size of all lanes of a sum.
const laneBytes = 256

// blockKernel is a kernel that makes a number of each block of its operands, in lanes.
type blockKernel struct {
	simd
	n        Register
	operands []Register
	lane     []VecVirtual
}

// blockKernel begins a kernel; n is positive.
func (s simd) blockKernel(k kernel.Kernel) *blockKernel {
	begin(k, s)
	return &blockKernel{simd: s, lane: s.several(laneBytes / s.bytes), n: Load(Param("n"), GP64())}
}

func (b *blockKernel) operand(name string) Register {
	r := Load(Param(name), GP64())
	b.operands = append(b.operands, r)
	return r
}

// emit emits the sums of the blocks, to whose lanes term adds a vector.
func (b *blockKernel) emit(term func(a access, lane VecVirtual)) {
	b.blocks(func(left Register) {
		for _, lane := range b.lane {
			VXORPS(lane, lane, lane)
		}
		b.through(left, term)
		b.fold(b.lane, b.float.add)
	})
}

// blocks emits body for each block of left elements. What body leaves in the first lane is stored.
func (b *blockKernel) blocks(body func(left Register)) {
	of := Load(Param("of"), GP64())
	left, whole := GP64(), GP64()
	MOVQ(U32(kernel.BlockElements), whole)
	Label("block")
	MOVQ(b.n, left)
	CMPQ(left, whole)
	CMOVQGT(whole, left)
	body(left)
	b.float.storeFirst(b.lane[0].AsX(), Mem{Base: of})
	ADDQ(Imm(uint64(b.float.Size)), of)
	SUBQ(whole, b.n)
	JG(LabelRef("block"))
	VZEROUPPER()
	RET()
}

// through emits term for all vectors of left elements, of which there are some.
func (b *blockKernel) through(left Register, term func(a access, lane VecVirtual)) {
	all := laneBytes / b.float.Size
	SUBQ(Imm(uint64(all)), left)
	JL(LabelRef("rest"))
	Label("lanes")
	for i, lane := range b.lane {
		term(access{simd: b.simd, disp: b.bytes * i}, lane)
	}
	for _, x := range b.operands {
		ADDQ(U32(laneBytes), x)
	}
	SUBQ(Imm(uint64(all)), left)
	JGE(LabelRef("lanes"))
	Label("rest")
	ADDQ(Imm(uint64(all)), left)
	JE(LabelRef("end"))
	b.last(len(b.lane), left, func(name string) string { return name }, func(i int, mask Register) {
		term(access{simd: b.simd, disp: b.bytes * i, mask: mask}, b.lane[i])
	})
	Label("end")
}

// last emits term for the vectors of left elements, of which there are some, and fewer than so many vectors
// have. It goes on to the label end.
func (s simd) last(vectors int, left Register, label func(name string) string,
	term func(i int, mask Register)) {
	cut := func(i int) string { return fmt.Sprintf("%s_%d", label("last"), i) }
	for i := range vectors - 1 {
		SUBQ(Imm(uint64(s.lanes())), left)
		JLE(LabelRef(cut(i)))
		term(i, nil)
	}
	SUBQ(Imm(uint64(s.lanes())), left)
	for i := vectors - 1; i >= 0; i-- {
		Label(cut(i))
		ADDQ(Imm(uint64(s.lanes())), left)
		term(i, s.lowLanes(left))
		if i > 0 {
			JMP(LabelRef(label("end")))
		}
	}
}

// storeFirst writes the first lane.
func (f precision) storeFirst(x Op, to Mem) {
	if f.Size == 4 {
		VMOVSS(x, to)
	} else {
		VMOVSD(x, to)
	}
}

// fold combines lanes by halves into the first one.
func (s simd) fold(lane []VecVirtual, combine func(ops ...Op)) {
	for half := len(lane) / 2; half > 0; half /= 2 {
		for i := range half {
			combine(lane[i+half], lane[i], lane[i])
		}
	}
	high, y, x := s.register(), lane[0].AsY(), lane[0].AsX()
	if s.bytes == 64 {
		VEXTRACTF64X4(Imm(1), lane[0], high.AsY())
		combine(high.AsY(), y, y)
	}
	VEXTRACTF128(Imm(1), y, high.AsX())
	combine(high.AsX(), x, x)
	if s.float.Size == 4 {
		VMOVHLPS(x, x, high.AsX())
		combine(high.AsX(), x, x)
		VMOVSHDUP(x, high.AsX())
	} else {
		VUNPCKHPD(x, x, high.AsX())
	}
	combine(high.AsX(), x, x)
}
