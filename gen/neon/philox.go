package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/program"
	"github.com/seed964deb49/langevin/internal/coef"
)

// philox is Philox4x32-10 on the four blocks of a group at once. A register holds one word of each block.
// UMULL and UMULL2 make the products of two lanes each, and UZP1 and UZP2 sort their halves.
//
// With c0..c3 the words, one round is
//
//	c0, c1, c2, c3 = hi(M1*c2)^c1^k0, lo(M1*c2), hi(M0*c0)^c3^k1, lo(M0*c0)
//
// In a run of blocks only c0 differs. Its product with M0 grows by the same amount from block to block. The
// kernel computes once what the first three rounds do to the other words.
type philox struct {
	table   X    // of the constants below, each in every lane
	product [2]V // M0 times the numbers of the next group's blocks, 64 bits
	grows   V    // what to add to it for a group
	m0, m1  V
}

// Constants 2r and 2r+1 are the keys k0 and k1 of round r. Those of the first three rounds are mixed with the
// words that all blocks share.
const philoxConstants = 2 * coef.PhiloxRounds

func (p philox) at(constant int) Mem { return Mem{Base: p.table, Disp: constant * vectorBytes} }

// newPhilox prepares the constants of a stream and the products of group's blocks.
func newPhilox(pool pool, seed, stream, group X) philox {
	p := philox{table: Local(philoxConstants * vectorBytes)}
	keys := philoxKeys{lowWord(seed), highWord(seed), NewX(), NewX()}
	MOVI(keys.w0, coef.PhiloxW0)
	MOVI(keys.w1, coef.PhiloxW1)
	// The group's first block is 4*group.
	block := NewX()
	LSL(block, group, 2)
	p.firstRounds(keys, highWord(block), lowWord(stream), highWord(stream))
	for r := 3; r < coef.PhiloxRounds; r++ {
		keys.next()
		p.put(2*r, keys.k0)
		p.put(2*r+1, keys.k1)
	}

	p.m0 = load(pool.ints(coef.PhiloxM0))
	p.m1 = load(pool.ints(coef.PhiloxM1))
	numbers := NewV()
	MOVW(block, block)
	S4.DUPX(numbers, block)
	S4.ADD(numbers, numbers, load(Words(pool.table, [4]uint32{0, 1, 2, 3})))
	p.product = wide(numbers, p.m0)
	const growth = 4 * coef.PhiloxM0
	const low, high = growth & 0xffffffff, growth >> 32
	p.grows = load(Words(pool.table, [4]uint32{low, high, low, high}))
	return p
}

// philoxKeys are the keys of a round, and what they grow by.
type philoxKeys struct{ k0, k1, w0, w1 X }

// next makes the keys those of the next round.
func (k philoxKeys) next() {
	ADDW(k.k0, k.k0, k.w0)
	ADDW(k.k1, k.k1, k.w1)
}

// firstRounds puts the constants of the first three rounds in their places.
func (p philox) firstRounds(k philoxKeys, c1, c2, c3 X) {
	EOR(c3, c3, k.k1)
	p.put(1, c3) // c3 ^ k1
	product := productWith(coef.PhiloxM1, c2)
	c0 := highWord(product) // hi(M1*c2) ^ c1 ^ k0, which all blocks share
	EOR(c0, c0, c1)
	EOR(c0, c0, k.k0)

	k.next()
	x := lowWord(product)
	EOR(x, x, k.k0)
	p.put(2, x) // c1 ^ k0
	product = productWith(coef.PhiloxM0, c0)
	x = highWord(product)
	EOR(x, x, k.k1)
	p.put(3, x) // hi(M0*c0) ^ k1

	k.next()
	p.put(4, k.k0)
	x = lowWord(product)
	EOR(x, x, k.k1)
	p.put(5, x) // c3 ^ k1
}

// put keeps a constant in every lane.
func (p philox) put(constant int, x X) {
	v := NewV()
	S4.DUPX(v, x)
	STR(v, p.at(constant))
}

// lowWord returns the lower half of x.
func lowWord(x X) X {
	y := NewX()
	MOVW(y, x)
	return y
}

// highWord returns the upper half of x.
func highWord(x X) X {
	y := NewX()
	LSR(y, x, 32)
	return y
}

// productWith returns the 64 bits of m*x.
func productWith(m int64, x X) X {
	y := NewX()
	MOVI(y, m)
	MUL(y, y, x)
	return y
}

// wide returns the products of the lanes of x and m, 64 bits.
func wide(x, m V) [2]V {
	low, high := NewV(), NewV()
	UMULL(low, x, m)
	UMULL2(high, x, m)
	return [2]V{low, high}
}

// halves returns the low and the high words of products.
func halves(product [2]V) (lo, hi V) {
	lo, hi = NewV(), NewV()
	S4.UZP1(lo, product[0], product[1])
	S4.UZP2(hi, product[0], product[1])
	return lo, hi
}

// wordPair is the random words for a vector of radii and one of angles.
type wordPair struct{ radius, angle V }

// next returns the program that computes the words of the next n groups. Pair 2g+h belongs to blocks 2h and
// 2h+1 of group g. Its lane l has words 1-l%2 and 3-l%2 of block 2h + l/2.
func (p philox) next(n int) (program.Program, []wordPair) {
	var steps program.Program
	c := make([][4]V, n)
	out := make([]wordPair, 2*n)
	for g := range c {
		steps.Do(func() {
			c[g][3], c[g][2] = halves(p.product)
			for _, v := range p.product {
				D2.ADD(v, v, p.grows)
			}
			key := load(p.at(1))
			VEOR(c[g][2], c[g][2], key) // c2 = hi(M0*c0) ^ (c3 ^ k1), c3 = lo(M0*c0)
		})
	}
	steps.Do(func() {
		k0, k1 := load(p.at(2)), load(p.at(3))
		for g := range c {
			c[g][1], c[g][0] = halves(wide(c[g][2], p.m1))
			VEOR(c[g][0], c[g][0], k0) // c0 = hi(M1*c2) ^ (c1 ^ k0), c1 = lo(M1*c2)
			VEOR(c[g][2], c[g][3], k1) // c2 = c3 ^ (hi(M0*c0) ^ k1); c3 = lo(M0*c0) is in the next constants
		}
	})
	for r := 2; r < coef.PhiloxRounds; r++ {
		p.round(&steps, r, c)
	}
	for g := range c {
		steps.Do(func() {
			pairs := func(a, b V) (first, second V) {
				first, second = NewV(), NewV()
				S4.ZIP1(first, a, b)
				S4.ZIP2(second, a, b)
				return first, second
			}
			out[2*g].radius, out[2*g+1].radius = pairs(c[g][1], c[g][0])
			out[2*g].angle, out[2*g+1].angle = pairs(c[g][3], c[g][2])
		})
	}
	return steps, out
}

// round does one of the rounds after the first two.
func (p philox) round(steps *program.Program, r int, c [][4]V) {
	steps.Do(func() {
		k0, k1 := load(p.at(2*r)), load(p.at(2*r+1))
		for g := range c {
			if r == 2 {
				c[g][3] = k1 // c3 is in the constant
			} else {
				VEOR(c[g][3], c[g][3], k1)
			}
			VEOR(c[g][1], c[g][1], k0)
		}
	})
	for g := range c {
		var p0, p1 [2]V
		steps.Do(func() { p0 = wide(c[g][0], p.m0) })
		steps.Do(func() { p1 = wide(c[g][2], p.m1) })
		steps.Do(func() {
			lo, hi := halves(p1)
			VEOR(hi, hi, c[g][1])
			c[g][0], c[g][1] = hi, lo // c0 = hi(M1*c2) ^ c1 ^ k0, c1 = lo(M1*c2)
		})
		steps.Do(func() {
			lo, hi := halves(p0)
			VEOR(hi, hi, c[g][3])
			c[g][2], c[g][3] = hi, lo // c2 = hi(M0*c0) ^ c3 ^ k1, c3 = lo(M0*c0)
		})
	}
}
