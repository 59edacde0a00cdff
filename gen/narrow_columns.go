package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// transposing emits the steps of k where it takes shuffles to bring a column of A into a register; right are
// the addresses that a step moves along B.
func (n narrowTile) transposing(
	label string, k, a, bRow, bCol Register, right []Register, sum [][]VecVirtual,
	step func(first int, columns []Op),
) {
	groups := len(sum)
	block := func(masks []Register, taken func(first, p int)) {
		n.block(a, right, masks, groups, step, taken)
	}
	if n.bytes == vectorBytes {
		n.lines(label, k, a, right, groups, step)
		if n.cols <= 2 {
			n.eights(label, k, a, right[0], bRow, bCol, sum)
		}
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

// block emits up to four steps for all groups; taken emits what follows each.
func (n narrowTile) block(
	a Register, right, masks []Register, groups int,
	step func(first int, columns []Op), taken func(first, p int),
) {
	// So many groups have room in the registers at a time. The others go over the same rows of B after them.
	together := 1
	if n.registers >= 32 || n.cols == 1 || n.cols == 2 && groups <= 2 {
		together = min(groups, 2)
	}
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
		together = min(together, groups-first)
		for i, base := range right {
			if first > 0 {
				MOVQ(home[i], base)
			}
		}
		var columns [narrowSteps][]Op
		for g := range together {
			n.goBackA(first+g, groups, row)
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

// crowdBytes is a distance of which rows a multiple apart have two sets of the first-level cache, or one.
const crowdBytes = 1 << 11

// lines emits the steps of whole cache lines of A's rows where the rows crowd into few sets of the
// first-level cache: one vector of rows after the other, so that a line is used up before the others drive it
// out.
func (n narrowTile) lines(
	label string, k, a Register, right []Register, groups int, step func(first int, columns []Op),
) {
	const lineSteps = panelBytes / 4
	TESTQ(U32(crowdBytes-1), n.aRow)
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
		n.goBackA(g, groups, row)
		rows := fourRows(row, n.aRow, third)
		row = GP64()
		LEAQ(Mem{Base: rows[0].Base, Index: n.aRow, Scale: 4}, row)
		rows = append(rows, fourRows(row, n.aRow, third)...)
		for p := 0; p < lineSteps; p += narrowSteps {
			for _, column := range n.transposeQuarters(halves(rows, 4*p)) {
				step(g, []Op{column})
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

// transposeQuarters returns the columns of the four by four numbers that the same quarters of four registers
// hold.
func (n narrowTile) transposeQuarters(r [4]VecVirtual) []VecVirtual {
	t0, t1 := n.register(), n.register()
	if n.cols <= 2 {
		// VSHUFPS has two units where VUNPCK has one, which counts where few multiply-adds follow.
		const low, high, even, odd = 0x44, 0xee, 0x88, 0xdd // halves of quarters, and every second number
		VSHUFPS(Imm(low), r[1], r[0], t0)
		VSHUFPS(Imm(high), r[1], r[0], r[0])
		VSHUFPS(Imm(low), r[3], r[2], t1)
		VSHUFPS(Imm(high), r[3], r[2], r[2])
		VSHUFPS(Imm(even), t1, t0, r[1])
		VSHUFPS(Imm(odd), t1, t0, t0)
		VSHUFPS(Imm(even), r[2], r[0], r[3])
		VSHUFPS(Imm(odd), r[2], r[0], r[0])
		return []VecVirtual{r[1], t0, r[3], r[0]}
	}
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

// quarterMasks returns masks of the first k numbers of each quarter of a register, of all four if k is nil.
// Where masks are vectors, one does for all quarters, and none for all four numbers.
func (n narrowTile) quarterMasks(k Register) []Register {
	if !n.masks {
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
	return n.transposeQuarters(r)
}

// quarter reads four elements into quarter q of to. What it writes to quarters after that does not matter.
func (n narrowTile) quarter(q int, from Mem, masks []Register, to VecVirtual) {
	switch {
	case n.masks && q == 0:
		VBROADCASTF32X4_Z(from, masks[q], to)
	case n.masks:
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
