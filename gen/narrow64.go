package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// pairs emits the steps of k where it takes shuffles to bring a column of float64 into a register: two
// columns at a time, which are half of a vector in each row.
func (n narrowTile) pairs(
	label string, k, a, bRow Register, right []Mem, sum [][]VecVirtual,
	step func(first int, columns []Op),
) {
	third, row := GP64(), a
	LEAQ(Mem{Base: n.aRow, Index: n.aRow, Scale: 2}, third)
	rows := make([][]Mem, len(sum)) // of each group
	for g := range rows {
		if g > 0 {
			next := GP64()
			LEAQ(Mem{Base: row, Index: n.aRow, Scale: 4}, next)
			row = next
			n.goBackA(g, len(rows), row)
		}
		rows[g] = fourRows(row, n.aRow, third)
	}
	advance := func(columns int) {
		for g := range rows {
			ADDQ(Imm(uint64(8*columns)), rows[g][0].Base)
		}
	}
	pair := func(from int) {
		for g := range rows {
			for i := range rows[g] {
				rows[g][i].Disp = 8 * from
			}
		}
		n.pair(bRow, rows, right, sum, step)
	}
	SUBQ(Imm(narrowSteps), k)
	JL(LabelRef(label + "_few"))
	Label(label + "_steps")
	for p := 0; p < narrowSteps; p += 2 {
		pair(p)
	}
	advance(narrowSteps)
	SUBQ(Imm(narrowSteps), k)
	JGE(LabelRef(label + "_steps"))
	Label(label + "_few")
	ADDQ(Imm(narrowSteps), k)
	JE(LabelRef(label + "_store"))
	SUBQ(Imm(2), k)
	JL(LabelRef(label + "_last"))
	pair(0)
	advance(2)
	TESTQ(k, k)
	JE(LabelRef(label + "_store"))
	Label(label + "_last")
	columns := make([]Op, len(rows))
	for g := range rows {
		x := n.register()
		for i, m := range rows[g] {
			m.Disp = 0
			n.insert(m, x, i)
		}
		columns[g] = x
	}
	step(0, columns)
}

// pair emits two steps of k. The elements of B stay in registers if there is room for them and a group's
// columns, and else the columns of all groups do.
func (n narrowTile) pair(
	bRow Register, rows [][]Mem, right []Mem, sum [][]VecVirtual, step func(first int, columns []Op),
) {
	var columns [2][]Op
	var elements [2][]VecVirtual
	if n.cols*len(sum)+2*n.cols+3 > n.registers {
		for g := range rows {
			for p, x := range transposePair(rows[g]) {
				columns[p] = append(columns[p], x)
			}
		}
		for p := range columns {
			step(0, columns[p])
		}
		return
	}
	for p := range elements {
		elements[p] = n.several(n.cols)
		for j, x := range elements[p] {
			n.broadcast(right[j], x)
		}
		for _, base := range bases(right) {
			ADDQ(bRow, base)
		}
	}
	for g := range rows {
		for p, column := range transposePair(rows[g]) {
			for j, x := range elements[p] {
				n.fma(column, x, sum[g][j]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
			}
		}
	}
}

// transposePair returns two columns of four rows.
func transposePair(rows []Mem) []VecVirtual {
	even, odd := YMM(), YMM() // rows 0 and 2, and 1 and 3
	for i, r := range []VecVirtual{even, odd} {
		loadLow(rows[i], r)
		VINSERTF128(Imm(1), rows[i+2], r, r)
	}
	column := YMM()
	VUNPCKLPD(odd, even, column)
	VUNPCKHPD(odd, even, even)
	return []VecVirtual{column, even}
}

// store64 writes a vector's rows of sums and moves c on.
func (n narrowTile) store64(sum []VecVirtual, c, cRow Register) {
	third := GP64()
	LEAQ(Mem{Base: cRow, Index: cRow, Scale: 2}, third)
	rows := fourRows(c, cRow, third)
	for j := 0; j+1 < n.cols; j += 2 {
		even, odd := YMM(), YMM() // rows 0 and 2, and 1 and 3, columns j and j+1
		VUNPCKLPD(sum[j+1], sum[j], even)
		VUNPCKHPD(sum[j+1], sum[j], odd)
		for i, y := range []VecVirtual{even, odd} {
			VMOVUPD(y.AsX(), rows[i].Offset(8*j))
			VEXTRACTF128(Imm(1), y, rows[i+2].Offset(8*j))
		}
	}
	if n.cols%2 == 1 {
		last, upper := sum[n.cols-1], XMM()
		VEXTRACTF128(Imm(1), last, upper)
		for i, x := range []Op{last.AsX(), upper} {
			VMOVLPD(x, rows[2*i].Offset(8*(n.cols-1)))
			VMOVHPD(x, rows[2*i+1].Offset(8*(n.cols-1)))
		}
	}
	LEAQ(Mem{Base: c, Index: cRow, Scale: 4}, c)
}
