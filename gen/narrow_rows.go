package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// eightSteps is how many steps of k come in one go where the addresses of all rows have registers.
const eightSteps = 2 * narrowSteps

// eights emits the steps of one or two columns of B, eight at a time, as far as they go. They take nearly all
// of what the vector units can do in the time that the chains wait; moving addresses, which takes the same
// units, is rare therefore.
func (n narrowTile) eights(label string, k, a, b, bRow, bCol Register, sum [][]VecVirtual) {
	SUBQ(Imm(eightSteps), k)
	JL(LabelRef(label + "_short"))
	third, fifth, seventh, bThird := GP64(), GP64(), GP64(), GP64()
	LEAQ(Mem{Base: n.aRow, Index: n.aRow, Scale: 2}, third)
	LEAQ(Mem{Base: n.aRow, Index: n.aRow, Scale: 4}, fifth)
	LEAQ(Mem{Base: third, Index: n.aRow, Scale: 4}, seventh)
	LEAQ(Mem{Base: bRow, Index: bRow, Scale: 2}, bThird)
	right := []Register{b}
	if n.cols == 2 {
		second := GP64()
		LEAQ(Mem{Base: b, Index: bCol, Scale: 1}, second)
		right = append(right, second)
	}
	groups := []Register{a}
	for g := 1; g < len(sum); g++ {
		next := GP64()
		LEAQ(Mem{Base: groups[g-1], Index: n.aRow, Scale: 8}, next)
		n.goBackA(g, len(sum), next)
		groups = append(groups, next)
	}
	Label(label + "_eights")
	for from := 0; from < eightSteps; from += narrowSteps {
		columns := make([][]VecVirtual, len(groups))
		read := func(g int) {
			base := groups[g]
			rows := fourRows(base, n.aRow, third)
			rows = append(rows,
				Mem{Base: base, Index: n.aRow, Scale: 4}, Mem{Base: base, Index: fifth, Scale: 1},
				Mem{Base: base, Index: third, Scale: 2}, Mem{Base: base, Index: seventh, Scale: 1})
			columns[g] = n.transposeQuarters(halves(rows, 4*from))
		}
		n.fourSteps(right, bRow, bThird, sum, read, columns)
	}
	for _, base := range groups {
		ADDQ(Imm(4*eightSteps), base)
	}
	SUBQ(Imm(eightSteps), k)
	JGE(LabelRef(label + "_eights"))
	Label(label + "_short")
	ADDQ(Imm(eightSteps), k)
	JE(LabelRef(label + "_store"))
}

// halves returns registers of four numbers of eight rows: rows i and i+4 are the halves of register i.
func halves(rows []Mem, disp int) (r [4]VecVirtual) {
	for i := range r {
		r[i] = YMM()
		loadLow(rows[i].Offset(disp), r[i])
		VINSERTF128(Imm(1), rows[i+4].Offset(disp), r[i], r[i])
	}
	return r
}

// fourSteps emits four steps of k for vectors of rows whose columns read makes. The elements of one column of
// B stay in registers for all vectors; those of two are read once for two vectors.
func (n narrowTile) fourSteps(
	b []Register, bRow, bThird Register, sum [][]VecVirtual, read func(g int), columns [][]VecVirtual,
) {
	if n.cols == 1 {
		right := n.several(narrowSteps)
		for p, m := range fourRows(b[0], bRow, bThird) {
			n.broadcast(m, right[p])
		}
		LEAQ(Mem{Base: b[0], Index: bRow, Scale: 4}, b[0])
		for g := range sum {
			read(g)
			for p, column := range columns[g] {
				n.fma(column, right[p], sum[g][0]) // c[i] = fma(a[i][p], b[p], c[i])
			}
		}
		return
	}
	for first := 0; first < len(sum); first += 2 {
		end := min(first+2, len(sum))
		for g := first; g < end; g++ {
			read(g)
		}
		for p := range narrowSteps {
			for j, base := range b {
				x := n.register()
				n.broadcast(fourRows(base, bRow, bThird)[p], x)
				for g := first; g < end; g++ {
					n.fma(columns[g][p], x, sum[g][j]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
				}
			}
		}
	}
	for _, base := range b {
		LEAQ(Mem{Base: base, Index: bRow, Scale: 4}, base)
	}
}
