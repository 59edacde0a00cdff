package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// narrow emits products with one to four columns. A tile of such a product would leave most lanes empty; here
// the lanes are rows of A instead, and B's elements are broadcast.
func narrow() {
	for _, s := range []simd{avx2, avx512} {
		for cols := 1; cols <= 4; cols++ {
			narrowProduct(s, cols, false)
			narrowProduct(s, cols, true)
		}
	}
}

// narrowSteps is how many steps of k come in one go: as many as columns of a vector's rows fit into four
// registers.
const narrowSteps = 4

func narrowProduct(s simd, cols int, transposed bool) {
	n := narrowTile{simd: s, lanes: s.bytes / 4, cols: cols, transposed: transposed}
	start := kernel.StartOfRow
	if !n.gathers() {
		start = "start[j]"
	}
	begin(kernel.Narrow(cols, transposed, n.lanes, start), s)
	// What changes only from tile to tile stays in the arguments' memory; the inner loop needs the registers.
	m := argument("m")
	n.a, n.aRow = Load(Param("a"), GP64()), Load(Param("aRow"), GP64())
	SHLQ(Imm(2), n.aRow)

	// Vectors of rows at once: enough that their chains cover the latency of FMA, for which shuffling takes
	// more time than loading, and few enough that the rows' cache lines do not get in each other's way where
	// rows are a power of two apart.
	groups := 2
	if cols <= 2 && transposed {
		groups = 4
	}
	rows := n.lanes * groups
	SUBQ(U32(rows), m)
	JL(LabelRef("rest"))
	Label("many")
	n.emit("many", groups)
	SUBQ(U32(rows), m)
	JGE(LabelRef("many"))
	Label("rest")
	ADDQ(U32(rows), m)
	JE(LabelRef("done"))
	Label("one")
	n.emit("one", 1)
	SUBQ(Imm(uint64(n.lanes)), m)
	JNE(LabelRef("one"))
	Label("done")
	VZEROUPPER()
	RET()
}

// narrowTile is one vector of rows, or several, by all columns.
type narrowTile struct {
	simd
	lanes      int // rows of a vector
	cols       int
	transposed bool // the rows of a column of A lie side by side
	a, aRow    Register
}

// emit computes the chains of groups vectors of rows and moves the arguments on.
func (n narrowTile) emit(label string, groups int) {
	sum := make([][]VecVirtual, groups)
	for g := range sum {
		for range n.cols {
			sum[g] = append(sum[g], n.register())
		}
	}
	n.begin(label, sum)

	k := Load(Param("k"), GP64())
	b, bRow, bCol := Load(Param("b"), GP64()), Load(Param("bRow"), GP64()), Load(Param("bCol"), GP64())
	SHLQ(Imm(2), bRow)
	SHLQ(Imm(2), bCol)
	right := rowAddresses(b, bCol, n.cols)
	a := GP64()
	MOVQ(n.a, a)
	// step emits one step of k for the groups of the given columns of A, the first of which is group first.
	step := func(first int, columns []VecVirtual) {
		for j := range n.cols {
			x := n.register()
			VBROADCASTSS(right[j], x)
			for g, column := range columns {
				VFMADD231PS(column, x, sum[first+g][j]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
			}
		}
		for _, base := range bases(right) {
			ADDQ(bRow, base)
		}
	}
	if n.transposed {
		n.direct(label, k, a, groups, step)
	} else {
		n.transposing(label, k, a, bases(right), groups, step)
	}
	Label(label + "_store")
	c, cRow := Load(Param("c"), GP64()), Load(Param("cRow"), GP64())
	SHLQ(Imm(2), cRow)
	for g := range sum {
		n.store(sum[g], c, cRow)
	}
	MOVQ(c, argument("c"))
	if n.transposed {
		ADDQ(U32(n.bytes*groups), n.a)
		return
	}
	next := GP64()
	IMUL3Q(U32(n.lanes*groups), n.aRow, next)
	ADDQ(next, n.a)
}

// begin sets the sums to where the chains start.
func (n narrowTile) begin(label string, sum [][]VecVirtual) {
	start := Load(Param("start"), GP64())
	broadcasts := func() {
		for g := range sum {
			for j, y := range sum[g] {
				VBROADCASTSS(Mem{Base: start, Disp: 4 * j}, y)
			}
		}
	}
	if !n.gathers() {
		broadcasts()
		return
	}
	startRow := Load(Param("startRow"), GP64())
	SHLQ(Imm(2), startRow)
	TESTQ(startRow, startRow)
	JNE(LabelRef(label + "_gather"))
	broadcasts()
	JMP(LabelRef(label + "_started"))
	Label(label + "_gather")
	for g := range sum {
		for i := range lanes {
			for j, y := range sum[g] {
				insert(Mem{Base: start, Disp: 4 * j}, y, i)
			}
			ADDQ(startRow, start)
		}
	}
	MOVQ(start, argument("start"))
	Label(label + "_started")
}

// gathers reports whether every row may start elsewhere.
func (n narrowTile) gathers() bool { return n.bytes == vectorBytes }

// direct emits the steps of k where a column of A is a row in memory.
func (n narrowTile) direct(
	label string, k, a Register, groups int, step func(first int, columns []VecVirtual),
) {
	Label(label + "_single")
	columns := make([]VecVirtual, groups)
	for g := range columns {
		columns[g] = n.register()
		VMOVUPS(Mem{Base: a, Disp: n.bytes * g}, columns[g])
	}
	ADDQ(n.aRow, a)
	step(0, columns)
	DECQ(k)
	JNE(LabelRef(label + "_single"))
}

// insert sets lane i of y, of which lanes below i are set, to the float32 at m.
func insert(m Mem, y VecVirtual, i int) {
	if i == 0 {
		VBROADCASTSS(m, y)
		return
	}
	VBLENDPS(U8(1<<i), avx2.splat(m), y, y)
}

// store writes a vector's rows of sums and moves c on.
func (n narrowTile) store(sum []VecVirtual, c, cRow Register) {
	third := GP64()
	LEAQ(Mem{Base: cRow, Index: cRow, Scale: 2}, third)
	quarters := make([][]VecVirtual, n.lanes/4)
	for q := range quarters {
		for _, y := range sum {
			x := XMM()
			switch {
			case q == 0:
				x = y.AsX().(VecVirtual)
			case n.bytes == vectorBytes:
				VEXTRACTF128(Imm(uint64(q)), y, x)
			default:
				VEXTRACTF32X4(Imm(uint64(q)), y, x)
			}
			quarters[q] = append(quarters[q], x)
		}
	}
	for _, column := range quarters {
		rows := fourRows(c, cRow, third)
		if n.cols == 1 {
			for i, m := range rows {
				VEXTRACTPS(U8(i), column[0], m)
			}
		}
		for j := 0; j+1 < n.cols; j += 2 {
			low, high := XMM(), XMM()
			VUNPCKLPS(column[j+1], column[j], low)  // rows 0 and 1, columns j and j+1
			VUNPCKHPS(column[j+1], column[j], high) // rows 2 and 3
			VMOVLPS(low, rows[0].Offset(4*j))
			VMOVHPS(low, rows[1].Offset(4*j))
			VMOVLPS(high, rows[2].Offset(4*j))
			VMOVHPS(high, rows[3].Offset(4*j))
		}
		if n.cols == 3 {
			for i, m := range rows {
				VEXTRACTPS(U8(i), column[2], m.Offset(8))
			}
		}
		LEAQ(Mem{Base: c, Index: cRow, Scale: 4}, c)
	}
}
