//go:build (amd64 || arm64) && !purego

package kernels

// multiplyPanels computes a part panel by panel, or two panels at a time.
func (t *tiledProduct[T]) multiplyPanels(u *part[T]) {
	tileCols := panelCols[T]()
	for panel := u.first; panel < u.end; panel++ {
		j := panel * tileCols
		q := panelProduct[T]{k: t.kLen, cRow: t.c.stride, width: min(tileCols, t.jLen-j)}
		if q.width < tileCols && t.plan.narrowTail {
			t.multiplyNarrow(u, panel)
			return
		}
		q.pair = t.blocking.pairs && panel+1 < u.end && j+2*tileCols <= t.jLen
		done := 0
		if t.packsOnTheWay(&q, u) {
			done = t.multiplyPacking(&q, u, panel)
		} else {
			t.readB(&q, u, panel)
		}
		if done < u.whole {
			u.readPackedA(&q, done, u.whole-done)
			t.place(&q, u.from+done, j)
			q.multiply()
			done = u.whole
		}
		if done < u.rows {
			u.readA(&q, done, u.rows-done)
			t.place(&q, u.from+done, j)
			q.multiply()
		}
		if q.pair {
			panel++
		}
	}
}

// packsOnTheWay reports whether a panel, or a pair of them, is packed by the product of the first tile of a
// strip.
func (t *tiledProduct[T]) packsOnTheWay(q *panelProduct[T], u *part[T]) bool {
	rows := u.rows
	if u.whole > 0 {
		rows = u.whole
	}
	return t.plan.packB && !t.transB && !t.division.packBlock &&
		q.width == panelCols[T]() && rows >= 2*tileRows
}

// multiplyPacking computes the first tile of a strip and packs the panels that it reads, which the next ones
// read. It returns how many rows are done.
func (t *tiledProduct[T]) multiplyPacking(q *panelProduct[T], u *part[T], panel int) int {
	tileCols := panelCols[T]()
	t.readRows(q, panel)
	u.readA(q, 0, u.rows)
	if u.whole > 0 {
		u.readPackedA(q, 0, u.rows)
	}
	t.place(q, u.from, panel*tileCols)
	s := u.memory
	s.panels, s.end = resize(s.panels, packTogether*tileCols*t.kLen), 0
	done := q.multiplyPacking(&s.panels[0])
	q.b, q.bRow, q.bPanel = &s.panels[0], tileCols, tileCols*t.kLen
	return done
}

// readB has a panel's product read B from where it is packed, or as it lies.
func (t *tiledProduct[T]) readB(q *panelProduct[T], u *part[T], panel int) {
	tileCols := panelCols[T]()
	switch {
	case t.panels != nil:
		q.b, q.bRow, q.bPanel = t.givenPanel(panel), tileCols, tileCols*t.k
	case t.plan.packB:
		q.b, q.bRow, q.bPanel = t.packedPanel(panel, u, q.pair), tileCols, tileCols*t.kLen
	default:
		t.readRows(q, panel)
	}
}

// readRows has it read rows of B as they lie.
func (t *tiledProduct[T]) readRows(q *panelProduct[T], panel int) {
	tileCols := panelCols[T]()
	q.b, q.bRow, q.bPanel = &t.b.data[t.kFrom*t.b.stride+t.jFrom+panel*tileCols], t.b.stride, tileCols
}

// givenPanel returns a panel of the block of a B that came in panels.
func (t *tiledProduct[T]) givenPanel(panel int) *T {
	tileCols := panelCols[T]()
	return &t.panels[((t.jFrom/tileCols+panel)*t.k+t.kFrom)*tileCols]
}

// packedPanel returns a packed panel, with the next one behind it if it is one of a pair. Where the block is
// not packed, nobody else wants them, and a few are packed here and now.
func (t *tiledProduct[T]) packedPanel(panel int, u *part[T], pair bool) *T {
	size := panelCols[T]() * t.kLen
	if t.division.packBlock {
		return &t.block[panel*size]
	}
	last := panel
	if pair {
		last = panel + 1
	}
	s := u.memory
	if panel < s.first || last >= s.end {
		s.first, s.end = panel, min(panel+packTogether, u.end)
		s.panels = resize(s.panels, packTogether*size)
		t.packPanels(s.panels, s.first, s.end)
	}
	return &s.panels[(panel-s.first)*size]
}

// packPanels packs panels from first to end-1 of the block.
func (t *tiledProduct[T]) packPanels(dst []T, first, end int) {
	j := first * panelCols[T]()
	packPanels(dst, t.transB, t.b, t.kFrom, t.kLen, t.jFrom+j, min(end*panelCols[T](), t.jLen)-j)
}
