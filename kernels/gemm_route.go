//go:build (amd64 || arm64) && !purego

package kernels

import (
	"runtime"
	"unsafe"
)

// gemmTiled computes a product in the way that fits its shape.
func gemmTiled[T float](p *product[T]) {
	b, s := blockingInUse(), p.shape()
	s.cores = s.availableCores(b)
	switch plan := planOf(&s, b); plan.route {
	case flippedRoute:
		gemmTiled(p.flip())
	case directRoute:
		p.multiplyDirect(b.pairs)
	case swappedRoute:
		multiplySwapped(any(p).(*product[float32]), plan.cores)
	default:
		p.multiplyTiled(&s, b, &plan)
	}
}

// shape returns what the plan of the product depends on, but for the cores.
func (p *product[T]) shape() shape {
	return shape{
		m: p.m, n: p.n, k: p.k, transA: p.transA, transB: p.transB, size: int(unsafe.Sizeof(p.alpha)),
		aStride: p.a.stride, cStride: p.c.stride,
		scaled: p.alpha != 1, fresh: p.fresh, bias: p.bias != nil, follows: p.after != nothingAfter, packed: p.panels != nil,
	}
}

// availableCores returns how many cores may work on the product at this moment: one where it is not worth more, or the pool has
// other work.
func (s *shape) availableCores(b *blocking) int {
	work := s.work()
	if work < b.sharingWork || s.flips() || taken() || work < b.wakingWork && (s.isThin(b) || !awake()) {
		return 1
	}
	return min(runtime.GOMAXPROCS(0), maxSlots)
}
