package dataset

import (
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// Kind tells what the values of a column are.
type Kind string

// A column holds numbers, whole numbers, or categories: texts that stand in the values by their place in Categories.
const (
	Number   Kind = "number"
	Integer  Kind = "integer"
	Category Kind = "category"
)

// Column describes a column of a table.
type Column struct {
	Name       string   `json:"name,omitempty"` // of the header, or empty
	Kind       Kind     `json:"kind"`
	Categories []string `json:"categories,omitempty"` // of a Category, in the order of the alphabet
	Low        float64  `json:"low"`                  // smallest value
	High       float64  `json:"high"`                 // largest value

	// Decimals is how many digits after the point are enough for all numbers of a text's column, up to
	// MostDecimals, and 0 where they are whole, where more are needed, and for arrays.
	Decimals int `json:"decimals,omitempty"`
}

// MostDecimals is the most that Column.Decimals counts.
const MostDecimals = 6

// Round returns the number nearest to v that has no more digits after the point than those of the column. It
// is the one that such a text is read as.
func (c *Column) Round(v float64) float64 {
	if c.Decimals == 0 {
		return v
	}
	return roundDecimals(v, c.Decimals)
}

// roundDecimals rounds v to some digits after the point: the quotient of two numbers that are exact is the
// float64 nearest to the decimal. Numbers without room for so many digits stay.
func roundDecimals(v float64, digits int) float64 {
	unit := powersOfTen[digits]
	n := math.RoundToEven(float64(v * unit))
	if !(math.Abs(n) < 1<<53) {
		return v
	}
	return n/unit + 0 // no zero has a sign
}

var powersOfTen = [MostDecimals + 1]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6}

// decimals returns how many digits after the point all values need, NaN not counted, or 0 where that is more
// than MostDecimals.
func decimals(x kernels.Matrix64, column int) int {
	digits := 0
	for i := range x.Rows {
		v := x.Row(i)[column]
		for v != math.Trunc(v) && v == v && roundDecimals(v, digits) != v {
			if digits++; digits > MostDecimals || math.Abs(v)*powersOfTen[digits] >= 1<<53 {
				return 0
			}
		}
	}
	return digits
}
