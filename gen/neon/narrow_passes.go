package neon

import (
	"fmt"

	. "github.com/seed964deb49/langevin/gen/arm64"
)

// passes emits the passes over the rows. A pass is a number of vectors whose chains run side by side, for
// which a program each is there. In the last one of several vectors, the last vector ends with the last row
// and may begin among the rows of the one before it. A pass leaves no rows or at least a vector of them.
func (n narrowTile) passes(groups int) {
	pass := func(g int) string { return fmt.Sprintf("pass%d", g) }
	most := lanes * groups
	Label("next")
	CMP(n.left, most*3/2)
	BGT(pass(groups))
	for g := 1; g < groups; g++ {
		CMP(n.left, lanes*g)
		BLE(pass(g))
	}
	CMP(n.left, most)
	// Two passes of much the same size wait less than a large and a small one.
	BGT(pass(groups * 3 / 4))
	for g := groups; g > 0; g-- {
		Label(pass(g))
		n.emit(pass(g), g)
		CBNZ(n.left, "next")
		RET()
	}
}

// take emits what a pass of so many vectors takes of the rows that are left, and returns how many rows its
// last vector has in common with the one before.
func (n narrowTile) take(groups int) (back X) {
	taken, none := NewX(), NewX()
	MOVI(taken, int64(lanes*groups))
	MOVI(none, 0)
	back = NewX()
	SUB(back, taken, n.left)
	CMP(back, 0)
	CSELLT(back, none, back)
	SUB(n.left, n.left, taken)
	ADD(n.left, n.left, back)
	return back
}

// goBack moves an address that is at the rows of the last of several vectors back to those it begins with.
func (n narrowTile) goBack(group, groups int, address, stride X) {
	if groups > 1 && group == groups-1 {
		bytes := NewX()
		MUL(bytes, n.back, stride)
		SUB(address, address, bytes)
	}
}
