package neon

import (
	"fmt"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// sumRows adds the rows of a matrix, a block of columns at a time, so that the sums stay in registers.
func sumRows() {
	begin(kernel.AddRows)
	dst, a := Argument("dst"), Argument("a")
	rows, cols, stride := Argument("rows"), Argument("cols"), Argument("stride")
	LSL(stride, stride, 2)

	// columns emits dst[j] = dst[j] + a[0][j] + a[1][j] + ... for n vectors of columns, or for a single
	// column. It repeats that as long as there are so many columns left.
	columns := func(n int, single bool) {
		width, elements := lanes*n, lanes
		if single {
			width, elements = 1, 1
		}
		label := fmt.Sprintf("columns%d", width)
		Label(label)
		CMP(cols, width)
		BLT(label + "_end")
		sums := make([]V, n)
		for i := range sums {
			sums[i] = access{elements: elements, disp: vectorBytes * i}.load(dst)
		}
		row, left := COPY(a), COPY(rows)
		Label(label + "_rows")
		for i, sum := range sums {
			S4.FADD(sum, sum, access{elements: elements, disp: vectorBytes * i}.load(row))
		}
		ADD(row, row, stride)
		SUBS(left, left, 1)
		BNE(label + "_rows")
		for i, sum := range sums {
			access{elements: elements, disp: vectorBytes * i}.store(sum, dst)
		}
		ADDI(a, a, 4*width)
		ADDI(dst, dst, 4*width)
		SUBI(cols, cols, width)
		B(label)
		Label(label + "_end")
	}
	columns(16, false)
	columns(4, false)
	columns(1, false)
	columns(1, true)
	RET()
}
