package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/internal/coef"
)

// groupSize is the number of normals of a group: four Philox blocks, one in each 64-bit lane.
const groupSize = 16

func noise() {
	noiseKernel("fillNoiseAVX2", "dst *float32, ", "fillNoiseGroupsGeneric",
		func() sink {
			dst := Load(Param("dst"), GP64())
			return func(z VecVirtual, a access, disp int) {
				VMOVUPS(z, a.at(dst).Offset(disp))
			}
		})
	noiseKernel("addNoiseAVX2", "dst, x *float32, sigma float32, ", "addNoiseGroupsGeneric",
		func() sink {
			dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
			sigma := broadcastParam("sigma")
			return func(z VecVirtual, a access, disp int) {
				VFMADD213PS(a.at(x).Offset(disp), sigma, z) // fma(sigma, z, x)
				VMOVUPS(z, a.at(dst).Offset(disp))
			}
		})
	noiseKernel("addScaledNoiseAVX2", "dst, x, sigma *float32, ", "addScaledNoiseGroupsGeneric",
		func() sink {
			dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
			sigma := Load(Param("sigma"), GP64())
			return func(z VecVirtual, a access, disp int) {
				s := YMM()
				VMOVUPS(a.at(sigma).Offset(disp), s)
				VFMADD213PS(a.at(x).Offset(disp), s, z) // fma(sigma, z, x)
				VMOVUPS(z, a.at(dst).Offset(disp))
			}
		})
	noiseKernel("langevinAVX2", "x, score *float32, drift, diffusion float32, ", "langevinGroupsGeneric",
		func() sink {
			x, score := Load(Param("x"), GP64()), Load(Param("score"), GP64())
			drift, diffusion := broadcastParam("drift"), broadcastParam("diffusion")
			return func(z VecVirtual, a access, disp int) {
				t := YMM()
				VMOVUPS(a.at(x).Offset(disp), t)
				VFMADD231PS(a.at(score).Offset(disp), drift, t) // t = fma(drift, score, x)
				VFMADD213PS(t, diffusion, z)                    // fma(diffusion, z, t)
				VMOVUPS(z, a.at(x).Offset(disp))
			}
		})
}

// sink takes eight normals that belong to the elements at a, disp bytes on. It may overwrite z.
type sink func(z VecVirtual, a access, disp int)

// noiseKernel emits a kernel on whole groups. Two groups at a time are in flight, as far as registers go, to hide the
// latency of Philox's ten rounds.
func noiseKernel(name, operands, definition string, open func() sink) {
	TEXT(name, 0, "func("+operands+"groups int, seed, stream, group uint64)")
	Pragma("noescape")
	Doc(name+" is "+definition+" on a number of groups; the low half of the block counter,",
		"4*group, must not overflow on the way.")
	use := open()
	groups := Load(Param("groups"), GP64())
	p := newPhilox(
		Load(Param("seed"), GP64()), Load(Param("stream"), GP64()), Load(Param("group"), GP64()))
	at := access{index: GP64()}
	XORQ(at.index, at.index)

	batch := func(n int) {
		for g, w := range p.next(n) {
			z0, z1 := boxMuller(w)
			use(z0, at, 4*groupSize*g)
			use(z1, at, 4*groupSize*g+4*lanes)
		}
		ADDQ(U32(groupSize*n), at.index)
	}
	const inFlight = 2
	SUBQ(Imm(inFlight), groups)
	JL(LabelRef("rest"))
	Label("batch")
	batch(inFlight)
	SUBQ(Imm(inFlight), groups)
	JGE(LabelRef("batch"))
	Label("rest")
	ADDQ(Imm(inFlight), groups)
	JE(LabelRef("done"))
	Label("single")
	batch(1)
	DECQ(groups)
	JNE(LabelRef("single"))
	Label("done")
	VZEROUPPER()
	RET()
}

// philox is Philox4x32-10 on four counters at once, each word in the low half of a 64-bit lane. VPMULUDQ reads only
// the low halves, so that the high ones may hold anything: the low word of a product is the product itself, the high
// word one shift away.
type philox struct {
	block    VecVirtual // counters of the next group
	constant GPVirtual  // 32-byte aligned: round keys, then words 1 to 3 of the first counter
}

const (
	keyBytes  = 64 // one round's two keys
	wordBytes = 32
	counters  = coef.PhiloxRounds * keyBytes
)

// newPhilox prepares the keys and the counters of a stream from group on.
func newPhilox(seed, stream, group Register) philox {
	p := philox{block: YMM(), constant: GP64()}
	local := AllocLocal(counters + 3*wordBytes + wordBytes)
	LEAQ(local, p.constant)
	ADDQ(Imm(wordBytes-1), p.constant)
	ANDQ(I8(-wordBytes), p.constant)

	key0, key1 := halves(seed)
	for r := range coef.PhiloxRounds {
		VMOVDQA(key0, p.key(r, 0))
		VMOVDQA(key1, p.key(r, 1))
		VPADDD(ints(coef.PhiloxW0), key0, key0)
		VPADDD(ints(coef.PhiloxW1), key1, key1)
	}
	SHLQ(Imm(2), group)
	x, carry := XMM(), YMM()
	VMOVQ(group, x)
	VPBROADCASTQ(x, p.block)
	VPSRLQ(Imm(32), p.block, carry)
	VMOVDQA(carry, p.word(1))
	low, high := halves(stream)
	VMOVDQA(low, p.word(2))
	VMOVDQA(high, p.word(3))
	VPADDQ(words("lanes64", [lanes]uint32{0, 0, 1, 0, 2, 0, 3, 0}), p.block, p.block)
	return p
}

// halves returns the low and high 32 bits of x in every lane.
func halves(x Register) (low, high VecVirtual) {
	both := XMM()
	VMOVQ(x, both)
	low, high = YMM(), YMM()
	VPBROADCASTQ(both, high)
	VPBROADCASTD(both, low)
	VPSHUFD(Imm(0xf5), high, high)
	return low, high
}

func (p philox) key(round, i int) Mem {
	return Mem{Base: p.constant, Disp: round*keyBytes + i*wordBytes}
}

func (p philox) word(i int) Mem { return Mem{Base: p.constant, Disp: counters + (i-1)*wordBytes} }

// next emits the words of the next n groups, their rounds interleaved, and moves the counters on. Each result holds,
// in lane l, words l%2 and 2+l%2 of block l/2.
func (p philox) next(n int) []pair {
	c := make([][4]VecVirtual, n)
	for g := range c {
		for i := range c[g] {
			c[g][i] = YMM()
		}
		VMOVDQA(p.block, c[g][0])
		for i := 1; i < 4; i++ {
			VMOVDQA(p.word(i), c[g][i])
		}
		VPADDQ(words("four64", [lanes]uint32{4, 0, 4, 0, 4, 0, 4, 0}), p.block, p.block)
	}
	m0, m1 := ints(coef.PhiloxM0), ints(coef.PhiloxM1)
	for r := range coef.PhiloxRounds {
		for g := range c {
			p0, p1 := YMM(), YMM()
			VPMULUDQ(m0, c[g][0], p0)
			VPMULUDQ(m1, c[g][2], p1)
			// The old words 1 and 3 meet the key first, off the path through the products.
			VPXOR(p.key(r, 0), c[g][1], c[g][1])
			VPXOR(p.key(r, 1), c[g][3], c[g][3])
			VPSRLQ(Imm(32), p1, c[g][0])
			VPSRLQ(Imm(32), p0, c[g][2])
			VPXOR(c[g][1], c[g][0], c[g][0]) // c0 = hi(M1*c2) ^ c1 ^ k0
			VPXOR(c[g][3], c[g][2], c[g][2]) // c2 = hi(M0*c0) ^ c3 ^ k1
			c[g][1], c[g][3] = p1, p0        // c1 = lo(M1*c2), c3 = lo(M0*c0)
		}
	}
	out := make([]pair, n)
	for g := range c {
		out[g] = pair{interleave(c[g][0], c[g][1]), interleave(c[g][2], c[g][3])}
	}
	return out
}

// pair is eight random words for radii and eight for angles.
type pair struct{ radius, angle VecVirtual }

// interleave returns the low halves of even in the even lanes and those of odd in the odd lanes.
func interleave(even, odd VecVirtual) VecVirtual {
	VPSLLQ(Imm(32), odd, odd)
	VPBLENDD(Imm(0xaa), odd, even, even)
	return even
}

// boxMuller emits radius*cos and radius*sin of eight pairs of words.
func boxMuller(w pair) (z0, z1 VecVirtual) {
	r := radius(w.radius)
	sin, cos := sincos(w.angle)
	// Bit 31 of the angle negates both; on the radius that is one instruction.
	VANDPS(ints(signBit), w.angle, w.angle)
	VXORPS(w.angle, r, r)
	VMULPS(cos, r, cos)
	VMULPS(sin, r, sin)
	return cos, sin
}

// radius emits sqrt(-2 log u) of eight words. The definition's u = fma(w>>1, 2^-31, 2^-32) is here (w>>1) + 1/2, which
// has the same mantissa; the factor 2^31 goes with the exponent.
func radius(w VecVirtual) VecVirtual {
	const scale = 31 << 23
	VPSRLD(Imm(1), w, w)
	VCVTDQ2PS(w, w)
	VADDPS(floats(0.5), w, w)
	VPSUBD(ints(coef.SqrtHalfBits+scale), w, w)
	k := YMM()
	VPSRAD(Imm(23), w, k) // k = (bits(u) - bits(sqrt 1/2)) >> 23
	VPAND(ints(1<<23-1), w, w)
	VPADDD(ints(coef.SqrtHalfBits), w, w) // bits(u) - k<<23 = bits(1+f)
	VSUBPS(floats(1), w, w)               // f
	p := horner(w, coef.NegTwoLog[:])
	VCVTDQ2PS(k, k)
	VMULPS(floats(coef.NegTwoLn2), k, k)
	VFMADD213PS(k, w, p) // fma(f, P(f), -2 ln(2) k)
	VSQRTPS(p, p)
	return p
}

// sincos emits the sine and cosine of eight angles, but for the sign in bit 31, and leaves v as it is.
func sincos(v VecVirtual) (sin, cos VecVirtual) {
	x := YMM()
	VPSLLD(Imm(2), v, x)
	VCVTDQ2PS(x, x)
	VMULPS(floats(0x1p-32), x, x)
	t := YMM()
	VMULPS(x, x, t)
	s := horner(t, coef.SinQuarter[:])
	VMULPS(x, s, s)
	c := horner(t, coef.CosQuarter[:])
	swap := YMM()
	VPSLLD(Imm(1), v, swap) // bit 30 to the sign, which is what a blend looks at
	sin, cos = YMM(), YMM()
	VBLENDVPS(swap, c, s, sin)
	VBLENDVPS(swap, s, c, cos)
	return sin, cos
}
