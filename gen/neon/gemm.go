package neon

import (
	"fmt"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// Tile of the matrix product. Six rows of four vectors keep 24 sums in registers, which covers the latency of
// four FMA units (4 * 4). Elements of A come several to a register and are named by their lane. That leaves
// six registers for them and two for vectors of B.
const tileRows = kernel.TileRows

func gemm() {
	for _, f := range []precision{single, double} {
		f.panel(panelVectors, false)
		f.panel(panelVectors, true)
		f.panel(panelVectors/2, true)
	}
	for _, f := range []precision{single, double} {
		f.packing()
	}
}

// precision is a type of floating-point number and the instructions for it.
type precision struct {
	Arrangement
	kernel.Float
	one     func(v V, m Mem)         // loads one element
	oneAt   func(v V, base, index X) // loads one element from the sum of two registers
	onePost func(v V, x X, n int)    // loads one element and moves the address
	store   func(v V, m Mem)         // stores one element
}

var (
	single = precision{S4, kernel.Single, LDRS, LDRSAt, LDRSPost, STRS}
	double = precision{D2, kernel.Double, LDRD, LDRDAt, LDRDPost, STRD}
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

// packing emits the product of one whole tile with a panel of B that is not packed yet, and packs it: B has
// to be read anyway, and the tile leaves the memory units time to write the copy.
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

// panel emits the product of any number of rows of A and a panel of B, tile by tile. The panel is at most so
// many vectors wide. If cut, the panel is narrower by less than half. Its last vector then begins a vector's
// length before its end, and the elements that it shares with the vector before are computed twice. Where
// there is less than one vector, columns are computed one by one.
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

// registers returns new vector registers.
func registers(n int) []V {
	v := make([]V, n)
	for i := range v {
		v[i] = NewV()
	}
	return v
}
