//go:build (amd64 || arm64) && !purego

package kernels

// gemmTiled computes a product in the way that fits its shape.
func gemmTiled[T float](p *product[T]) {
	var s shape
	p.describe(&s)
	b := blockingInUse()
	s.cores = s.availableCores(b)
	var plan plan
	switch plan.choose(&s, b); plan.route {
	case flippedRoute:
		gemmTiled(p.flip())
	case tilesRoute:
		p.multiplyInTiles(&plan)
	case directRoute:
		p.multiplyDirect(b.pairs)
	case swappedRoute:
		multiplySwapped(any(p).(*product[float32]), plan.cores)
	default:
		p.multiplyTiled(&s, b, &plan)
	}
}

// describe sets s to the product's shape, but for the cores.
func (p *product[T]) describe(s *shape) {
	s.m, s.n, s.k, s.transA, s.transB = p.m, p.n, p.k, p.transA, p.transB
	s.size, s.aStride, s.bStride, s.cStride = sizeOf[T](), p.a.stride, p.b.stride, p.c.stride
	s.scaled, s.fresh, s.bias = p.alpha != 1, p.fresh, p.bias != nil
	s.follows, s.packed = p.after != nothingAfter, p.panels != nil
}

// availableCores returns how many cores may work on the product at this moment: one where it is not worth
// more, or the pool has other work.
func (s *shape) availableCores(b *blocking) int {
	work := s.work()
	if work < b.sharingWork || s.flips(b) || taken() || work < b.wakingWork && (s.isThin(b) || !awake()) {
		return 1
	}
	return Cores()
}
