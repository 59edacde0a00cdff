package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() { more = append(more, simd.softmax) }

// softmax emits the kernels on rows that a softmax is made of.
func (s simd) softmax() {
	k := s.rowKernel(kernel.MaxRows)
	x, most := k.matrix("x", "stride"), k.factor("most")
	to := Load(Param("most"), GP64())
	k.emit(func(a access) {
		v := a.load(x)
		switch {
		case a.mask == nil:
			VMAXPS(most.value, v, most.value) // x > most ? x : most
		case s.masks:
			VMAXPS(most.value, v, a.mask, most.value)
		default:
			VBLENDVPS(a.mask, v, most.value, v)
			VMAXPS(most.value, v, most.value)
		}
	}, func() { maxLanes(s, most.value, k.numberOfRow(to)) })

	k = s.rowKernel(kernel.ExpRows)
	// What is stored piece by piece has to be in one of the first sixteen registers. With more constants
	// held, it would not be.
	e := held{few: heldByExp.few}.in(s)
	dst, x := k.matrix("dst", "dstStride"), k.matrix("x", "xStride")
	most, sums := k.factor("most"), Load(Param("sums"), GP64())
	lane := YMM()
	k.start = func() { VXORPS(lane, lane, lane) }
	k.emit(func(a access) {
		v := a.load(x)
		VSUBPS(most.value, v, v)
		v = e.exp(vectors{v})[0]
		addToLanes(s, v, a.mask, lane)
		k.store(a, v, dst)
	}, func() { addLanes(lane, k.numberOfRow(sums)) })

	k = s.rowKernel(kernel.DivideRows)
	x, by := k.matrix("x", "stride"), k.factor("by")
	k.emit(func(a access) {
		v := a.load(x)
		VDIVPS(by.value, v, v)
		k.store(a, v, x)
	}, nil)
}

// addToLanes adds the numbers of a vector that are in the mask, or all if it is nil, to eight lanes, the
// lower half first.
func addToLanes(s simd, v VecVirtual, mask Register, lane VecVirtual) {
	if s.bytes == vectorBytes {
		if mask != nil {
			w := YMM()
			VANDPS(mask, v, w)
			v = w
		}
		VADDPS(v, lane, lane)
		return
	}
	w := ZMM()
	if mask != nil {
		VMOVAPS_Z(v, mask, w)
	} else {
		VMOVAPS(v, w)
	}
	VADDPS(w.AsY(), lane, lane)
	VEXTRACTF64X4(Imm(1), w, w.AsY())
	VADDPS(w.AsY(), lane, lane)
}

// maxLanes stores the greatest of the lanes, and overwrites them.
func maxLanes(s simd, lanes VecVirtual, to Mem) {
	if s.bytes > vectorBytes {
		high := ZMM()
		VEXTRACTF64X4(Imm(1), lanes, high.AsY())
		VMAXPS(high.AsY(), lanes.AsY(), lanes.AsY())
	}
	high, x := XMM(), lanes.AsX()
	VEXTRACTF128(Imm(1), lanes.AsY(), high)
	VMAXPS(high, x, x)
	VMOVHLPS(x, x, high)
	VMAXPS(high, x, x)
	VMOVSHDUP(x, high)
	VMAXSS(high, x, x)
	VXORPS(high, high, high)
	VADDSS(high, x, x) // of zeros, the positive one
	VMOVSS(x, to)
}
