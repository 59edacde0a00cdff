package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/program"
	"github.com/seed964deb49/langevin/internal/coef"
)

// philox is Philox4x32-10 on as many counters at once as a register has 64-bit lanes. Each word is in the low
// half of a lane. VPMULUDQ reads only the low halves, so the high ones may hold anything. The low word of a
// product is the product itself, and the high word is one shift away.
//
// With c0..c3 the words, one round is
//
//	c0, c1, c2, c3 = hi(M1*c2)^c1^k0, lo(M1*c2), hi(M0*c0)^c3^k1, lo(M0*c0)
//
// In a run of blocks only c0 differs. Its product with M0 grows by the same amount from block to block. The
// kernel computes once what the first three rounds do to the other words.
type philox struct {
	simd
	product Mem // M0 times the number of the next block in each lane, 64 bits
	table   Mem // of the constants below
}

// Constants 2r and 2r+1 are the keys k0 and k1 of round r. Those of the first three rounds are mixed with the
// words that all blocks share. A constant stands in memory for each lane, or once where instructions
// broadcast. Those of the last round stand in the half of a lane where final wants them.
const philoxConstants = 2 * coef.PhiloxRounds

// constantBytes is the room that a constant takes in the table.
func (p philox) constantBytes() int {
	if p.broadcasts {
		return 8
	}
	return vectorBytes
}

func (p philox) at(constant int) Mem { return p.table.Offset(constant * p.constantBytes()) }

// newPhilox prepares the constants of a stream and the product of group's first blocks.
func newPhilox(s simd, seed, stream, group GPVirtual) philox {
	p := philox{simd: s, product: alignedLocal(s.bytes, s.bytes)}
	p.table = alignedLocal(philoxConstants*p.constantBytes(), s.bytes)
	keys := philoxKeys{lowWord(seed), highWord(seed)}
	// The group's first block is 4*group.
	block := GP64()
	MOVQ(group, block)
	SHLQ(Imm(2), block)
	p.firstRounds(keys, highWord(block), lowWord(stream), highWord(stream))
	p.keysOfRounds(keys)

	// The numbers of the first blocks, then their products.
	MOVL(block.As32(), block.As32())
	product0 := p.lanesOf(block)
	VPADDQ(counting64(), product0, product0)
	VPMULUDQ(ints(coef.PhiloxM0), product0, product0)
	VMOVUPS(product0, p.product)
	return p
}

// philoxKeys are the keys k0 and k1 of a round.
type philoxKeys [2]GPVirtual

// next makes them those of the next round.
func (k philoxKeys) next() {
	ADDL(U32(coef.PhiloxW0), k[0].As32())
	ADDL(U32(coef.PhiloxW1), k[1].As32())
}

// firstRounds puts the constants of the first three rounds in their places.
func (p philox) firstRounds(k philoxKeys, c1, c2, c3 GPVirtual) {
	XORQ(k[1], c3)
	p.put(1, c3) // c3 ^ k1
	product := productWith(coef.PhiloxM1, c2)
	c0 := highWord(product) // hi(M1*c2) ^ c1 ^ k0, which all blocks share
	XORQ(c1, c0)
	XORQ(k[0], c0)

	k.next()
	x := lowWord(product)
	XORQ(k[0], x)
	p.put(2, x) // c1 ^ k0
	product = productWith(coef.PhiloxM0, c0)
	x = highWord(product)
	XORQ(k[1], x)
	p.put(3, x) // hi(M0*c0) ^ k1

	k.next()
	p.put(4, k[0])
	x = lowWord(product)
	XORQ(k[1], x)
	p.put(5, x) // c3 ^ k1
}

// keysOfRounds puts the keys of the other rounds in their places.
func (p philox) keysOfRounds(k philoxKeys) {
	if p.broadcasts {
		for r := 3; r < coef.PhiloxRounds; r++ {
			k.next()
			if r == coef.PhiloxRounds-1 {
				SHLQ(Imm(32), k[0])
				SHLQ(Imm(32), k[1])
			}
			p.put(2*r, k[0])
			p.put(2*r+1, k[1])
		}
		return
	}
	for i, first := range k { // in all lanes at once
		key := p.lanesOf(first)
		step := splat64(fmt.Sprintf("philox_w%d", i), uint64([]uint32{coef.PhiloxW0, coef.PhiloxW1}[i]))
		for r := 3; r < coef.PhiloxRounds; r++ {
			VPADDD(step, key, key)
			VMOVDQA(key, p.at(2*r+i))
		}
	}
}

// put keeps a constant.
func (p philox) put(constant int, x GPVirtual) {
	if p.broadcasts {
		MOVQ(x, p.at(constant))
		return
	}
	VMOVDQA(p.lanesOf(x), p.at(constant))
}

// lanesOf returns a register with x in all lanes of 64 bits.
func (p philox) lanesOf(x GPVirtual) VecVirtual {
	word, all := XMM(), p.register()
	VMOVQ(x, word)
	VPBROADCASTQ(word, all)
	return all
}

// lowWord returns the lower half of x.
func lowWord(x GPVirtual) GPVirtual {
	y := GP64()
	MOVL(x.As32(), y.As32())
	return y
}

// highWord returns the upper half of x.
func highWord(x GPVirtual) GPVirtual {
	y := GP64()
	MOVQ(x, y)
	SHRQ(Imm(32), y)
	return y
}

// productWith returns the 64 bits of m*x.
func productWith(m uint32, x GPVirtual) GPVirtual {
	y := GP64()
	MOVL(U32(m), y.As32())
	IMULQ(x, y)
	return y
}

// counting64 is the constant 0, 1, 2, ... in 64-bit lanes.
func counting64() Mem {
	var w [maxWords]uint32
	for i := range w {
		if i%2 == 0 {
			w[i] = uint32(i / 2)
		}
	}
	return words("counting64", w)
}

// splat64 is a constant with x in every 64-bit lane.
func splat64(name string, x uint64) Mem {
	var w [maxWords]uint32
	for i := range w {
		w[i] = uint32(x >> (i % 2 * 32))
	}
	return words(name, w)
}

// xorConstant emits x ^= constant.
func (p philox) xorConstant(constant int, x VecVirtual) {
	if p.broadcasts {
		VPXORQ_BCST(p.at(constant), x, x)
		return
	}
	VPXOR(p.at(constant), x, x)
}

// prepare emits y ^= constant for several y, before the products are there that mix adds them to. Where one
// instruction mixes all three, it leaves this step to mix.
func (p philox) prepare(constant int, ys []VecVirtual) {
	if p.ternary {
		return
	}
	for _, y := range ys {
		VPXOR(p.at(constant), y, y)
	}
}

// mix emits x ^= y ^ constant, of which prepare may have done a part.
func (p philox) mix(constant int, y, x VecVirtual) {
	if p.ternary {
		VPTERNLOGQ_BCST(U8(0x96), p.at(constant), y, x)
		return
	}
	VPXOR(y, x, x)
}

// final emits the words of the last round, which prepare has seen. Even 32-bit lanes get lo(product), and odd
// ones get hi(product)^c^k.
func (p philox) final(constant int, product, c VecVirtual) VecVirtual {
	out := p.register()
	VPSLLQ(Imm(32), c, out)
	p.mix(constant, product, out)
	return out
}

// wordPair is the random words for as many radii and angles as a register has lanes.
type wordPair struct{ radius, angle VecVirtual }

// next returns the program that computes the words of the next n registers of blocks. The program also moves
// the product on. Lane l of a result has words 1-l%2 and 3-l%2 of block l/2.
func (p philox) next(n int) (program.Program, []wordPair) {
	var steps program.Program
	c, out := make([][4]VecVirtual, n), make([]wordPair, n)
	p.begin(&steps, c)
	for r := 2; r < coef.PhiloxRounds; r++ {
		p.round(&steps, r, c, out)
	}
	return steps, out
}

// begin does the first two rounds, of which little is left to do, and moves the product on.
func (p philox) begin(steps *program.Program, c [][4]VecVirtual) {
	// n registers of blocks on, the product has grown by this.
	growth := func(n int) Mem {
		return splat64(fmt.Sprintf("product_%d_blocks", n*p.bytes/8), uint64(n*p.bytes/8)*coef.PhiloxM0)
	}
	for g := range c {
		steps.Do(func() {
			c2, c3 := p.register(), p.register()
			VMOVUPS(p.product, c3)
			if g > 0 {
				VPADDQ(growth(g), c3, c3)
			}
			VPSRLQ(Imm(32), c3, c2)
			p.xorConstant(1, c2) // c2 = hi(M0*c0) ^ (c3 ^ k1), c3 = lo(M0*c0)
			c[g][2], c[g][3] = c2, c3
		})
	}
	steps.Do(func() {
		next := p.register()
		VMOVUPS(p.product, next)
		VPADDQ(growth(len(c)), next, next)
		VMOVUPS(next, p.product)
	})
	for g := range c {
		steps.Do(func() {
			c0, c1 := p.register(), p.register()
			VPMULUDQ(p.constant(ints(coef.PhiloxM1)), c[g][2], c1)
			VPSRLQ(Imm(32), c1, c0)
			p.xorConstant(2, c0)      // c0 = hi(M1*c2) ^ (c1 ^ k0), c1 = lo(M1*c2)
			p.xorConstant(3, c[g][3]) // c2 = c3 ^ (hi(M0*c0) ^ k1); c3 = lo(M0*c0) is in the next constants
			c[g] = [4]VecVirtual{c0, c1, c[g][3], nil}
		})
	}
}

// round does one of the other rounds, the last into out.
func (p philox) round(steps *program.Program, r int, c [][4]VecVirtual, out []wordPair) {
	// All products come first, and what needs none of them. Then nothing waits for them.
	var p0, p1 []VecVirtual
	for g := range c {
		p0, p1 = append(p0, p.register()), append(p1, p.register())
		steps.Do(func() {
			VPMULUDQ(p.constant(ints(coef.PhiloxM0)), c[g][0], p0[g])
			VPMULUDQ(p.constant(ints(coef.PhiloxM1)), c[g][2], p1[g])
		})
	}
	for _, i := range []int{1, 3} {
		if r == 2 && i == 3 {
			continue // c3 is in the constant
		}
		steps.Do(func() {
			var ys []VecVirtual
			for g := range c {
				ys = append(ys, c[g][i])
			}
			p.prepare(2*r+i/2, ys)
		})
	}
	for g := range c {
		if r == coef.PhiloxRounds-1 {
			steps.Do(func() { out[g].radius = p.final(2*r, p1[g], c[g][1]) })
			steps.Do(func() { out[g].angle = p.final(2*r+1, p0[g], c[g][3]) })
			continue
		}
		steps.Do(func() {
			c0 := p.register()
			VPSRLQ(Imm(32), p1[g], c0)
			p.mix(2*r, c[g][1], c0)      // c0 = hi(M1*c2) ^ c1 ^ k0
			c[g][0], c[g][1] = c0, p1[g] // c1 = lo(M1*c2)
		})
		steps.Do(func() {
			c2 := p.register()
			VPSRLQ(Imm(32), p0[g], c2)
			if r == 2 {
				p.xorConstant(2*r+1, c2)
			} else {
				p.mix(2*r+1, c[g][3], c2) // c2 = hi(M0*c0) ^ c3 ^ k1
			}
			c[g][2], c[g][3] = c2, p0[g] // c3 = lo(M0*c0)
		})
	}
}
