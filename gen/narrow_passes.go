package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// passes emits the passes over the rows. A pass is a number of vectors whose chains run side by side, for
// which a program each is there. In the last one of several vectors, the last vector ends with the last row
// and may begin among the rows of the one before it. A pass leaves no rows or at least a vector of them.
func (n narrowTile) passes() {
	groups := n.groups()
	left := GP64()
	Label("next")
	MOVQ(n.left, left)
	if !n.transposed && groups > crowdGroups && (n.Size == 8 || n.cols > 1) {
		TESTQ(U32(crowdBytes-1), n.aRow) // rows that crowd are few at a time
		JNE(LabelRef("many"))
		n.choose(left, crowdGroups)
		JMP(LabelRef(pass(crowdGroups)))
		Label("many")
	}
	n.choose(left, groups)
	for g := groups; g > 0; g-- {
		label := pass(g)
		Label(label)
		n.emit(label, g)
		CMPQ(n.left, Imm(0))
		JNE(LabelRef("next"))
		VZEROUPPER()
		RET()
	}
}

// crowdGroups is how many vectors there are at once of rows that crowd the first-level cache, of float64, or
// of several columns.
const crowdGroups = 2

// pass is the label of a pass of so many vectors.
func pass(groups int) string { return fmt.Sprintf("pass%d", groups) }

// choose emits the choice of a pass of up to so many vectors. It goes on where it is that of so many.
func (n narrowTile) choose(left Register, groups int) {
	most := n.lanes * groups
	CMPQ(left, U32(most*3/2))
	JG(LabelRef(pass(groups)))
	for g := 1; g < groups; g++ {
		CMPQ(left, U32(n.lanes*g))
		JLE(LabelRef(pass(g)))
	}
	CMPQ(left, U32(most))
	// Two passes of much the same size wait less than a large and a small one.
	JG(LabelRef(pass(groups * 3 / 4)))
}

// take emits what a pass of so many vectors takes of the rows that are left.
func (n narrowTile) take(groups int) {
	rows, back := GP64(), GP64()
	if groups == 1 {
		SUBQ(U32(n.lanes), n.left)
		return
	}
	MOVQ(n.left, rows)
	MOVQ(U32(n.lanes*groups), back)
	zero := GP64()
	XORQ(zero, zero)
	SUBQ(rows, back)
	CMOVQLT(zero, back)
	MOVQ(back, n.back)
	SUBQ(U32(n.lanes*groups), rows)
	ADDQ(back, rows)
	MOVQ(rows, n.left)
	if n.transposed {
		n.scale(back)
	} else {
		IMULQ(n.aRow, back)
	}
	MOVQ(back, n.backA)
}

// goBack moves an address that is at the rows of the last of several vectors back to those it begins with.
func (n narrowTile) goBack(group, groups int, address, stride Register) {
	if groups > 1 && group == groups-1 {
		back := GP64()
		MOVQ(n.back, back)
		IMULQ(stride, back)
		SUBQ(back, address)
	}
}

// goBackA does so with an address in A.
func (n narrowTile) goBackA(group, groups int, address Register) {
	if groups > 1 && group == groups-1 {
		SUBQ(n.backA, address)
	}
}
