package gonumblas

import "math"

// panelLU is the transpose of some columns that are factored: row j of t is column j of A. Loops are thus along
// memory.
type panelLU struct {
	t      block64
	m, n   int // of A
	pivots []int
}

// factorPanelLU factors the first columns of A, which has m rows, m >= len(pivots).
func factorPanelLU(x block64, m int, pivots []int) (ok bool) {
	n := len(pivots)
	stride := (m+7)&^7 + 8 // columns of one of 1024 or so would compete for few places in the cache
	w := borrow[float64](n * stride)
	p := panelLU{block64{w.data[:n*stride], stride}, m, n, pivots}
	p.t.transpose(x, m, n)
	ok = p.factor(0, n)
	x.transpose(p.t, n, m)
	w.giveBack()
	return ok
}

// factor factors columns from to to-1, which those before have been applied to.
func (p *panelLU) factor(from, to int) (ok bool) {
	const few = 4
	if to-from <= few {
		ok = true
		for j := from; j < to; j++ {
			ok = p.step(j, to) && ok
		}
		return ok
	}
	middle := from + (to-from+1)/2
	ok = p.factor(from, middle)
	for j := middle; j < to; j++ { // solve with L, whose columns are rows here
		row := p.t.row(j, p.m)
		for i := from; i < middle-1; i++ {
			l, v := p.t.row(i, middle), row[i]
			for c := i + 1; c < middle; c++ {
				row[c] -= float64(v * l[c])
			}
		}
	}
	if middle < p.m {
		multiply(false, false, to-middle, p.m-middle, middle-from, -1, p.t.at(middle, from),
			p.t.at(from, middle), 1, p.t.at(middle, middle))
	}
	return p.factor(middle, to) && ok
}

// step finds pivot j, divides by it, and updates the columns up to to-1.
func (p *panelLU) step(j, to int) (ok bool) {
	var f Float64
	col := p.t.row(j, p.m)[j:]
	at := f.Idamax(len(col), col, 1)
	p.pivots[j] = j + at
	if col[at] == 0 {
		return false
	}
	if at != 0 {
		for i := range p.n {
			row := p.t.row(i, p.m)[j:]
			row[0], row[at] = row[at], row[0]
		}
	}
	divideColumn(col[1:], col[0])
	n := len(col) - 1
	for i := j + 1; i < to; i++ {
		row := p.t.row(i, p.m)[j:]
		f.Daxpy(n, -row[0], col[1:], 1, row[1:], 1)
	}
	return true
}

// divideColumn divides x by a.
func divideColumn(x []float64, a float64) {
	if math.Abs(a) >= 0x1p-1022 {
		Float64{}.Dscal(len(x), 1/a, x, 1)
		return
	}
	for i := range x {
		x[i] /= a
	}
}
