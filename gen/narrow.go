package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// narrow emits products with one to four columns. A tile of such a product would leave most lanes empty; here the lanes
// are rows of A instead, eight to a vector, and B's elements are broadcast.
func narrow() {
	for cols := 1; cols <= 4; cols++ {
		narrowProduct(cols, false)
		narrowProduct(cols, true)
	}
}

// narrowSteps is how many steps of k come in one go: as many as columns of eight rows fit into four registers.
const narrowSteps = 4

func narrowProduct(cols int, transposed bool) {
	name, element := fmt.Sprintf("gemmNarrow%dAVX2", cols), "a[i*aRow+p]"
	if transposed {
		name, element = fmt.Sprintf("gemmNarrowT%dAVX2", cols), "a[i+p*aRow]"
	}
	TEXT(name, NOSPLIT, "func(m, k int, a *float32, aRow int, b *float32, bRow, bCol int, "+
		"start *float32, startRow int, c *float32, cRow int)")
	Pragma("noescape")
	Doc(
		fmt.Sprintf("%s multiplies m rows of A, a positive multiple of 8, by %d columns of B, k > 0 deep:", name, cols),
		"",
		"\tsum = start[i*startRow+j]",
		"\tfor p < k: sum = fma("+element+", b[p*bRow+j*bCol], sum)",
		"\tc[i*cRow+j] = sum",
	)
	// What changes only from tile to tile stays in the arguments' memory; the inner loop needs the registers.
	m := argument("m")
	a, aRow := Load(Param("a"), GP64()), Load(Param("aRow"), GP64())
	SHLQ(Imm(2), aRow)

	// Groups of eight rows at once: enough that their chains cover the latency of FMA, for which shuffling
	// takes more time than loading, and few enough that the rows' cache lines do not get in each other's way where rows are a power of two
	// apart.
	groups := 2
	if cols <= 2 && transposed {
		groups = 4
	}
	n := narrowTile{cols: cols, transposed: transposed, a: a, aRow: aRow}
	rows := lanes * groups
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
	SUBQ(Imm(lanes), m)
	JNE(LabelRef("one"))
	Label("done")
	VZEROUPPER()
	RET()
}

// narrowTile is eight rows, or several times eight, by all columns.
type narrowTile struct {
	cols       int
	transposed bool // A is: eight rows of a column lie side by side
	a, aRow    Register
}

// emit computes the chains of groups times eight rows and moves the arguments on.
func (n narrowTile) emit(label string, groups int) {
	sum := make([][]VecVirtual, groups)
	start, startRow := Load(Param("start"), GP64()), Load(Param("startRow"), GP64())
	SHLQ(Imm(2), startRow)
	for g := range sum {
		for range n.cols {
			sum[g] = append(sum[g], YMM())
		}
	}
	TESTQ(startRow, startRow)
	JNE(LabelRef(label + "_gather"))
	for g := range sum {
		for j, y := range sum[g] {
			VBROADCASTSS(Mem{Base: start, Disp: 4 * j}, y)
		}
	}
	JMP(LabelRef(label + "_started"))
	Label(label + "_gather")
	for g := range sum {
		for i := range lanes {
			for j, y := range sum[g] {
				n.insert(Mem{Base: start, Disp: 4 * j}, y, i)
			}
			ADDQ(startRow, start)
		}
	}
	MOVQ(start, argument("start"))
	Label(label + "_started")

	k := Load(Param("k"), GP64())
	b, bRow, bCol := Load(Param("b"), GP64()), Load(Param("bRow"), GP64()), Load(Param("bCol"), GP64())
	SHLQ(Imm(2), bRow)
	SHLQ(Imm(2), bCol)
	right := rowAddresses(b, bCol, n.cols)
	a := GP64()
	MOVQ(n.a, a)
	advance := func() {
		for _, base := range bases(right) {
			ADDQ(bRow, base)
		}
	}
	if n.transposed {
		n.direct(label, k, a, sum, right, advance)
	} else {
		n.transposing(label, k, a, b, sum, right, advance)
	}
	Label(label + "_store")
	c, cRow := Load(Param("c"), GP64()), Load(Param("cRow"), GP64())
	SHLQ(Imm(2), cRow)
	for g := range sum {
		n.store(sum[g], c, cRow)
	}
	MOVQ(c, argument("c"))
	if n.transposed {
		ADDQ(U32(4*lanes*groups), n.a)
		return
	}
	next := GP64()
	MOVQ(n.aRow, next)
	SHLQ(Imm(uint64(3+groups/2)), next) // 8, 16 or 32 rows
	ADDQ(next, n.a)
}

// direct emits the steps of k where a column of A is a row in memory.
func (n narrowTile) direct(label string, k, a Register, sum [][]VecVirtual, right []Mem, advance func()) {
	Label(label + "_single")
	columns := make([]VecVirtual, len(sum))
	for g := range sum {
		columns[g] = YMM()
		VMOVUPS(Mem{Base: a, Disp: 4 * lanes * g}, columns[g])
	}
	for j := range n.cols {
		x := broadcast(right[j])
		for g := range sum {
			VFMADD231PS(columns[g], x, sum[g][j]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
		}
	}
	ADDQ(n.aRow, a)
	advance()
	DECQ(k)
	JNE(LabelRef(label + "_single"))
}

// transposing emits the steps of k where it takes shuffles to bring a column of A into a register.
func (n narrowTile) transposing(
	label string, k, a, b Register, sum [][]VecVirtual, right []Mem, advance func(),
) {
	SUBQ(Imm(narrowSteps), k)
	JL(LabelRef(label + "_few"))
	Label(label + "_steps")
	row := GP64()
	MOVQ(a, row)
	// Every group reads the same rows of B.
	home := make([]Register, 0, 2)
	for _, base := range bases(right) {
		r := GP64()
		MOVQ(base, r)
		home = append(home, r)
	}
	for g := range sum {
		for i, base := range bases(right) {
			if g > 0 {
				MOVQ(home[i], base)
			}
		}
		for _, x := range n.columns(row) {
			for j := range n.cols {
				VFMADD231PS(x, broadcast(right[j]), sum[g][j]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
			}
			advance()
		}
	}
	ADDQ(Imm(4*narrowSteps), a)
	SUBQ(Imm(narrowSteps), k)
	JGE(LabelRef(label + "_steps"))
	Label(label + "_few")
	ADDQ(Imm(narrowSteps), k)
	JE(LabelRef(label + "_store"))
	Label(label + "_single")
	row = GP64()
	MOVQ(a, row)
	for g := range sum {
		x := YMM()
		for i := range lanes {
			n.insert(Mem{Base: row}, x, i)
			ADDQ(n.aRow, row)
		}
		for j := range n.cols {
			VFMADD231PS(x, broadcast(right[j]), sum[g][j])
		}
	}
	ADDQ(Imm(4), a)
	advance()
	DECQ(k)
	JNE(LabelRef(label + "_single"))
}

// insert sets lane i of y, of which lanes below i are set, to the float32 at m.
func (n narrowTile) insert(m Mem, y VecVirtual, i int) {
	if i == 0 {
		VBROADCASTSS(m, y)
		return
	}
	VBLENDPS(U8(1<<i), broadcast(m), y, y)
}

// columns reads four columns of eight rows from row on, and moves row on to the next eight.
func (n narrowTile) columns(row Register) []VecVirtual {
	// Rows i and i+4 share a register, so that the lanes come out in order.
	third := GP64()
	LEAQ(Mem{Base: n.aRow, Index: n.aRow, Scale: 2}, third)
	offsets := []Mem{{Base: row}, {Base: row, Index: n.aRow, Scale: 1}, {Base: row, Index: n.aRow, Scale: 2},
		{Base: row, Index: third, Scale: 1}}
	var r [4]VecVirtual
	for i, m := range offsets {
		r[i] = YMM()
		VBROADCASTF128(m, r[i]) // writes the whole register, unlike a load of its lower half
	}
	LEAQ(Mem{Base: row, Index: n.aRow, Scale: 4}, row)
	for i, m := range offsets {
		VINSERTF128(Imm(1), m, r[i], r[i])
	}
	LEAQ(Mem{Base: row, Index: n.aRow, Scale: 4}, row)
	// Transpose four by four in both halves.
	t0, t1 := YMM(), YMM()
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

// store writes eight rows of sums and moves c on.
func (n narrowTile) store(sum []VecVirtual, c, cRow Register) {
	third := GP64()
	LEAQ(Mem{Base: cRow, Index: cRow, Scale: 2}, third)
	halves := make([][2]VecVirtual, n.cols)
	for j, y := range sum {
		high := XMM()
		VEXTRACTF128(Imm(1), y, high)
		halves[j] = [2]VecVirtual{y.AsX().(VecVirtual), high}
	}
	for h := range 2 {
		rows := []Mem{{Base: c}, {Base: c, Index: cRow, Scale: 1}, {Base: c, Index: cRow, Scale: 2},
			{Base: c, Index: third, Scale: 1}}
		if n.cols == 1 {
			for i, m := range rows {
				VEXTRACTPS(U8(i), halves[0][h], m)
			}
		}
		for j := 0; j+1 < n.cols; j += 2 {
			low, high := XMM(), XMM()
			VUNPCKLPS(halves[j+1][h], halves[j][h], low)  // rows 0 and 1, columns j and j+1
			VUNPCKHPS(halves[j+1][h], halves[j][h], high) // rows 2 and 3
			VMOVLPS(low, rows[0].Offset(4*j))
			VMOVHPS(low, rows[1].Offset(4*j))
			VMOVLPS(high, rows[2].Offset(4*j))
			VMOVHPS(high, rows[3].Offset(4*j))
		}
		if n.cols == 3 {
			for i, m := range rows {
				VEXTRACTPS(U8(i), halves[2][h], m.Offset(8))
			}
		}
		LEAQ(Mem{Base: c, Index: cRow, Scale: 4}, c)
	}
}
