package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// narrow emits products with one to four columns. A tile of such a product would leave most lanes empty. Here
// the lanes are rows of A, and elements of B are broadcast.
func narrow() {
	for cols := 1; cols <= 4; cols++ {
		narrowProduct(cols, false)
		narrowProduct(cols, true)
	}
}

// narrowRows is how many rows there are at least.
const narrowRows = 8

func narrowProduct(cols int, transposed bool) {
	begin(kernel.Single.Narrow(cols, transposed, narrowRows, kernel.StartOfRow))
	n := narrowTile{cols: cols, transposed: transposed}
	n.a, n.aRow = Argument("a"), single.scaled(Argument("aRow"))
	n.start, n.startRow = Argument("start"), single.scaled(Argument("startRow"))
	n.c, n.cRow = Argument("c"), single.scaled(Argument("cRow"))
	n.bRow, n.bCol = single.scaled(Argument("bRow")), single.scaled(Argument("bCol"))

	// Vectors of rows at once: enough that their chains cover the latency of FMA.
	groups := 4
	if transposed && cols <= 2 {
		groups = 8
	}
	n.left = Argument("m")
	n.passes(groups)
}

// narrowTile is some vectors of rows by all columns. The last vector may have rows of the one before it once
// more.
type narrowTile struct {
	cols       int
	transposed bool // the rows of a column of A lie side by side
	a, aRow    X
	bRow, bCol X

	start, startRow, c, cRow X // of the next row

	left X // rows that are to come
	back X // rows that the last vector has in common with the one before it
}

// emit computes the chains of groups vectors of rows, or of the rows that are left, and moves the addresses
// on. All chains begin before one is stored, so that rows computed twice begin alike.
func (n narrowTile) emit(label string, groups int) {
	n.back = n.take(groups)
	sum := make([][]V, groups)
	for g := range sum {
		sum[g] = registers(n.cols)
		for _, v := range sum[g] {
			VZERO(v)
		}
	}
	n.each(sum, n.start, n.startRow, S4.LD1)

	k, a, b := Argument("k"), COPY(n.a), []X{Argument("b")}
	for len(b) < n.cols {
		next := NewX()
		ADD(next, b[len(b)-1], n.bCol)
		b = append(b, next)
	}
	// right reads rows of B, a register for each column and a lane for each row.
	right := func(rows int) []V {
		y := registers(n.cols)
		for j, v := range y {
			LDRS(v, At(b[j]))
			ADD(b[j], b[j], n.bRow)
			for p := 1; p < rows; p++ {
				S4.LD1(v, p, b[j])
				ADD(b[j], b[j], n.bRow)
			}
		}
		return y
	}
	// step emits step p of those of right for group g, whose column of A is x.
	step := func(g int, x V, right []V, p int) {
		for j, y := range right {
			S4.FMLAE(sum[g][j], x, y, p) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
		}
	}
	if n.transposed {
		n.direct(label, k, a, groups, right, step)
	} else {
		n.transposing(label, k, a, groups, right, step)
	}
	n.each(sum, n.c, n.cRow, S4.ST1)
	if n.transposed {
		ADDI(n.a, n.a, vectorBytes*groups)
		return
	}
	for range lanes * groups {
		ADD(n.a, n.a, n.aRow)
	}
}

// direct emits the steps of k where a column of A is a row in memory.
func (n narrowTile) direct(
	label string, k, a X, groups int, right func(rows int) []V, step func(g int, x V, right []V, p int),
) {
	last := NewX()
	ADDI(last, a, vectorBytes*(groups-1))
	one := NewX()
	MOVI(one, 4)
	n.goBack(groups-1, groups, last, one)
	Label(label + "_step")
	y := right(1)
	for g := range groups - 1 {
		step(g, load(Mem{Base: a, Disp: vectorBytes * g}), y, 0)
	}
	step(groups-1, load(At(last)), y, 0)
	ADD(a, a, n.aRow)
	ADD(last, last, n.aRow)
	SUBS(k, k, 1)
	BNE(label + "_step")
}

// transposing emits the steps of k where it takes shuffles to bring a column of A into a register. It takes
// four columns at a time, and the last few one by one.
func (n narrowTile) transposing(
	label string, k, a X, groups int, right func(rows int) []V, step func(g int, x V, right []V, p int),
) {
	SUBS(k, k, lanes)
	BLT(label + "_few")
	Label(label + "_steps")
	y := right(lanes)
	row := COPY(a)
	for g := range groups {
		n.goBack(g, groups, row, n.aRow)
		x := registers(lanes)
		for _, v := range x {
			LDR(v, At(row))
			ADD(row, row, n.aRow)
		}
		for p, column := range transpose(x) {
			step(g, column, y, p)
		}
	}
	ADDI(a, a, 4*lanes)
	SUBS(k, k, lanes)
	BGE(label + "_steps")
	Label(label + "_few")
	ADDS(k, k, lanes)
	BEQ(label + "_store")
	Label(label + "_one")
	last := right(1)
	row = COPY(a)
	for g := range groups {
		n.goBack(g, groups, row, n.aRow)
		x := NewV()
		VZERO(x)
		for i := range lanes {
			S4.LD1(x, i, row)
			ADD(row, row, n.aRow)
		}
		step(g, x, last, 0)
	}
	ADDI(a, a, 4)
	SUBS(k, k, 1)
	BNE(label + "_one")
	Label(label + "_store")
}

// transpose returns the columns of four rows of four float32.
func transpose(r []V) [lanes]V {
	var pairs, columns [lanes]V
	for i := range pairs {
		pairs[i], columns[i] = NewV(), NewV()
	}
	for i := 0; i < lanes; i += 2 { // columns 0 and 2, 1 and 3 of two rows
		S4.TRN1(pairs[i], r[i], r[i+1])
		S4.TRN2(pairs[i+1], r[i], r[i+1])
	}
	for j := range 2 {
		D2.TRN1(columns[j], pairs[j], pairs[2+j])
		D2.TRN2(columns[2+j], pairs[j], pairs[2+j])
	}
	return columns
}

// each emits an access to each lane of the sums, row by row, and moves the address past them.
func (n narrowTile) each(sum [][]V, base, stride X, access func(v V, lane int, x X)) {
	for g := range sum {
		n.goBack(g, len(sum), base, stride)
		for i := range lanes {
			at := COPY(base)
			for j, v := range sum[g] {
				access(v, i, at)
				if j < n.cols-1 {
					ADDI(at, at, 4)
				}
			}
			ADD(base, base, stride)
		}
	}
}
