//go:build (amd64 || arm64) && !purego

package kernels

// multiplyWide computes a part of one or two rows several panels at once, as far as they go, and leaves the
// other panels. It leaves all where there are more rows, or where a few panels are packed at a time.
func (t *tiledProduct[T]) multiplyWide(u *part[T]) {
	if u.rows > wideRows || t.plan.packB {
		return
	}
	tileCols, together := panelCols[T](), t.blocking.widePanels[u.rows]
	for ; u.first+together <= u.end && (u.first+together)*tileCols <= t.jLen; u.first += together {
		q := panelProduct[T]{k: t.kLen, cRow: t.c.stride}
		t.readB(&q, u, u.first)
		u.readA(&q, 0, u.rows)
		t.place(&q, u.from, u.first*tileCols)
		q.multiplyWide()
	}
}
