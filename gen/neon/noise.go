package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/gen/program"
	"github.com/seed964deb49/langevin/internal/coef"
)

// groupSize is the number of float32 of a group, which is four Philox blocks. Of float64 a group has half as
// many.
const groupSize = 16

func noise() {
	fill := func() (sink, []X) {
		dst := Argument("dst")
		return func(z V, disp int) { STR(z, Mem{Base: dst, Disp: disp}) }, []X{dst}
	}
	noiseKernel(kernel.FillNoise, boxMuller, fill)
	noiseKernel(kernel.FillNoise64, boxMuller64, fill)
	noiseKernel(kernel.AddNoise, boxMuller, func() (sink, []X) {
		dst, x, sigma := Argument("dst"), Argument("x"), FloatArgument("sigma")
		return func(z V, disp int) {
			t := load(Mem{Base: x, Disp: disp})
			S4.FMLA(t, z, sigma) // fma(z, sigma, x)
			STR(t, Mem{Base: dst, Disp: disp})
		}, []X{dst, x}
	})
	noiseKernel(kernel.Langevin, boxMuller, func() (sink, []X) {
		x, score := Argument("x"), Argument("score")
		drift, diffusion := FloatArgument("drift"), FloatArgument("diffusion")
		return func(z V, disp int) {
			t := load(Mem{Base: x, Disp: disp})
			S4.FMLA(t, load(Mem{Base: score, Disp: disp}), drift) // t = fma(score, drift, x)
			S4.FMLA(t, z, diffusion)                              // fma(z, diffusion, t)
			STR(t, Mem{Base: x, Disp: disp})
		}, []X{x, score}
	})
}

// sink takes the normals that belong to the elements disp bytes on, a register of them. It may overwrite z.
type sink func(z V, disp int)

// ahead is how many groups are made into normals side by side.
const ahead = 2

// transform returns the program that makes normals out of a register of pairs of words.
type transform func(pool pool, radius, angle Mem, use func(cos, sin V)) program.Program

// noiseKernel emits a kernel on whole groups. While it makes normals out of the words of some blocks, the
// rounds of the next blocks run beside that: either alone leaves the processor waiting for its results most
// of the time.
func noiseKernel(k kernel.Kernel, pairs transform, open func() (use sink, operands []X)) {
	begin(k)
	use, bases := open()
	left := Argument("groups")
	pool := newPool()
	p := newPhilox(pool, Argument("seed"), Argument("stream"), Argument("group"))
	waiting := waitingWords{Local(4 * ahead * vectorBytes)}
	// normals returns the program that makes group g of those that wait.
	normals := func(g int) program.Program {
		var steps program.Program
		for h := range 2 {
			radius, angle := waiting.load(2*g + h)
			steps.Then(pairs(pool, radius, angle, func(cos, sin V) {
				at := 4*groupSize*g + vectorBytes*h
				use(cos, at)
				use(sin, at+4*groupSize/2)
			}))
		}
		return steps
	}

	rounds, words := p.next(ahead)
	rounds.Emit()
	waiting.store(words)
	SUBS(left, left, ahead)
	BLT("rest")
	Label("batch")
	rounds, words = p.next(ahead)
	var batch program.Program
	for g := range ahead {
		batch.Then(normals(g))
	}
	program.Weave(rounds, batch)
	waiting.store(words)
	for _, base := range bases {
		ADDI(base, base, 4*groupSize*ahead)
	}
	SUBS(left, left, ahead)
	BGE("batch")
	Label("rest")
	ADDS(left, left, ahead)
	for g := range ahead - 1 {
		CMP(left, g)
		BEQ("done")
		normals(g).Emit()
	}
	Label("done")
	RET()
}

// waitingWords keeps words in memory until they become normals, which leaves the registers to the rounds.
type waitingWords struct{ at X }

func (w waitingWords) load(pair int) (radius, angle Mem) {
	radius = Mem{Base: w.at, Disp: 2 * vectorBytes * pair}
	return radius, radius.Offset(vectorBytes)
}

func (w waitingWords) store(words []wordPair) {
	for i, pair := range words {
		radius, _ := w.load(i)
		STP(pair.radius, pair.angle, radius)
	}
}

// boxMuller returns the program that makes radius*cos and radius*sin out of a register of pairs of words.
func boxMuller(pool pool, radius, angle Mem, use func(cos, sin V)) program.Program {
	var steps program.Program
	r := radiusOf(pool, &steps, radius)
	steps.Do(func() {
		// Bit 31 of its word negates it.
		sign := load(radius)
		VAND(sign, sign, load(pool.ints(signBit)))
		VEOR(r, r, sign)
	})
	v := NewV()
	steps.Do(func() { LDR(v, angle) })
	sin, cos := sincos(pool, &steps, v)
	steps.Do(func() {
		S4.FMUL(cos, r, cos)
		S4.FMUL(sin, r, sin)
	})
	steps.Do(func() { use(cos, sin) })
	return steps
}

// radiusOf returns the register that steps set to sqrt(-2 log u).
func radiusOf(pool pool, steps *program.Program, word Mem) V {
	u, k, g, square, r := NewV(), NewV(), NewV(), NewV(), NewV()
	steps.Do(func() {
		LDR(u, word)
		S4.SCVTF(u, u, 31)
	})
	steps.Do(func() {
		S4.FADD(u, u, load(pool.floats(0x1p-32)))
		S4.FABS(u, u) // u = |w + 1/2| / 2^31
	})
	steps.Do(func() {
		S4.SUB(k, u, load(pool.ints(coef.SqrtHalfBits)))
		VAND(k, k, load(pool.ints(0xff800000))) // k<<23 = bits(u) - bits(sqrt 1/2), its low bits cut off
	})
	steps.Do(func() {
		S4.SUB(u, u, k) // bits(u) - k<<23 = bits(1+f)
		two := load(pool.floats(2))
		VMOV(g, two)
		S4.FMLS(g, u, two) // g = 2 - 2(1+f) = -2f
	})
	steps.Do(func() {
		S4.SCVTF(k, k, 23)
		VMOV(r, g)
		S4.FMLS(r, k, load(pool.floats(coef.TwoLn2))) // fma(-k, 2 ln(2), g)
	})
	steps.Do(func() { S4.FMUL(square, g, g) })
	// P(g) in pairs of its terms: fma(P, g^2, c[j] + c[j+1] g).
	var p V
	for j := len(coef.NegTwoLog) - 2; j >= 0; j -= 2 {
		steps.Do(func() {
			pair := load(pool.floats(coef.NegTwoLog[j]))
			S4.FMLA(pair, load(pool.floats(coef.NegTwoLog[j+1])), g)
			if j < len(coef.NegTwoLog)-2 {
				S4.FMLA(pair, p, square)
			}
			p = pair
		})
	}
	steps.Do(func() { S4.FMLA(r, p, square) }) // fma(P(g), g^2, fma(-k, 2 ln(2), g))
	steps.Do(func() { S4.FSQRT(r, r) })
	return r
}

// sincos returns the registers that steps set to the sine and cosine of a register of angles.
func sincos(pool pool, steps *program.Program, v V) (sin, cos V) {
	x, t := NewV(), NewV()
	steps.Do(func() {
		S4.SHL(x, v, 1)
		S4.SCVTF(x, x, 32)
		S4.FMUL(t, x, x)
	})
	odd := polynomial(pool, steps, t, coef.SinQuarter[:])
	steps.Do(func() { S4.FMUL(x, x, odd()) })
	even := polynomial(pool, steps, t, coef.CosQuarter[:])
	cos = NewV()
	steps.Do(func() {
		// Bit 31 exchanges the two.
		swap := NewV()
		S4.CMTST(swap, v, load(pool.ints(signBit)))
		VMOV(cos, even())
		BIT(cos, x, swap)
		BIT(x, even(), swap)
	})
	return x, cos
}

// polynomial is horner, a step for each of its steps; its register is known when they have been emitted.
func polynomial(pool pool, steps *program.Program, x V, c []float32) func() V {
	var y V
	steps.Do(func() { y = load(pool.floats(c[len(c)-1])) })
	for i := len(c) - 2; i >= 0; i-- {
		steps.Do(func() {
			next := load(pool.floats(c[i]))
			S4.FMLA(next, y, x)
			y = next
		})
	}
	return func() V { return y }
}
