package neon

import (
	"fmt"

	. "github.com/seed964deb49/langevin/gen/arm64"
)

// blockTile is a tile of a block that is being emitted.
type blockTile struct {
	block
	rows      int
	sum       [][]V
	left      []X // rows of op(A)
	column, k X   // bytes from the rows' beginning, and steps left
	right     []X // where the next elements of B are, 64 bytes of each panel
	lanes     []X // where those of a last vector are: the vector, or each of its lanes
}

func (t blockTile) label(s string) string { return fmt.Sprintf("%s%d", s, t.rows) }

// emit emits the chains of a tile. What fetches B ahead stands aside, so that the steps without it run
// straight on.
func (t blockTile) emit() {
	t.begin()
	t.place()
	ahead := t.stride("ahead")
	Label(t.label("steps"))
	CBNZ(ahead, t.label("ahead"))
	Label(t.label("step"))
	t.step()
	for _, x := range append(t.right, t.lanes...) {
		ADD(x, x, t.bRow)
	}
	ADD(t.column, t.column, t.aCol)
	SUBS(t.k, t.k, 1)
	BNE(t.label("steps"))
	t.end()
	B("next")
	Label(t.label("ahead"))
	ADD(ahead, ahead, t.right[0])
	t.prefetch(ahead)
	SUB(ahead, ahead, t.right[0])
	B(t.label("step"))
}

// whole is the number of vectors that are whole.
func (t blockTile) whole() int {
	if t.cut {
		return t.vectors - 1
	}
	return t.vectors
}

// place sets the addresses of A and B to those of the first step.
func (t *blockTile) place() {
	t.left = addresses(t.load("a"), t.aRow, t.rows)
	t.k, t.column = t.load("k"), NewX()
	MOVI(t.column, 0)
	b := t.load("b")
	bPanel := t.stride("bPanel")
	t.right = addresses(b, bPanel, max(1, (t.whole()+panelVectors-1)/panelVectors))
	switch {
	case t.overlaps():
		last, is := NewX(), t.label("last")
		ADD(last, b, t.last)
		CBNZ(t.last, is)
		MOV(last, t.right[len(t.right)-1])
		if t.whole()%panelVectors == 0 {
			ADD(last, last, bPanel)
		} else {
			ADDI(last, last, vectorBytes*(t.whole()%panelVectors))
		}
		Label(is)
		t.lanes = []X{last}
	case t.cut:
		t.lanes = lanesFrom(b, t.laneOffsets())[1:]
	}
}

// laneOffsets returns how far the lanes of a cut vector are from the first, in bytes. Those beyond width have
// the place of the last one.
func (t blockTile) laneOffsets() []X {
	if t.Lanes() == 2 {
		return nil
	}
	last, second := t.stride("width"), NewX()
	SUBI(last, last, t.Bytes())
	MOVI(second, int64(t.Bytes()))
	CMPX(last, second)
	CSELLT(second, last, second)
	return []X{second, last}
}

// lanesFrom returns the addresses of the lanes of a cut vector.
func lanesFrom(first X, offsets []X) []X {
	at := []X{first}
	for _, offset := range offsets {
		x := NewX()
		ADD(x, first, offset)
		at = append(at, x)
	}
	return at
}

// loadLanes reads a cut vector.
func (t blockTile) loadLanes(v V, lanes []X) {
	t.one(v, At(lanes[0]))
	for i, x := range lanes[1:] {
		t.LD1(v, i+1, x)
	}
}

// storeLanes writes a cut vector from its end, so that a lane beyond width is overwritten by the right one.
func (t blockTile) storeLanes(v V, lanes []X) {
	for i := len(lanes) - 1; i > 0; i-- {
		t.ST1(v, i, lanes[i])
	}
	t.store(v, At(lanes[0]))
}

// begin sets the sums to where the chains start.
func (t *blockTile) begin() {
	start := t.load("start")
	t.sum = make([][]V, t.rows)
	for i := range t.sum {
		t.sum[i] = registers(t.vectors)
	}
	CBNZ(start, t.label("start"))
	for _, row := range t.sum {
		for _, y := range row {
			VZERO(y)
		}
	}
	B(t.label("begin"))
	Label(t.label("start"))
	t.sums("start", start, t.stride("startRow"), LDP, LDR, t.loadLanes)
	Label(t.label("begin"))
}

// end writes the sums.
func (t blockTile) end() {
	t.sums("store", t.load("c"), t.stride("cRow"), STP, STR, t.storeLanes)
}

// sums emits an access to the sums: to the vectors that are whole, and then to the last one.
func (t blockTile) sums(
	name string, base, stride X, two func(a, b V, m Mem), one func(v V, m Mem), some func(v V, lanes []X),
) {
	// each emits an access to something of every row.
	each := func(access func(row X, v []V)) {
		for i, row := range addresses(base, stride, t.rows) {
			access(row, t.sum[i])
		}
	}
	whole, last := t.whole(), t.vectors-1
	if whole > 0 {
		each(func(row X, v []V) {
			for i := 0; i < whole; i += 2 {
				at := Mem{Base: row, Disp: vectorBytes * i}
				if i+1 == whole {
					one(v[i], at)
				} else {
					two(v[i], v[i+1], at)
				}
			}
		})
	}
	if !t.cut {
		return
	}
	lanes, done := t.label(name+"_lanes"), t.label(name+"_done")
	if t.overlaps() {
		CBZ(t.last, lanes)
		each(func(row X, v []V) {
			at := NewX()
			ADD(at, row, t.last)
			one(v[last], At(at))
		})
		B(done)
		Label(lanes)
	}
	offsets := t.laneOffsets()
	if whole > 0 {
		first := NewX()
		ADDI(first, base, vectorBytes*whole)
		base = first
	}
	each(func(row X, v []V) { some(v[last], lanesFrom(row, offsets)) })
	if t.overlaps() {
		Label(done)
	}
}

// step emits c[i][j] = fma(a[i][p], b[p][j], c[i][j]) for one p. The shorter side of the tile is in
// registers.
func (t blockTile) step() {
	if t.rows < t.vectors {
		left := registers(t.rows)
		for i, x := range left {
			t.oneAt(x, t.left[i], t.column)
		}
		t.readB(func(first int, right ...V) {
			for v, y := range right {
				for i, x := range left {
					t.FMLAE(t.sum[i][first+v], y, x, 0)
				}
			}
		})
		return
	}
	var right []V
	t.readB(func(_ int, some ...V) { right = append(right, some...) })
	for i, sum := range t.sum {
		x := NewV()
		t.oneAt(x, t.left[i], t.column)
		for v, y := range right {
			t.FMLAE(sum[v], y, x, 0)
		}
	}
}

// readB emits the loads of a row of B, in pairs where they lie side by side, and calls use after each.
func (t blockTile) readB(use func(first int, right ...V)) {
	for v := 0; v < t.whole(); v += 2 {
		at, y := Mem{Base: t.right[v/panelVectors], Disp: vectorBytes * (v % panelVectors)}, NewV()
		if v+1 == t.whole() {
			LDR(y, at)
			use(v, y)
			continue
		}
		z := NewV()
		LDP(y, z, at)
		use(v, y, z)
	}
	if !t.cut {
		return
	}
	y := NewV()
	if t.overlaps() {
		LDR(y, At(t.lanes[0]))
	} else {
		t.loadLanes(y, append(t.right[:1:1], t.lanes...))
	}
	use(t.vectors-1, y)
}
