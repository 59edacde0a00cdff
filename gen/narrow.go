package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// narrow emits products with one to four columns. A tile of such a product would leave most lanes empty; here the lanes
// are rows of A instead, and B's elements are broadcast.
func narrow() {
	for _, s := range []simd{avx2, avx512} {
		for cols := 1; cols <= 4; cols++ {
			narrowProduct(s, cols, false)
			narrowProduct(s, cols, true)
		}
	}
}

// narrowSteps is how many steps of k come in one go: as many as columns of a vector's rows fit into four registers.
const narrowSteps = 4

func narrowProduct(s simd, cols int, transposed bool) {
	n := narrowTile{simd: s, lanes: s.bytes / 4, cols: cols, transposed: transposed}
	start := kernel.StartOfRow
	if s.bytes == 64 {
		start = "start[j]"
	}
	begin(kernel.Narrow(cols, transposed, n.lanes, start), s)
	// What changes only from tile to tile stays in the arguments' memory; the inner loop needs the registers.
	m := argument("m")
	n.a, n.aRow = Load(Param("a"), GP64()), Load(Param("aRow"), GP64())
	SHLQ(Imm(2), n.aRow)

	// Vectors of rows at once: enough that their chains cover the latency of FMA, for which shuffling takes more time
	// than loading, and few enough that the rows' cache lines do not get in each other's way where rows are a power of
	// two apart.
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
func (n narrowTile) direct(label string, k, a Register, groups int, step func(first int, columns []VecVirtual)) {
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

// transposing emits the steps of k where it takes shuffles to bring a column of A into a register; right are the
// addresses that a step moves along B.
func (n narrowTile) transposing(
	label string, k, a Register, right []Register, groups int, step func(first int, columns []VecVirtual),
) {
	// So many groups have room in the registers at a time. The others go over the same rows of B after them.
	together := 1
	if n.bytes > vectorBytes || n.cols <= 2 {
		together = groups
	}
	// block emits up to four steps for all groups; taken emits what follows each.
	block := func(masks []Register, taken func(first, p int)) {
		row := GP64()
		MOVQ(a, row)
		var home []Register
		for _, base := range right {
			if together < groups {
				r := GP64()
				MOVQ(base, r)
				home = append(home, r)
			}
		}
		for first := 0; first < groups; first += together {
			for i, base := range right {
				if first > 0 {
					MOVQ(home[i], base)
				}
			}
			var columns [narrowSteps][]VecVirtual
			for range together {
				for p, x := range n.columns(row, masks) {
					columns[p] = append(columns[p], x)
				}
			}
			for p := range columns {
				step(first, columns[p])
				taken(first, p)
			}
		}
	}
	if n.bytes == vectorBytes {
		n.lines(label, k, a, right, groups, step)
	}
	all := n.quarterMasks(nil)
	SUBQ(Imm(narrowSteps), k)
	JL(LabelRef(label + "_few"))
	Label(label + "_steps")
	block(all, func(first, p int) {})
	ADDQ(Imm(4*narrowSteps), a)
	SUBQ(Imm(narrowSteps), k)
	JGE(LabelRef(label + "_steps"))
	Label(label + "_few")
	ADDQ(Imm(narrowSteps), k)
	JE(LabelRef(label + "_store"))
	block(n.quarterMasks(k), func(first, p int) {
		next := fmt.Sprintf("%s_rest%d", label, first)
		if p < narrowSteps-1 {
			CMPQ(k, Imm(uint64(p+1)))
			JE(LabelRef(next))
			return
		}
		Label(next)
	})
}

// lines emits the steps of whole cache lines of A's rows where the rows crowd into few sets of the first-level cache: one
// vector of rows after the other, so that a line is used up before the others drive it out.
func (n narrowTile) lines(
	label string, k, a Register, right []Register, groups int, step func(first int, columns []VecVirtual),
) {
	const (
		lineSteps = panelBytes / 4
		wayBytes  = 1 << 11 // rows a multiple of it apart have two sets of the first-level cache, or one
	)
	TESTQ(U32(wayBytes-1), n.aRow)
	JNE(LabelRef(label + "_spread"))
	SUBQ(Imm(lineSteps), k)
	JL(LabelRef(label + "_ends"))
	third, row := GP64(), GP64()
	LEAQ(Mem{Base: n.aRow, Index: n.aRow, Scale: 2}, third)
	Label(label + "_lines")
	MOVQ(a, row)
	home := make([]Register, len(right))
	for i, base := range right {
		home[i] = GP64()
		MOVQ(base, home[i])
	}
	for g := range groups {
		if g > 0 {
			LEAQ(Mem{Base: row, Index: n.aRow, Scale: 4}, row)
			for i, base := range right {
				MOVQ(home[i], base)
			}
		}
		rows := fourRows(row, n.aRow, third)
		row = GP64()
		LEAQ(Mem{Base: rows[0].Base, Index: n.aRow, Scale: 4}, row)
		rows = append(rows, fourRows(row, n.aRow, third)...)
		for p := 0; p < lineSteps; p += narrowSteps {
			var r [4]VecVirtual
			for i := range r {
				r[i] = YMM()
				loadLow(rows[i].Offset(4*p), r[i])
				VINSERTF128(Imm(1), rows[i+4].Offset(4*p), r[i], r[i])
			}
			for _, column := range transposeQuarters(n.simd, r) {
				step(g, []VecVirtual{column})
			}
		}
	}
	ADDQ(Imm(panelBytes), a)
	SUBQ(Imm(lineSteps), k)
	JGE(LabelRef(label + "_lines"))
	Label(label + "_ends")
	ADDQ(Imm(lineSteps), k)
	JE(LabelRef(label + "_store"))
	Label(label + "_spread")
}

// fourRows returns the addresses of four rows; third is three strides.
func fourRows(base, stride, third Register) []Mem {
	return []Mem{{Base: base}, {Base: base, Index: stride, Scale: 1}, {Base: base, Index: stride, Scale: 2},
		{Base: base, Index: third, Scale: 1}}
}

// transposeQuarters returns the columns of the four by four numbers that the same quarters of four registers hold.
func transposeQuarters(s simd, r [4]VecVirtual) []VecVirtual {
	t0, t1 := s.register(), s.register()
	VUNPCKLPS(r[1], r[0], t0)
	VUNPCKHPS(r[1], r[0], r[0])
	VUNPCKLPS(r[3], r[2], t1)
	VUNPCKHPS(r[3], r[2], r[2])
	VUNPCKLPD(t1, t0, r[1])
	VUNPCKHPD(t1, t0, t0)
	VUNPCKLPD(r[2], r[0], r[3])
	VUNPCKHPD(r[2], r[0], r[0])
	return []VecVirtual{r[1], t0, r[3], r[0]}
}

// quarterMasks returns masks of the first k numbers of each quarter of a register, of all four if k is nil. AVX2 does with
// one for all quarters, and none for all four numbers.
func (n narrowTile) quarterMasks(k Register) []Register {
	if n.bytes == vectorBytes {
		if k == nil {
			return nil
		}
		return []Register{lowLanes(k)}
	}
	bits := GP64()
	if k == nil {
		MOVQ(U32(15), bits)
	} else {
		one := GP64()
		MOVQ(U32(1), one)
		SHLXQ(k, one, bits)
		DECQ(bits)
	}
	masks := make([]Register, 4)
	for q := range masks {
		if q > 0 {
			SHLQ(Imm(4), bits)
		}
		masks[q] = K()
		KMOVW(bits.As32(), masks[q])
	}
	return masks
}

// insert sets lane i of y, of which lanes below i are set, to the float32 at m.
func insert(m Mem, y VecVirtual, i int) {
	if i == 0 {
		VBROADCASTSS(m, y)
		return
	}
	VBLENDPS(U8(1<<i), avx2.splat(m), y, y)
}

// columns reads four columns of a vector's rows from row on, or those in the masks, and moves row past them.
func (n narrowTile) columns(row Register, masks []Register) []VecVirtual {
	third := GP64()
	LEAQ(Mem{Base: n.aRow, Index: n.aRow, Scale: 2}, third)
	// The quarters of register i are rows i, i+4, and so on, so that the lanes of a column come out in order.
	var r [4]VecVirtual
	for q := range n.lanes / 4 {
		for i, from := range fourRows(row, n.aRow, third) {
			if q == 0 {
				r[i] = n.register()
			}
			n.quarter(q, from, masks, r[i])
		}
		LEAQ(Mem{Base: row, Index: n.aRow, Scale: 4}, row)
	}
	return transposeQuarters(n.simd, r)
}

// quarter reads four elements into quarter q of to. What it writes to quarters after that does not matter.
func (n narrowTile) quarter(q int, from Mem, masks []Register, to VecVirtual) {
	switch {
	case n.bytes > vectorBytes && q == 0:
		VBROADCASTF32X4_Z(from, masks[q], to)
	case n.bytes > vectorBytes:
		VBROADCASTF32X4(from, masks[q], to)
	case masks != nil && q == 0:
		VMASKMOVPS(from, masks[0], to)
	case masks != nil:
		x := XMM()
		VMASKMOVPS(from, masks[0].(VecVirtual).AsX(), x)
		VINSERTF128(Imm(1), x, to, to)
	case q == 0:
		loadLow(from, to)
	default:
		VINSERTF128(Imm(1), from, to, to)
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
