package neon

import (
	"fmt"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// Tile of the matrix product: six rows of four vectors keep 24 sums in registers, which covers the latency of four FMA
// units (4 * 4). Elements of A come several to a register and are named by their lane, which leaves six registers for them
// and two for vectors of B.
const tileRows = kernel.TileRows

func gemm() {
	for _, f := range []precision{single, double} {
		f.panel(panelVectors, false)
		f.panel(panelVectors, true)
		f.panel(panelVectors/2, true)
	}
	for _, f := range []precision{single, double} {
		f.rows(1, 4)
		f.rows(2, 2)
		f.packing()
	}
}

// precision is a type of floating-point number and the instructions for it.
type precision struct {
	Arrangement
	kernel.Float
	one     func(v V, m Mem)      // loads one element
	onePost func(v V, x X, n int) // loads one element and moves the address
	store   func(v V, m Mem)      // stores one element
}

var (
	single = precision{S4, kernel.Single, LDRS, LDRSPost, STRS}
	double = precision{D2, kernel.Double, LDRD, LDRDPost, STRD}
)

// panelBytes is the size of a row of a packed panel of B, and panelVectors the vectors in it.
const (
	panelBytes   = kernel.PanelBytes
	panelVectors = panelBytes / vectorBytes
)

// scaled turns numbers of elements into bytes.
func (f precision) scaled(x X) X {
	LSL(x, x, f.Bytes()/4+1) // 2 for 4 bytes, 3 for 8
	return x
}

// rows emits the product of one or two rows with so many panels of B that their chains cover the latency of FMA.
func (f precision) rows(rows, panels int) {
	begin(f.Rows(rows, panels))
	g := f.begin(panelVectors * panels)
	b, bPanel := Argument("b"), f.scaled(Argument("bPanel"))
	g.b = []X{b}
	for len(g.b) < panels {
		next := NewX()
		ADD(next, g.b[len(g.b)-1], bPanel)
		g.b = append(g.b, next)
	}
	g.tile("", rows, g.strided)
	RET()
}

// packing emits the product of one whole tile with a panel of B that is not packed yet, and packs it: B has to be read
// anyway, and the tile leaves the memory units time to write the copy.
func (f precision) packing() {
	begin(f.Packing())
	g := f.begin(panelVectors)
	g.b, g.packed = []X{Argument("b")}, []X{Argument("packed")}
	CMP(Argument("aCol"), 1)
	BNE("columns")
	g.tile("along", tileRows, g.along)
	RET()
	Label("columns")
	g.tile("down", tileRows, g.down)
	RET()
}

// panel emits the product of any number of rows of A and a panel of B, at most so many vectors wide, tile by tile. If cut,
// the panel is narrower by less than half: its last vector then begins as far before its end as a vector is long, and what
// it has in common with the vector before is computed twice. Where there is less than one vector, columns are computed one
// by one.
func (f precision) panel(vectors int, cut bool) {
	if cut {
		begin(f.PanelTo(f.Lanes() * vectors))
	} else {
		begin(f.Panel())
	}
	if !cut {
		g := f.begin(vectors)
		g.b = []X{Argument("b")}
		g.tiles("")
		RET()
		return
	}
	least := vectors / 2 * f.Lanes() // columns
	if vectors < panelVectors {
		least = 0
	}
	width := Argument("width")
	for v := vectors; v > 0 && v*f.Lanes() > least; v-- {
		prefix := fmt.Sprintf("vectors%d_", v)
		CMP(width, (v-1)*f.Lanes())
		BLE(prefix + "not")
		if v == 1 {
			CMP(width, f.Lanes())
			BLT(prefix + "not")
		}
		g := f.begin(v)
		g.b = []X{Argument("b")}
		if v > 1 {
			g.last = NewX()
			SUBI(g.last, width, f.Lanes())
			f.scaled(g.last)
		}
		g.tiles(prefix)
		RET()
		Label(prefix + "not")
	}
	if least == 0 {
		f.columns(width)
	}
	RET()
}

// columns emits a panel column by column.
func (f precision) columns(width X) {
	offset := NewX()
	MOVI(offset, 0)
	Label("column")
	g := f.begin(1)
	g.single = true
	g.b = []X{Argument("b")}
	for _, x := range []X{g.b[0], g.start, g.c} {
		ADD(x, x, offset)
	}
	g.tiles("column_")
	ADDI(offset, offset, f.Bytes())
	SUBS(width, width, 1)
	BNE("column")
}

// panel holds what the tiles of a panel share.
type panel struct {
	precision
	vectors       int
	single        bool // one column instead of vectors
	a, aRow, aCol X
	b             []X // a register for each panel
	bRow          X
	start, c      X   // of the next row
	last          X   // bytes from the first vector to the last, if that overlaps the one before
	packed        []X // where to pack the panel, if that is to be done
}

// begin reads the arguments that every product has.
func (f precision) begin(vectors int) panel {
	g := panel{precision: f, vectors: vectors}
	g.a, g.aRow, g.aCol = Argument("a"), f.scaled(Argument("aRow")), f.scaled(Argument("aCol"))
	g.bRow = f.scaled(Argument("bRow"))
	g.start, g.c = Argument("start"), Argument("c")
	return g
}

// tiles emits the loop over the tiles of a panel.
func (g panel) tiles(prefix string) {
	m := Argument("m")
	loop := func(label string, a func(rows int) left) {
		Label(prefix + label)
		g.tile(prefix+label, tileRows, a)
		ADD(g.a, g.a, g.scaled(Argument("aTile")))
		SUBS(m, m, tileRows)
		BGE(prefix + label)
	}
	SUBS(m, m, tileRows)
	BLT(prefix + "rest")
	CMP(g.aCol, g.Bytes())
	BNE(prefix + "down")
	loop("along", g.along)
	B(prefix + "rest")
	loop("down", g.down)
	Label(prefix + "rest")
	ADDS(m, m, tileRows)
	BEQ(prefix + "done")
	for rows := tileRows - 1; rows >= 1; rows-- {
		not := fmt.Sprintf("%snot%d", prefix, rows)
		if rows > 1 {
			CMP(m, rows)
			BNE(not)
		}
		g.tile(fmt.Sprintf("%srows%d", prefix, rows), rows, g.strided)
		if rows > 1 {
			B(prefix + "done")
			Label(not)
		}
	}
	Label(prefix + "done")
}

// left reads the elements of A of a tile's rows, step by step of k.
type left struct {
	unroll int // steps in one go
	// read emits the loads before a step, which is number p of several if whole, and alone otherwise.
	read func(p int, whole bool)
	// element returns where the row's element of that step is.
	element func(row, p int, whole bool) (x V, lane int)
}

// along reads A where a row lies side by side, several steps at once. aCol is 1.
func (g panel) along(rows int) left {
	pointers, x := g.pointers(rows), registers(rows)
	return left{
		unroll: 4,
		read: func(p int, whole bool) {
			for i, from := range pointers {
				switch {
				case !whole:
					g.onePost(x[i], from, g.Bytes())
				case p%g.Lanes() == 0:
					LDRPost(x[i], from, vectorBytes)
				}
			}
		},
		element: func(row, p int, whole bool) (V, int) {
			if !whole {
				return x[row], 0
			}
			return x[row], p % g.Lanes()
		},
	}
}

// down reads A where a tile's column lies side by side. aRow is 1.
func (g panel) down(rows int) left {
	from, x := COPY(g.a), registers((rows+g.Lanes()-1)/g.Lanes())
	return left{
		unroll: 4,
		read: func(int, bool) {
			for i, v := range x {
				at := Mem{Base: from, Disp: vectorBytes * i}
				if g.Lanes()*i+g.Lanes() <= rows {
					LDR(v, at)
				} else {
					LDRD(v, at) // the last two of six float32
				}
			}
			ADD(from, from, g.aCol)
		},
		element: func(row, _ int, _ bool) (V, int) { return x[row/g.Lanes()], row % g.Lanes() },
	}
}

// strided reads A element by element.
func (g panel) strided(rows int) left {
	pointers, x := g.pointers(rows), registers(rows)
	return left{
		unroll: 2,
		read: func(int, bool) {
			for i, from := range pointers {
				g.one(x[i], At(from))
				ADD(from, from, g.aCol)
			}
		},
		element: func(row, _ int, _ bool) (V, int) { return x[row], 0 },
	}
}

// pointers returns the addresses of the tile's rows of A.
func (g panel) pointers(rows int) []X {
	p := []X{COPY(g.a)}
	for len(p) < rows {
		next := NewX()
		ADD(next, p[len(p)-1], g.aRow)
		p = append(p, next)
	}
	return p
}

// registers returns new vector registers.
func registers(n int) []V {
	v := make([]V, n)
	for i := range v {
		v[i] = NewV()
	}
	return v
}

// row emits an access to each vector of a row: in pairs where they lie side by side.
func (g panel) row(bases []X, last X, two func(a, b V, m Mem), one func(v V, m Mem), v []V) {
	for i := 0; i < len(v); {
		at := Mem{Base: bases[i/panelVectors], Disp: vectorBytes * (i % panelVectors)}
		overlaps := g.last != (X{})
		switch {
		case overlaps && i == len(v)-1:
			one(v[i], At(last))
			i++
		case i+1 < len(v) && !(overlaps && i+1 == len(v)-1):
			two(v[i], v[i+1], at)
			i += 2
		default:
			one(v[i], at)
			i++
		}
	}
}

// sums emits an access to the sums of a tile, row by row, and moves the address past them.
func (g panel) sums(base, stride X, two func(a, b V, m Mem), one func(v V, m Mem), sum [][]V) {
	for i := range sum {
		var last X
		if g.last != (X{}) {
			last = NewX()
			ADD(last, base, g.last)
		}
		bases := []X{base}
		for len(bases)*panelVectors < g.vectors {
			next := NewX()
			ADDI(next, bases[len(bases)-1], panelBytes)
			bases = append(bases, next)
		}
		g.row(bases, last, two, one, sum[i])
		ADD(base, base, stride)
	}
}

// tile emits the chains of a tile.
func (g panel) tile(label string, rows int, a func(rows int) left) {
	load, store := LDR, STR
	if g.single {
		load, store = g.one, g.store
	}
	sum := make([][]V, rows)
	for i := range sum {
		sum[i] = registers(g.vectors)
	}
	g.sums(g.start, g.scaled(Argument("startRow")), LDP, load, sum)

	k, x := Argument("k"), a(rows)
	var b []X
	for _, panel := range g.b {
		b = append(b, COPY(panel))
	}
	var last X
	bases := b
	if g.last != (X{}) {
		last = NewX()
		ADD(last, b[0], g.last)
		bases = append(bases, last)
	}
	step := func(p int, whole bool) {
		x.read(p, whole)
		// multiply emits the part of the step that concerns some vectors of B.
		multiply := func(first int, right ...V) {
			for i := range rows {
				for v, y := range right {
					element, lane := x.element(i, p, whole)
					g.FMLAE(sum[i][first+v], y, element, lane) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
				}
			}
		}
		right := registers(g.vectors)
		done := 0
		g.row(b, last,
			func(v, w V, m Mem) {
				LDP(v, w, m)
				if g.packed != nil {
					STP(v, w, Mem{Base: g.packed[0], Disp: m.Disp})
				}
				multiply(done, v, w)
				done += 2
			},
			func(v V, m Mem) {
				load(v, m)
				multiply(done, v)
				done++
			}, right)
		for _, base := range bases {
			ADD(base, base, g.bRow)
		}
		for _, base := range g.packed {
			ADDI(base, base, panelBytes)
		}
	}
	SUBS(k, k, x.unroll)
	BLT(label + "_few")
	Label(label + "_steps")
	for p := range x.unroll {
		step(p, true)
	}
	SUBS(k, k, x.unroll)
	BGE(label + "_steps")
	Label(label + "_few")
	ADDS(k, k, x.unroll)
	BEQ(label + "_store")
	Label(label + "_one")
	step(0, false)
	SUBS(k, k, 1)
	BNE(label + "_one")
	Label(label + "_store")
	g.sums(g.c, g.scaled(Argument("cRow")), STP, store, sum)
}
