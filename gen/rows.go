package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// rows emits the kernels on rows, which have a factor for each.
func (s simd) rows() {
	k := s.rowKernel(kernel.PerturbRows)
	dst, x, z := k.matrix("dst", "dstStride"), k.matrix("x", "xStride"), k.matrix("z", "cols")
	shift := Load(Param("shift"), GP64())
	sigma, scale := k.factor("sigma"), k.factor("scale")
	k.emit(func(a access) {
		v := a.load(x)
		VSUBPS(a.load(shift), v, v)
		VFMADD231PS(sigma.value, a.load(z), v) // fma(sigma, z, x-shift)
		VMULPS(scale.value, v, v)
		k.store(a, v, dst)
	}, nil)

	k = s.rowKernel(kernel.LangevinRows)
	x, score, z := k.matrix("x", "xStride"), k.matrix("score", "scoreStride"), k.matrix("z", "cols")
	drift, diffusion := k.factor("drift"), k.factor("diffusion")
	k.emit(func(a access) {
		v := a.load(x)
		VFMADD231PS(drift.value, a.load(score), v)
		VFMADD231PS(diffusion.value, a.load(z), v)
		k.store(a, v, x)
	}, nil)

	k = s.rowKernel(kernel.CombineRows)
	dst, x, y := k.matrix("dst", "dstStride"), k.matrix("x", "xStride"), k.matrix("y", "yStride")
	fa, fb := k.factor("a"), k.factor("b")
	k.emit(func(a access) {
		v := a.load(x)
		VMULPS(fa.value, v, v)
		VFMADD231PS(fb.value, a.load(y), v) // fma(b, y, a*x)
		k.store(a, v, dst)
	}, nil)
}

// rowSums emits the kernels on rows with sums over each, which have eight lanes.
func rowSums() {
	k := avx2.rowKernel(kernel.AddSquares)
	x := k.matrix("x", "stride")
	sums := Load(Param("sums"), GP64())
	lane := YMM()
	k.start = func() { VXORPS(lane, lane, lane) }
	k.emit(func(a access) {
		v := a.load(x)
		VFMADD231PS(v, v, lane)
	}, func() { addLanes(lane, k.numberOfRow(sums)) })

	k = avx2.rowKernel(kernel.MatchScore)
	df, y, f := k.matrix("df", "dfStride"), k.matrix("y", "yStride"), k.matrix("f", "fStride")
	z := k.matrix("z", "cols")
	fa, fb, fg := k.factor("a"), k.factor("b"), k.factor("gradient")
	lossSum := YMM()
	k.start = func() { VXORPS(lossSum, lossSum, lossSum) }
	k.emit(func(a access) {
		r := a.load(z)
		VFMADD231PS(fa.value, a.load(y), r)
		VFMADD231PS(fb.value, a.load(f), r) // r = fma(b, f, fma(a, y, z))
		if a.mask != nil {
			VANDPS(a.mask, r, r) // infinite factors make NaN of the zeros beyond the row
		}
		VFMADD231PS(r, r, lossSum)
		VMULPS(fg.value, r, r)
		k.store(a, r, df)
	}, func() {
		loss := GP64()
		MOVQ(argument("loss"), loss)
		addLanes(lossSum, k.numberOfRow(loss))
	})
}

// rowsKernel is a kernel that goes through a matrix row by row.
type rowsKernel struct {
	simd
	matrices []rowMatrix
	factors  []rowFactor
	row      GPVirtual // its number
	tail     GPVirtual // elements of a row after the last whole vector
	labels   int
	start    func() // of a row
}

// rowMatrix is an operand whose rows are stride elements apart.
type rowMatrix struct {
	row    GPVirtual
	stride string
}

// rowFactor is an operand with a number for each row, and the current row's in all lanes.
type rowFactor struct {
	argument Mem
	value    VecVirtual
}

// rowKernel begins a kernel; rows and cols are positive.
func (s simd) rowKernel(k kernel.Kernel) *rowsKernel {
	begin(k, s)
	return &rowsKernel{simd: s, row: GP64(), start: func() {}}
}

func (k *rowsKernel) matrix(name, stride string) Register {
	m := rowMatrix{Load(Param(name), GP64()).(GPVirtual), stride}
	k.matrices = append(k.matrices, m)
	return m.row
}

func (k *rowsKernel) factor(name string) rowFactor {
	f := rowFactor{argument(name), k.register()}
	k.factors = append(k.factors, f)
	return f
}

// numberOfRow is the current row's in a slice with a number for each row.
func (k *rowsKernel) numberOfRow(base Register) Mem { return Mem{Base: base, Index: k.row, Scale: 4} }

// emit emits body for every vector of every row, and end after each row.
func (k *rowsKernel) emit(body func(a access), end func()) {
	k.tail = GP64()
	MOVQ(argument("cols"), k.tail)
	ANDQ(Imm(uint64(k.lanes()-1)), k.tail)
	mask := k.lowLanes(k.tail)
	XORQ(k.row, k.row)
	Label("row")
	for _, f := range k.factors {
		p := GP64()
		MOVQ(f.argument, p)
		VBROADCASTSS(k.numberOfRow(p), f.value)
	}
	k.start()
	i, left := GP64(), GP64()
	XORQ(i, i)
	MOVQ(argument("cols"), left)
	SUBQ(Imm(uint64(k.lanes())), left)
	JL(LabelRef("tail"))
	Label("vectors")
	body(access{simd: k.simd, index: i})
	ADDQ(Imm(uint64(k.lanes())), i)
	SUBQ(Imm(uint64(k.lanes())), left)
	JGE(LabelRef("vectors"))
	Label("tail")
	TESTQ(k.tail, k.tail)
	JE(LabelRef("next"))
	body(access{simd: k.simd, index: i, mask: mask})
	Label("next")
	if end != nil {
		end()
	}
	for _, m := range k.matrices {
		stride := GP64()
		MOVQ(argument(m.stride), stride)
		LEAQ(Mem{Base: m.row, Index: stride, Scale: 4}, m.row)
	}
	INCQ(k.row)
	CMPQ(k.row, argument("rows"))
	JL(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// store writes a vector; at the end of a row in pieces, since a masked store takes as long as a dozen others.
func (k *rowsKernel) store(a access, v VecVirtual, to Register) {
	if a.mask == nil {
		a.store(v, to)
		return
	}
	p, x := GP64(), v.AsX()
	LEAQ(a.at(to), p)
	for n := k.lanes() / 2; n > 0; n /= 2 {
		k.labels++
		skip := fmt.Sprintf("stored%d", k.labels)
		TESTQ(U32(n), k.tail)
		JE(LabelRef(skip))
		switch n {
		case 8:
			VMOVUPS(v.AsY(), Mem{Base: p})
			VEXTRACTF64X4(Imm(1), v, v.AsY())
		case 4:
			VMOVUPS(x, Mem{Base: p})
			VEXTRACTF128(Imm(1), v.AsY(), x)
		case 2:
			VMOVLPS(x, Mem{Base: p})
			VMOVHLPS(x, x, x)
		case 1:
			VMOVSS(x, Mem{Base: p})
		}
		ADDQ(Imm(uint64(4*n)), p)
		Label(skip)
	}
}

// addLanes adds sumLanes of the lanes to the number at sum.
func addLanes(lane VecVirtual, sum Mem) {
	high, x := XMM(), lane.AsX()
	VEXTRACTF128(Imm(1), lane, high)
	VADDPS(high, x, x) // 0+4, 1+5, 2+6, 3+7
	VMOVHLPS(x, x, high)
	VADDPS(high, x, x) // (0+4)+(2+6), (1+5)+(3+7)
	VMOVSHDUP(x, high)
	VADDSS(high, x, x)
	VADDSS(sum, x, x)
	VMOVSS(x, sum)
}
