package neon

import (
	"fmt"

	. "github.com/seed964deb49/langevin/gen/arm64"
)

// thinDepth is how deep a thin product may be: so many elements of A stay in registers.
const thinDepth = 8

// thin emits products whose inner dimension is small. Such a product is bound by writing C. The caches take
// whole rows faster than a column of tiles, so a row of C is written from its beginning to its end.
func thin() {
	single.thinProduct()
	double.thinProduct()
}

func (f precision) thinProduct() {
	begin(f.Thin(thinDepth))
	t := thinTile{precision: f, m: Argument("m"), n: Argument("n"), a: Argument("a")}
	t.start, t.c = Argument("start"), Argument("c")
	t.aRow, t.aCol = f.scaled(Argument("aRow")), f.scaled(Argument("aCol"))
	t.startRow, t.cRow = f.scaled(Argument("startRow")), f.scaled(Argument("cRow"))
	k := Argument("k")
	for depth := 1; depth <= thinDepth; depth++ {
		next := fmt.Sprintf("deeper%d", depth)
		CMP(k, depth)
		BNE(next)
		CBZ(t.start, fmt.Sprintf("fresh%d", depth))
		t.rows(fmt.Sprintf("start%d", depth), depth, false)
		t.rows(fmt.Sprintf("fresh%d", depth), depth, true)
		Label(next)
	}
	RET()
}

// thinTile holds what the rows of a thin product share.
type thinTile struct {
	precision
	m, n                       X
	aRow, aCol, startRow, cRow X
	a, start, c                X
}

// rows emits the loop over rows, for k = depth.
func (t thinTile) rows(label string, depth int, fresh bool) {
	Label(label)
	x, from := registers(depth), COPY(t.a)
	for _, v := range x {
		t.LD1R(v, from)
		ADD(from, from, t.aCol)
	}
	b, left, start, c := Argument("b"), COPY(t.n), t.start, COPY(t.c)
	if !fresh {
		start = COPY(t.start)
	}
	// loop emits columns as often as there are so many left.
	loop := func(name string, vectors int, one bool) {
		width := t.Lanes() * vectors
		if one {
			width = 1
		}
		SUBS(left, left, width)
		BLT(label + name + "_end")
		Label(label + name)
		t.columns(x, b, start, c, vectors, one, fresh)
		SUBS(left, left, width)
		BGE(label + name)
		Label(label + name + "_end")
		ADDI(left, left, width)
	}
	loop("_panel", panelVectors, false)
	loop("_vector", 1, false)
	loop("_one", 1, true)
	ADD(t.a, t.a, t.aRow)
	if !fresh {
		ADD(t.start, t.start, t.startRow)
	}
	ADD(t.c, t.c, t.cRow)
	SUBS(t.m, t.m, 1)
	BNE(label)
	RET()
}

// columns emits vectors of a panel, or one column, for a row of A in x, and moves on.
func (t thinTile) columns(x []V, b, start, c X, vectors int, one, fresh bool) {
	load, store, bytes := LDR, STR, vectorBytes*vectors
	if one {
		load, store, bytes = t.one, t.store, t.Bytes()
	}
	sum := registers(vectors)
	for v, y := range sum {
		if fresh {
			VZERO(y)
		} else {
			load(y, Mem{Base: start, Disp: vectorBytes * v})
		}
	}
	for p := range x {
		for v, y := range sum {
			right := NewV()
			load(right, Mem{Base: b, Disp: panelBytes*p + vectorBytes*v})
			t.FMLA(y, x[p], right) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
		}
	}
	for v, y := range sum {
		store(y, Mem{Base: c, Disp: vectorBytes * v})
	}
	ADDI(c, c, bytes)
	if !fresh {
		ADDI(start, start, bytes)
	}
	if vectors == panelVectors {
		bytes *= len(x)
	}
	ADDI(b, b, bytes)
}
