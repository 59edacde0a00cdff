package gonumblas

import "math"

// panelLU is the number of columns that are factored one by one.
const panelLU = 8

// factorColumns factors the n = len(pivots) columns of A, which has m rows, m >= n, by panels. A panel is
// copied to where its rows have panelLU elements, which the compiler knows. With its sign changed, it is
// then a factor of the product that brings the columns after it up to date.
func factorColumns(x block64, m int, pivots []int) (ok bool) {
	n := len(pivots)
	w := borrow[float64](m * panelLU)
	ok = true
	for j := 0; j < n; j += panelLU {
		k := min(panelLU, n-j)
		panel, own := w.data[:(m-j)*panelLU], pivots[j:j+k]
		loadPanel(panel, x.at(j, j), k)
		ok = factorPanel(panel, own) && ok
		exchangeRows(x.at(j, 0), n, own)
		storePanel(x.at(j, j), panel, k)
		for i := range own {
			own[i] += j
		}
		rest := n - j - k
		if rest == 0 {
			break
		}
		right := x.at(j, j+k)
		solvePanel(panel, right, k, rest)
		left := block64{panel[k*panelLU:], panelLU}
		multiply(false, false, m-j-k, rest, k, 1, left, right, 1, x.at(j+k, j+k))
	}
	w.giveBack()
	return ok
}

// loadPanel copies k columns.
func loadPanel(panel []float64, x block64, k int) {
	for i := range len(panel) / panelLU {
		row := (*[panelLU]float64)(panel[i*panelLU:])
		if k == panelLU {
			*row = *(*[panelLU]float64)(x.row(i, panelLU))
			continue
		}
		clear(row[copy(row[:], x.row(i, k)):])
	}
}

// storePanel copies k columns back, and changes the sign of those rows of the panel that have no diagonal
// element.
func storePanel(x block64, panel []float64, k int) {
	for i := range len(panel) / panelLU {
		row := (*[panelLU]float64)(panel[i*panelLU:])
		if k == panelLU {
			*(*[panelLU]float64)(x.row(i, panelLU)) = *row
		} else {
			copy(x.row(i, k), row[:])
		}
		if i >= k {
			for c := range row {
				row[c] = -row[c]
			}
		}
	}
}

// solvePanel solves for the rows right of the first k of the panel, of n elements.
func solvePanel(panel []float64, right block64, k, n int) {
	for i := 1; i < k; i++ {
		row := right.row(i, n)
		for c, l := range panel[i*panelLU : i*panelLU+i] {
			axpyRow(row, -l, right.row(c, n))
		}
	}
}

// axpyRow adds a*x to y.
func axpyRow(y []float64, a float64, x []float64) {
	const long = 16 // elements that are worth a call
	if len(y) >= long {
		Float64{}.Daxpy(len(y), a, x, 1, y, 1)
		return
	}
	x = x[:len(y)]
	for i, v := range x {
		y[i] += float64(a * v)
	}
}

// factorPanel factors a panel. Two columns lose their multiples of those before them when their turn comes.
// The division of a column by its pivot waits until then too.
func factorPanel(panel []float64, pivots []int) (ok bool) {
	ok = true
	factor := 1.0
	for j := range pivots {
		at := 0
		if j&1 == 0 {
			at = reducePair(panel, j, factor)
		} else {
			at = reduceSecond(panel, j, factor)
		}
		pivots[j] = at
		top, other := (*[panelLU]float64)(panel[j*panelLU:]), (*[panelLU]float64)(panel[at*panelLU:])
		*top, *other = *other, *top
		switch pivot := top[j]; {
		case pivot == 0:
			factor = 1
			ok = false
		case math.Abs(pivot) < smallest: // whose inverse may overflow
			factor = 1
			for i := (j+1)*panelLU + j; i < len(panel); i += panelLU {
				panel[i] /= pivot
			}
		default:
			factor = 1 / pivot
		}
	}
	for i := len(pivots)*(panelLU+1) - 1; i < len(panel); i += panelLU {
		panel[i] *= factor
	}
	return ok
}

// reducePair multiplies column j-1 by a factor, takes the multiples of the columns before j off columns j
// and j+1, and returns the first row from j on in which column j is greatest. j is even.
func reducePair(panel []float64, j int, factor float64) (at int) {
	t, u := partOfU(panel, j, j), partOfU(panel, j, j+1)
	most := int64(-1) // bits, which are compared without a jump
	for i := j * panelLU; i < len(panel); i += panelLU {
		row := (*[panelLU]float64)(panel[i:])
		v, w := row[j&(panelLU-1)], row[(j+1)&(panelLU-1)]
		if j > 0 {
			last := row[(j-1)&(panelLU-1)] * factor
			row[(j-1)&(panelLU-1)] = last
			v -= float64(last * t[(j-1)&(panelLU-1)])
			w -= float64(last * u[(j-1)&(panelLU-1)])
			l := row[(j-2)&(panelLU-1)]
			v -= float64(l * t[(j-2)&(panelLU-1)])
			w -= float64(l * u[(j-2)&(panelLU-1)])
		}
		if j > 2 {
			v -= float64(row[0] * t[0])
			w -= float64(row[0] * u[0])
			v -= float64(row[1] * t[1])
			w -= float64(row[1] * u[1])
		}
		if j > 4 {
			v -= float64(row[2] * t[2])
			w -= float64(row[2] * u[2])
			v -= float64(row[3] * t[3])
			w -= float64(row[3] * u[3])
		}
		row[j&(panelLU-1)], row[(j+1)&(panelLU-1)] = v, w
		if b := int64(math.Float64bits(v) &^ (1 << 63)); b > most {
			at, most = i, b
		}
	}
	return greatest(panel, j, at, most)
}

// partOfU solves for the elements of column c of U in the rows before j, and returns them.
func partOfU(panel []float64, j, c int) (t [panelLU]float64) {
	for i := range j {
		row := (*[panelLU]float64)(panel[i*panelLU:])
		v := row[c&(panelLU-1)]
		for d, l := range row[:i] {
			v -= float64(l * t[d])
		}
		row[c&(panelLU-1)] = v
		t[i] = v
	}
	return t
}

// reduceSecond is reducePair for the second column of a pair.
func reduceSecond(panel []float64, j int, factor float64) (at int) {
	u := panel[(j-1)*panelLU+j]
	most := int64(-1) // bits, which are compared without a jump
	for i := j * panelLU; i < len(panel); i += panelLU {
		row := (*[panelLU]float64)(panel[i:])
		l := row[(j-1)&(panelLU-1)] * factor
		v := row[j&(panelLU-1)] - float64(l*u)
		row[(j-1)&(panelLU-1)], row[j&(panelLU-1)] = l, v
		if b := int64(math.Float64bits(v) &^ (1 << 63)); b > most {
			at, most = i, b
		}
	}
	return greatest(panel, j, at, most)
}

// greatest returns the row of element at. Where that is NaN, it returns what Idamax does, to which NaN is
// greatest in the first place alone.
func greatest(panel []float64, j, at int, bits int64) int {
	if bits <= 0x7ff<<52 {
		return at / panelLU
	}
	most := math.Abs(panel[j*panelLU+j])
	row := j
	for i := j; i < len(panel)/panelLU; i++ {
		if v := math.Abs(panel[i*panelLU+j]); v > most {
			row, most = i, v
		}
	}
	return row
}
