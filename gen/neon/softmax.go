package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() { more = append(more, softmax) }

// softmax emits the kernels on rows that a softmax is made of.
func softmax() {
	k := rowKernel(kernel.MaxRows)
	x, most := k.matrix("x", "stride"), k.factor("most")
	to, pool := Argument("most"), newPool()
	k.emit(func([]V) {
		other := NewV()
		D2.DUP(other, most, 1)
		S4.FMAX(most, most, other)
		S4.DUP(other, most, 1)
		S4.FMAX(most, most, other)
		VZERO(other)
		S4.FADD(most, most, other) // of zeros, the positive one
		STRS(most, At(to))
		ADDI(to, to, 4)
	}, func(a access, _ V) {
		v, above := a.load(x), NewV()
		if a.elements < lanes {
			BIF(v, most, pool.first(a.elements)) // in the place of the zeros beyond the row
		}
		S4.FCMGT(above, v, most)
		BIT(most, v, above) // x > most ? x : most
	})

	k = rowKernel(kernel.ExpRows)
	dst, x := k.matrix("dst", "dstStride"), k.matrix("x", "xStride")
	most = k.factor("most")
	sums := Argument("sums")
	pool = newPool()
	k.emit(func(lane []V) { addLanes(lane, sums) }, func(a access, lane V) {
		v := a.load(x)
		S4.FSUB(v, v, most)
		v = pool.exp(vectors{v})[0]
		a.store(v, dst)
		if a.elements < lanes {
			VAND(v, v, pool.first(a.elements))
		}
		S4.FADD(lane, lane, v)
	})

	k = rowKernel(kernel.DivideRows)
	x, by := k.matrix("x", "stride"), k.factor("by")
	k.emit(nil, func(a access, _ V) {
		v := a.load(x)
		S4.FDIV(v, v, by)
		a.store(v, x)
	})
}
