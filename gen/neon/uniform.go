package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() {
	more = append(more, func() {
		uniformKernel(kernel.Uniform, func(pool pool, w V) {
			S4.USHR(w, w, 8)
			S4.SCVTF(w, w, 24)
		})
		uniformKernel(kernel.Uniform64, func(pool pool, w V) {
			VAND(w, w, load(pool.longs(1<<53-1)))
			D2.SCVTF(w, w, 53)
		})
		uniformKernel(kernel.NoiseWords, func(pool, V) {})
	})
}

// uniformKernel emits a kernel on whole groups that turns each register of words into one of elements. Two
// groups are under way at a time, to have other work while one waits for its products.
func uniformKernel(k kernel.Kernel, turn func(pool pool, w V)) {
	begin(k)
	dst, left := Argument("dst"), Argument("groups")
	pool := newPool()
	p := newPhilox(pool, Argument("seed"), Argument("stream"), Argument("group"))
	some := func(n int) {
		rounds, pairs := p.next(n)
		rounds.Emit()
		for i, pair := range pairs {
			at := Mem{Base: dst, Disp: 4*groupSize*(i/2) + vectorBytes*(i%2)}
			turn(pool, pair.radius)
			turn(pool, pair.angle)
			STR(pair.radius, at)
			STR(pair.angle, at.Offset(4*groupSize/2))
		}
		ADDI(dst, dst, 4*groupSize*n)
	}
	SUBS(left, left, ahead)
	BLT("one")
	Label("more")
	some(ahead)
	SUBS(left, left, ahead)
	BGE("more")
	Label("one")
	ADDS(left, left, ahead)
	BEQ("done")
	some(1)
	Label("done")
	RET()
}
