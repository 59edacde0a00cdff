package neon

import (
	"math"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() {
	more = append(more, func() {
		maxima(S4, kernel.MaxBlocks, kernel.Argmax, false)
		maxima(S4, kernel.AmaxBlocks, kernel.Iamax, true)
		maxima(D2, kernel.MaxBlocks64, kernel.Argmax64, false)
		maxima(D2, kernel.AmaxBlocks64, kernel.Iamax64, true)
	})
}

// maxima emits the greatest number of a block, or the greatest magnitude, and where it is.
func maxima(of Arrangement, most, at kernel.Kernel, magnitudes bool) {
	b := maxKernel{blockKernelOf(most, of, "x"), newPool(), magnitudes}
	b.emit(b.most)

	b = maxKernel{blockKernelOf(at, of, "x"), newPool(), magnitudes}
	from := COPY(b.operands[0])
	MOV(b.left, b.n)
	b.most()
	v := NewV()
	of.DUP(v, b.lane[0], 0)
	b.search(from, v)
}

// maxKernel is a kernel that compares the elements of a block.
type maxKernel struct {
	*blockKernel
	pool       pool
	magnitudes bool
}

// nan sets all lanes of v to what is neither greater than a number nor equal to it.
func (b *maxKernel) nan(v V) { LDR(v, b.pool.ints(0xffffffff)) }

// most leaves the greatest number of a block in the first lane.
func (b *maxKernel) most() {
	lowest := math.Float64bits(math.Inf(-1))
	words := [lanes]uint32{0, uint32(lowest >> 32), 0, uint32(lowest >> 32)}
	if b.of == S4 {
		w := math.Float32bits(float32(math.Inf(-1)))
		words = [lanes]uint32{w, w, w, w}
	}
	for _, v := range b.lane {
		LDR(v, Words(b.pool.table, words))
	}
	b.through(b.nan, func(lane V, x []V) {
		above := NewV()
		if b.magnitudes {
			b.of.FABS(x[0], x[0])
		}
		b.of.FCMGT(above, x[0], lane)
		BIT(lane, x[0], above) // x > most ? x : most
	})
	b.fold(b.of.FMAX)
	zero := NewV()
	VZERO(zero)
	b.of.FADD(b.lane[0], b.lane[0], zero) // of zeros, the positive one
}

// search stores the index of the first of n elements that is v, or -1.
func (b *maxKernel) search(from X, v V) {
	p, low, high, any := COPY(from), NewX(), NewX(), NewX()
	// find goes on to found if the vector at x has the number.
	find := func(x X) {
		equal := load(At(x))
		if b.magnitudes {
			b.of.FABS(equal, equal)
		}
		b.of.FCMEQ(equal, equal, v)
		D2.UMOV(low, equal, 0)
		D2.UMOV(high, equal, 1)
		ORR(any, low, high)
		CBNZ(any, "found")
	}
	MOV(b.left, b.n)
	Label("search")
	SUBS(b.left, b.left, b.of.Lanes())
	BLT("last")
	find(p)
	ADDI(p, p, vectorBytes)
	B("search")
	Label("last")
	ADDS(b.left, b.left, b.of.Lanes())
	BEQ("none")
	find(b.rest("copy_last", COPY(p), b.nan))
	Label("none")
	at := NewX()
	MOVI(at, -1)
	STRX(at, At(Argument("at")))
	RET()
	Label("found")
	SUB(p, p, from)
	LSR(p, p, sizeShift(b.of))
	for _, half := range []struct {
		bits X
		next string
	}{{low, "upper"}, {high, ""}} {
		if half.next != "" {
			CBZ(half.bits, half.next)
		}
		if b.of == S4 {
			label := "even_" + half.next
			TBZ(half.bits, 0, "odd_"+half.next)
			B(label)
			Label("odd_" + half.next)
			ADDI(p, p, 1)
			Label(label)
		}
		STRX(p, At(Argument("at")))
		RET()
		if half.next != "" {
			Label(half.next)
			ADDI(p, p, b.of.Lanes()/2)
		}
	}
}
