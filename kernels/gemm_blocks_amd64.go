//go:build !purego

package kernels

import "github.com/klauspost/cpuid/v2"

const (
	farBytes  = 1 << 18 // over so many, the rows of a tile lie on more pages than a processor has at hand
	farPanels = 24      // from which such rows are worth packing
)

// firstLevelWays is how many cache lines that lie a page apart the first-level cache holds: on amd64, each of its ways is a
// page. It is not positive if that is unknown.
var firstLevelWays = cpuid.CPU.Cache.L1D / pageBytes

// leavesA reports whether A stays as it is, whatever its size. The tiles of AVX-512 read twelve rows at once at no loss,
// unless all fall into one set of the first-level cache that does not hold them. Rows of a transposed A, of which a tile
// reads a piece each, must not be far apart.
func (p *product[T]) leavesA(depth int) bool {
	rowBytes := p.a.stride * p.size()
	switch {
	case active != avx512 || p.alpha != 1:
		return false
	case p.transA:
		return depth*rowBytes <= farBytes || p.n < farPanels*panelCols[T]()
	default:
		return rowBytes%pageBytes != 0 || firstLevelWays >= 2*tileRows
	}
}

// stripBytes is what a strip of so many rows of A may take of the second-level cache. Processors with AVX-512 have more of it,
// so that all rows may be one strip, and B is packed on its way, as long as they do not crowd.
func (p *product[T]) stripBytes(rows int) int {
	if active != avx512 {
		return 1 << 18
	}
	all := p.size() * rows * min(p.k, blockDepth)
	if all <= cpuid.CPU.Cache.L2/2 && (p.transA || p.a.stride*p.size()%pageBytes != 0) {
		return max(all, 1<<19)
	}
	return 1 << 19
}
