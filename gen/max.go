package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() {
	more = append(more, func(s simd) {
		s.maxima(kernel.MaxBlocks, kernel.Argmax, false)
		s.maxima(kernel.AmaxBlocks, kernel.Iamax, true)
		s.in(double).maxima(kernel.MaxBlocks64, kernel.Argmax64, false)
		s.in(double).maxima(kernel.AmaxBlocks64, kernel.Iamax64, true)
	})
}

// maxima emits the greatest number of a block, or the greatest magnitude, and where it is.
func (s simd) maxima(most, at kernel.Kernel, magnitudes bool) {
	b := maxKernel{blockKernel: s.blockKernel(most)}
	b.begin(magnitudes)
	b.blocks(b.most)

	b = maxKernel{blockKernel: s.blockKernel(at)}
	b.begin(magnitudes)
	from := GP64()
	MOVQ(b.x, from)
	left := GP64()
	MOVQ(b.n, left)
	b.most(left)
	most32 := b.register()
	b.float.broadcast(b.lane[0].AsX(), most32)
	b.search(from, most32)
}

// maxKernel is a kernel that compares the elements of a block.
type maxKernel struct {
	*blockKernel
	x         Register
	lowest    VecVirtual
	magnitude VecVirtual // the bits of magnitudes, if those are compared
}

func (b *maxKernel) begin(magnitudes bool) {
	b.x = b.operand("x")
	b.lowest = b.copyOf(b.float.number(math.Inf(-1)))
	if magnitudes {
		b.magnitude = b.copyOf(b.float.magnitudes())
	}
}

// value reads a vector of what is compared.
func (b *maxKernel) value(a access, base Register) VecVirtual {
	if b.magnitude != nil {
		return a.magnitude(base, b.magnitude)
	}
	return a.load(base)
}

// most leaves the greatest number of left elements in the first lane.
func (b *maxKernel) most(left Register) {
	for _, lane := range b.lane {
		VMOVAPS(b.lowest, lane)
	}
	b.through(left, func(a access, lane VecVirtual) {
		v := b.value(a, b.x)
		switch { // x > most ? x : most
		case a.mask == nil:
			b.float.max(lane, v, lane)
		case b.masks:
			b.float.max(lane, v, a.mask, lane)
		default:
			VBLENDVPS(a.mask, v, lane, v)
			b.float.max(lane, v, lane)
		}
	})
	b.fold(b.lane, b.float.max)
	zero, x := XMM(), b.lane[0].AsX()
	VXORPS(zero, zero, zero)
	b.float.add(zero, x, x) // of zeros, the positive one
}

// search stores the index of the first of n elements that is v, or -1.
func (b *maxKernel) search(from Register, v VecVirtual) {
	const abreast = 4
	p, left, found := GP64(), b.n, GP64()
	MOVQ(from, p)
	SUBQ(Imm(uint64(abreast*b.lanes())), left)
	JL(LabelRef("few"))
	Label("search")
	var equal []Register
	for i := range abreast {
		equal = append(equal, b.equal(access{simd: b.simd, disp: b.bytes * i}, p, v))
	}
	b.anyOf(equal)
	JNE(LabelRef("few"))
	ADDQ(U32(abreast*b.bytes), p)
	SUBQ(Imm(uint64(abreast*b.lanes())), left)
	JGE(LabelRef("search"))
	Label("few")
	ADDQ(Imm(uint64(abreast*b.lanes())), left)
	JE(LabelRef("none"))
	Label("single")
	SUBQ(Imm(uint64(b.lanes())), left)
	JL(LabelRef("last"))
	b.bits(b.equal(access{simd: b.simd}, p, v), found)
	JNE(LabelRef("found"))
	ADDQ(Imm(uint64(b.bytes)), p)
	JMP(LabelRef("single"))
	Label("last")
	ADDQ(Imm(uint64(b.lanes())), left)
	JE(LabelRef("none"))
	b.bits(b.equal(access{simd: b.simd, mask: b.lowLanes(left)}, p, v), found)
	JNE(LabelRef("found"))
	Label("none")
	at := Load(Param("at"), GP64())
	MOVQ(I32(-1), Mem{Base: at})
	VZEROUPPER()
	RET()
	Label("found")
	BSFQ(found, found)
	SUBQ(from, p)
	SHRQ(Imm(uint64(b.float.Size/4+1)), p)
	ADDQ(p, found)
	at = Load(Param("at"), GP64())
	MOVQ(found, Mem{Base: at})
	VZEROUPPER()
	RET()
}

// equal compares a vector with v.
func (b *maxKernel) equal(a access, base Register, v VecVirtual) Register {
	compare := VCMPPS
	if b.float.Size == 8 {
		compare = VCMPPD
	}
	x := b.value(a, base)
	if b.masks {
		k := K()
		if a.mask != nil {
			compare(Imm(0), x, v, a.mask, k)
		} else {
			compare(Imm(0), x, v, k)
		}
		return k
	}
	compare(Imm(0), x, v, x)
	if a.mask != nil {
		VANDPS(a.mask, x, x)
	}
	return x
}

// anyOf sets the flags to not equal where a lane of a comparison is set.
func (b *maxKernel) anyOf(equal []Register) {
	if b.masks {
		low, high := K(), K()
		KORW(equal[0], equal[1], low)
		KORW(equal[2], equal[3], high)
		KORTESTW(low, high)
		return
	}
	for _, i := range []int{1, 3} {
		VORPS(equal[i], equal[i-1], equal[i-1])
	}
	VORPS(equal[2], equal[0], equal[0])
	VPTEST(equal[0], equal[0])
}

// bits sets found to a bit for each lane of a comparison, and the flags.
func (b *maxKernel) bits(equal Register, found Register) {
	low := found.(GPVirtual).As32()
	switch {
	case b.masks:
		KMOVW(equal, low)
	case b.float.Size == 4:
		VMOVMSKPS(equal, low)
	default:
		VMOVMSKPD(equal, low)
	}
	TESTL(low, low)
}

// max emits VMAXPS or VMAXPD.
func (f precision) max(ops ...Op) {
	if f.Size == 4 {
		VMAXPS(ops...)
	} else {
		VMAXPD(ops...)
	}
}

// number returns a constant with x in every lane.
func (f precision) number(x float64) Mem {
	if f.Size == 4 {
		return floats(float32(x))
	}
	return doubles(x)
}
