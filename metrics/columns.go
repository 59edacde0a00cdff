package metrics

import (
	"fmt"
	"math"
	"slices"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// ColumnComparison is the distance of a column of samples from that of the data, next to its floor: the distance of
// Kolmogorov and Smirnov of numbers, that of total variation of categories and of whole numbers with few values.
type ColumnComparison struct {
	Name     string  `json:"name"`
	Distance string  `json:"distance"` // "KS" or "total variation"
	Value    float64 `json:"value"`
	Floor    float64 `json:"floor"`  // mean over random halves of true rows
	Spread   float64 `json:"spread"` // standard deviation of that
	P        float64 `json:"p"`      // that a column of any of the table is as far above its floor by chance
	Told     bool    `json:"told"`   // P is at most Level
}

// The distances of a column.
const (
	KSDistance             = "KS"
	TotalVariationDistance = "total variation"
)

// few is the number of different values up to which whole numbers are compared value by value.
const few = 32

// CompareColumns compares each column of samples with that of data, next to the floor between random halves of data and
// more, other true rows. Comparisons come in the order of the columns. The measure is the distance of the column that is
// farthest above what chance gives it, in units of what chance varies; chance is that of the farthest of all columns, so
// that a table of many columns gives no more false alarms. A value that is not finite is an error. Columns are as many as
// the matrices have; names that are empty become "column 1".
func CompareColumns(samples, data, more kernels.Matrix64, columns []dataset.Column, seed uint64) ([]ColumnComparison, Comparison, error) {
	if samples.Cols != len(columns) || data.Cols != len(columns) || more.Cols != len(columns) {
		panic(fmt.Sprintf("metrics: CompareColumns: samples %dx%d, data %dx%d and %dx%d, %d columns",
			samples.Rows, samples.Cols, data.Rows, data.Cols, more.Rows, more.Cols, len(columns)))
	}
	if len(columns) < 1 || samples.Rows < 1 || data.Rows < 1 || more.Rows < 1 {
		return nil, Comparison{}, fmt.Errorf("metrics: CompareColumns: %d columns, %d samples, %d and %d true rows: want at least one of each",
			len(columns), samples.Rows, data.Rows, more.Rows)
	}
	for s, x := range []kernels.Matrix64{samples, data, more} {
		for j := range columns {
			if i := notFinite(Column(x, j)); i >= 0 {
				return nil, Comparison{}, fmt.Errorf("metrics: CompareColumns: row %d, column %s of set %d is not finite", i+1,
					ColumnName(columns, j), s+1)
			}
		}
	}
	test := newSplits(samples.Rows, data.Rows, divisions, nil, seed)
	truth := newSplits(more.Rows, data.Rows, halvings, nil, seed+1)
	all := make([]ColumnComparison, len(columns))
	excess := make([][]float64, len(columns)) // of each division, in units of its spread over the divisions
	kernels.Parallel(len(columns), 1, func(_, j, _ int) {
		a, b := Column(samples, j), Column(data, j)
		floors := newLine(append(Column(more, j), b...))
		c := ColumnComparison{Name: ColumnName(columns, j), Distance: KSDistance}
		if k := columns[j].Kind; k == dataset.Category || k == dataset.Integer && floors.values() <= few {
			c.Distance = TotalVariationDistance
		}
		excess[j] = c.distances(newLine(append(a, b...)), test)
		c.Value = excess[j][0]
		c.Floor, c.Spread = meanAndSpread(c.distances(floors, truth)[1:])
		mean, spread := meanAndSpread(excess[j])
		for i := range excess[j] {
			excess[j][i] -= mean
			if spread > 0 {
				excess[j][i] /= spread
			}
		}
		all[j] = c
	})
	farthest := slices.Clone(excess[0])
	for _, e := range excess {
		for i, v := range e {
			farthest[i] = max(farthest[i], v)
		}
	}
	at := 0
	for j := range all {
		all[j].P = share(excess[j][0], farthest[1:])
		all[j].Told = all[j].P <= Level
		if excess[j][0] > excess[at][0] {
			at = j
		}
	}
	c := all[at]
	return all, Comparison{
		Name: "farthest column by itself", Where: c.Name + ", " + c.Distance, Value: c.Value, Floor: c.Floor,
		Spread: c.Spread, Ratio: ratio(c.Value, c.Floor, c.Spread), P: c.P, Told: c.Told,
	}, nil
}

// distances returns the distance of every division.
func (c *ColumnComparison) distances(l line, s splits) []float64 {
	of := line.kolmogorov
	if c.Distance == TotalVariationDistance {
		of = line.variation
	}
	distances := make([]float64, len(s.inFirst))
	for i, inFirst := range s.inFirst {
		distances[i] = of(l, inFirst, s.first, s.second)
	}
	return distances
}

// ColumnName returns the name of a column, "column 1" of the first where it has none.
func ColumnName(columns []dataset.Column, j int) string {
	if columns[j].Name != "" {
		return columns[j].Name
	}
	return fmt.Sprintf("column %d", j+1)
}

// Indicators returns x with a column of zeros and ones in place of each category of a column of them, and what each column
// then is. A category is told by its number, and one that is none of the column's has zeros everywhere.
func Indicators(x kernels.Matrix64, columns []dataset.Column) (kernels.Matrix64, []string) {
	if x.Cols != len(columns) {
		panic(fmt.Sprintf("metrics: Indicators: rows %dx%d with %d columns", x.Rows, x.Cols, len(columns)))
	}
	var names []string
	var all [][]float64
	for j, c := range columns {
		values := Column(x, j)
		if c.Kind != dataset.Category {
			names, all = append(names, ColumnName(columns, j)), append(all, values)
			continue
		}
		for k, category := range c.Categories {
			is := make([]float64, len(values))
			for i, v := range values {
				if v == float64(k) {
					is[i] = 1
				}
			}
			names, all = append(names, fmt.Sprintf("%s=%s", ColumnName(columns, j), category)), append(all, is)
		}
	}
	out := kernels.NewMatrix64(x.Rows, len(all))
	for j, column := range all {
		setColumn(out, j, column)
	}
	return out, names
}

// meanAndSpread returns the mean and the standard deviation of values.
func meanAndSpread(values []float64) (mean, spread float64) {
	mean, se := Mean(values)
	return mean, se * math.Sqrt(float64(len(values)))
}
