package metrics

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// CorrelationError returns the largest difference of a correlation between two columns of a from that of the same columns
// of b, and the columns. A column that is constant in a or in b has no correlations and is left out; where no pair is left
// the difference is 0 and the columns are -1. Categories belong in columns of zeros and ones, one a category (see
// Indicators). Values are measured from the first of their column, so that correlations of columns far from zero lose
// nothing. A value that is not finite and fewer than two rows are errors.
func CorrelationError(a, b kernels.Matrix64) (largest float64, first, second int, err error) {
	if a.Cols != b.Cols {
		panic(fmt.Sprintf("metrics: CorrelationError: columns %dx%d and %dx%d", a.Rows, a.Cols, b.Rows, b.Cols))
	}
	if a.Rows < 2 || b.Rows < 2 {
		return 0, -1, -1, fmt.Errorf("metrics: CorrelationError: %d and %d rows: want two at least", a.Rows, b.Rows)
	}
	var c [2][]float64
	for s, x := range []kernels.Matrix64{a, b} {
		unit := kernels.NewMatrix64(x.Rows, x.Cols)
		for j := range x.Cols {
			column := Column(x, j)
			if i := notFinite(column); i >= 0 {
				return 0, -1, -1, fmt.Errorf("metrics: CorrelationError: row %d, column %d of set %d is %v: want finite numbers",
					i+1, j+1, s+1, column[i])
			}
			standardise(column)
			setColumn(unit, j, column)
		}
		product := kernels.NewMatrix64(x.Cols, x.Cols)
		kernels.Gemm64(true, false, 1, unit, unit, 0, product)
		c[s] = product.Data
	}
	largest, first, second = correlationGap(c[0], c[1], a.Cols)
	return largest, first, second, nil
}

// correlationGap returns the largest difference of two correlation matrices, whose diagonals are zero for columns that are
// constant.
func correlationGap[T float32 | float64](a, b []T, n int) (largest float64, first, second int) {
	first, second = -1, -1
	for i := range n {
		if a[i*n+i] == 0 || b[i*n+i] == 0 {
			continue
		}
		for k := range i {
			if a[k*n+k] == 0 || b[k*n+k] == 0 {
				continue
			}
			if d := math.Abs(float64(a[i*n+k]) - float64(b[i*n+k])); d > largest || first < 0 {
				largest, first, second = d, k, i
			}
		}
	}
	return largest, first, second
}

// standardise takes the mean off the values and divides them by the root of the sum of their squares; equal ones become 0.
func standardise(x []float64) {
	// Halves have finite differences. Those from the first value are exact where the values are close to each other.
	first, widest := detmath.Mul(x[0], 0.5), 0.0
	for i, v := range x {
		x[i] = detmath.Mul(v, 0.5) - first
		widest = max(widest, math.Abs(x[i]))
	}
	if widest == 0 {
		return
	}
	mean := 0.0
	for i := range x {
		x[i] /= widest
		mean += x[i]
	}
	mean /= float64(len(x))
	squares := 0.0
	for i := range x {
		x[i] -= mean
		squares = math.FMA(x[i], x[i], squares)
	}
	norm := math.Sqrt(squares)
	for i := range x {
		x[i] /= norm
	}
}

// CorrelationMeasure is the largest difference of two columns' correlations; see CorrelationError. Its products are in
// float32, which leaves an error below 10^-5.
func CorrelationMeasure(a, b kernels.Matrix64) (Measure, error) {
	if _, _, _, err := CorrelationError(a, b); err != nil {
		return Measure{}, err
	}
	var columns [][]float64
	for j := range a.Cols {
		columns = append(columns, append(Column(a, j), Column(b, j)...))
	}
	return Measure{first: a.Rows, second: b.Rows, on: each(func(inFirst []bool) float64 {
		var c [2]kernels.Matrix
		for s, rows := range []int{a.Rows, b.Rows} {
			unit, column := kernels.NewMatrix(rows, len(columns)), make([]float64, rows)
			for j, all := range columns {
				i := 0
				for p, in := range inFirst {
					if in == (s == 0) {
						column[i] = all[p]
						i++
					}
				}
				standardise(column)
				for i, v := range column {
					unit.Data[i*unit.Stride+j] = float32(v)
				}
			}
			c[s] = kernels.NewMatrix(len(columns), len(columns))
			kernels.Gemm(true, false, 1, unit, unit, 0, c[s])
		}
		largest, _, _ := correlationGap(c[0].Data, c[1].Data, len(columns))
		return largest
	})}, nil
}

// Column returns a copy of a column.
func Column(x kernels.Matrix64, j int) []float64 {
	if j < 0 || j >= x.Cols {
		panic(fmt.Sprintf("metrics: Column: column %d of %d", j, x.Cols))
	}
	column := make([]float64, x.Rows)
	for i := range column {
		column[i] = x.Data[i*x.Stride+j]
	}
	return column
}

func setColumn(x kernels.Matrix64, j int, column []float64) {
	for i, v := range column {
		x.Data[i*x.Stride+j] = v
	}
}

// notFinite returns the first place of NaN or an infinity, or -1.
func notFinite(x []float64) int {
	for i, v := range x {
		if v-v != 0 {
			return i
		}
	}
	return -1
}
