//go:build (amd64 || arm64) && !purego

package kernels

// multiplyThin multiplies rows of A as they lie by packed panels, as many at once as stay in the first-level
// cache.
func (t *tiledProduct[T]) multiplyThin(u *part[T]) {
	tileCols := panelCols[T]()
	q := panelProduct[T]{k: t.kLen, cRow: t.c.stride}
	u.readA(&q, 0, u.rows)
	together := max(1, t.blocking.thinBytes/(panelBytes*t.kLen))
	for first := u.first; first < u.end; first += together {
		j := first * tileCols
		q.width = min(min(first+together, u.end)*tileCols, t.jLen) - j
		t.readB(&q, u, first)
		t.place(&q, u.from, j)
		if t.fresh && t.bias == nil {
			q.start = nil
		}
		q.multiplyThin()
	}
}
