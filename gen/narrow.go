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
		single.narrow(s)
	}
	double.narrow(avx2) // AVX-512 has one unit for shuffles of its vectors, and would gain nothing
}

func (f precision) narrow(s simd) {
	for cols := 1; cols <= 4; cols++ {
		if cols > 2 || !s.masks { // the shuffles of short vectors have two units, which few columns wait for
			f.narrowProduct(s, cols, false)
		}
		f.narrowProduct(s, cols, true)
	}
}

// narrowSteps is how many steps of k come in one go: as many as columns of a vector's rows fit into four
// registers.
const narrowSteps = 4

// narrowRows is how many rows there are at least, where vectors have no more lanes.
const narrowRows = 8

func (f precision) narrowProduct(s simd, cols int, transposed bool) {
	n := narrowTile{precision: f, simd: s, lanes: s.bytes / f.Size, cols: cols, transposed: transposed}
	start := kernel.StartOfRow
	if !n.gathers() {
		start = "start[j]"
	}
	begin(f.Narrow(cols, transposed, max(n.lanes, narrowRows), start), s)
	// What changes only from tile to tile stays in memory; the inner loop needs the registers.
	n.left, n.back, n.backA = argument("m"), AllocLocal(8), GP64()
	n.a, n.aRow = Load(Param("a"), GP64()), Load(Param("aRow"), GP64())
	n.scale(n.aRow)
	n.passes()
}

// narrowTile is one vector of rows, or several, by all columns. The last of several may have rows of the one
// before it once more.
type narrowTile struct {
	precision
	simd
	lanes      int // rows of a vector
	cols       int
	transposed bool // the rows of a column of A lie side by side
	a, aRow    Register
	left       Mem      // rows that are to come
	back       Mem      // rows that the last vector has in common with the one before it
	backA      Register // the same in bytes of A
}

// groups is how many vectors of rows there are at once: enough that their chains cover the latency of FMA,
// for which shuffling takes more time than loading, and few enough that the rows' cache lines do not get in
// each other's way where rows are a power of two apart.
func (n narrowTile) groups() int {
	switch {
	case n.Size == 8 && n.cols == 1 && n.transposed:
		return 8
	case n.cols <= 2 && (n.Size == 8 || n.transposed), n.cols == 1:
		return 4
	case n.cols == 2:
		return 3
	default:
		return 2
	}
}

// emit computes the chains of groups vectors of rows, or of the rows that are left, and moves the arguments
// on. All chains begin before one is stored, so that rows computed twice begin alike.
func (n narrowTile) emit(label string, groups int) {
	n.take(groups)
	sum := make([][]VecVirtual, groups)
	for g := range sum {
		for range n.cols {
			sum[g] = append(sum[g], n.register())
		}
	}
	n.begin(label, sum)

	k := Load(Param("k"), GP64())
	b, bRow, bCol := Load(Param("b"), GP64()), Load(Param("bRow"), GP64()), Load(Param("bCol"), GP64())
	n.scale(bRow, bCol)
	right := rowAddresses(b, bCol, n.cols)
	a := GP64()
	MOVQ(n.a, a)
	// step emits one step of k for the groups of the given columns of A, the first of which is group first.
	step := func(first int, columns []Op) {
		for j := range n.cols {
			x := n.register()
			n.broadcast(right[j], x)
			for g, column := range columns {
				n.fma(column, x, sum[first+g][j]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
			}
		}
		for _, base := range bases(right) {
			ADDQ(bRow, base)
		}
	}
	switch {
	case n.transposed:
		n.direct(label, k, a, groups, step)
	case n.Size == 8:
		n.pairs(label, k, a, bRow, right, sum, step)
	default:
		n.transposing(label, k, a, bRow, bCol, bases(right), sum, step)
	}
	Label(label + "_store")
	c, cRow := Load(Param("c"), GP64()), Load(Param("cRow"), GP64())
	n.scale(cRow)
	for g := range sum {
		n.goBack(g, groups, c, cRow)
		if n.Size == 8 {
			n.store64(sum[g], c, cRow)
		} else {
			n.store(sum[g], c, cRow)
		}
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
				n.broadcast(Mem{Base: start, Disp: n.Size * j}, y)
			}
		}
	}
	if !n.gathers() {
		broadcasts()
		return
	}
	startRow := Load(Param("startRow"), GP64())
	n.scale(startRow)
	TESTQ(startRow, startRow)
	JNE(LabelRef(label + "_gather"))
	broadcasts()
	JMP(LabelRef(label + "_started"))
	Label(label + "_gather")
	for g := range sum {
		n.goBack(g, len(sum), start, startRow)
		for i := range n.lanes {
			for j, y := range sum[g] {
				n.insert(Mem{Base: start, Disp: n.Size * j}, y, i)
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
	label string, k, a Register, groups int, step func(first int, columns []Op),
) {
	columns := make([]Op, groups)
	for g := range columns {
		columns[g] = Mem{Base: a, Disp: n.bytes * g}
	}
	if groups > 1 {
		forth := GP64()
		XORQ(forth, forth)
		SUBQ(n.backA, forth)
		columns[groups-1] = Mem{Base: a, Disp: n.bytes * (groups - 1), Index: forth, Scale: 1}
	}
	Label(label + "_single")
	if 2*groups >= n.registers { // sums and columns have no room together; there is but one column of B
		if groups > 1 {
			x := n.register()
			VMOVUPS(columns[groups-1], x)
			columns[groups-1] = x
		}
		step(0, columns)
		ADDQ(n.aRow, a)
	} else {
		for g, m := range columns {
			x := n.register()
			VMOVUPS(m, x)
			columns[g] = x
		}
		ADDQ(n.aRow, a)
		step(0, columns)
	}
	DECQ(k)
	JNE(LabelRef(label + "_single"))
}

// insert sets lane i of y, of which lanes below i are set, to the number at m.
func (f precision) insert(m Mem, y VecVirtual, i int) {
	if i == 0 {
		f.broadcast(m, y)
		return
	}
	x := YMM()
	f.broadcast(m, x)
	if f.Size == 8 {
		VBLENDPD(U8(1<<i), x, y, y)
	} else {
		VBLENDPS(U8(1<<i), x, y, y)
	}
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
