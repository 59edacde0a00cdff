package gonumblas

import "math"

// panelLU is the number of columns that are factored one by one.
const panelLU = 8

// factorColumns factors the n = len(pivots) columns of A, which has m rows, m >= n, by panels. A panel is copied
// to where its rows have panelLU elements, which the compiler knows. With its sign changed, it is then a factor
// of the product that brings the columns after it up to date.
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
		multiply(false, false, m-j-k, rest, k, 1, block64{panel[k*panelLU:], panelLU}, right, 1, x.at(j+k, j+k))
	}
	w.giveBack()
	return ok
}

// loadPanel copies k columns.
func loadPanel(panel []float64, x block64, k int) {
	for i := range len(panel) / panelLU {
		row := (*[panelLU]float64)(panel[i*panelLU:])
		if k == panelLU {
			*row = [panelLU]float64(x.row(i, panelLU))
			continue
		}
		clear(row[copy(row[:], x.row(i, k)):])
	}
}

// storePanel copies k columns back, and changes the sign of those rows of the panel that have no diagonal element.
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
	var f Float64
	for i := 1; i < k; i++ {
		row := right.row(i, n)
		for c, l := range panel[i*panelLU : i*panelLU+i] {
			f.Daxpy(n, -l, right.data[c*right.stride:], 1, row, 1)
		}
	}
}

// factorPanel factors a panel column after column: a column loses its multiples of those before it when its turn
// comes. The division of a column by its pivot waits until then too.
func factorPanel(panel []float64, pivots []int) (ok bool) {
	ok = true
	factor := 1.0
	for j := range pivots {
		at := reduceColumn(panel, j, factor)
		pivots[j] = at
		top, other := (*[panelLU]float64)(panel[j*panelLU:]), (*[panelLU]float64)(panel[at*panelLU:])
		*top, *other = *other, *top
		switch pivot := top[j]; {
		case pivot == 0:
			factor = 1
			ok = false
		case math.Abs(pivot) < 0x1p-1022: // whose inverse may overflow
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

// reduceColumn multiplies column j-1 by a factor, takes the multiples of the columns before j off column j, and
// returns the first row from j on in which this is greatest.
func reduceColumn(panel []float64, j int, factor float64) (at int) {
	var t [panelLU]float64 // the part of U
	for c := range j {
		v := panel[c*panelLU+j]
		for d, l := range panel[c*panelLU : c*panelLU+c] {
			v -= float64(l * t[d])
		}
		panel[c*panelLU+j] = v
		t[c] = v
	}
	at = j
	most := -1.0
	for i := j * panelLU; i < len(panel); i += panelLU {
		row := (*[panelLU]float64)(panel[i:])
		v := row[j&(panelLU-1)]
		if j > 0 {
			row[(j-1)&(panelLU-1)] *= factor
		}
		switch j {
		case 7:
			v -= float64(row[6] * t[6])
			fallthrough
		case 6:
			v -= float64(row[5] * t[5])
			fallthrough
		case 5:
			v -= float64(row[4] * t[4])
			fallthrough
		case 4:
			v -= float64(row[3] * t[3])
			fallthrough
		case 3:
			v -= float64(row[2] * t[2])
			fallthrough
		case 2:
			v -= float64(row[1] * t[1])
			fallthrough
		case 1:
			v -= float64(row[0] * t[0])
		}
		row[j&(panelLU-1)] = v
		if v = math.Abs(v); v > most || most < 0 {
			at, most = i/panelLU, v
		}
	}
	return at
}
