package dataset

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// cellKind is what a cell of a text file holds.
type cellKind int

const (
	missingCell cellKind = iota
	numberCell           // finite
	hugeCell             // a number beyond float64, or an infinity
	textCell
)

// excelErrors are what Excel writes for values that it cannot compute.
var excelErrors = []string{"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!"}

// parseCell returns what a cell holds, and its value if that is a number. With decimalComma, a comma may
// stand for the decimal point.
func parseCell(cell string, decimalComma bool) (cellKind, float64) {
	if cell == "" {
		return missingCell, 0
	}
	if c := cell[0]; c > '9' || c < '+' { // no number starts like that; this is quicker, and most cells are numbers
		switch cell {
		case "?", "NA", "N/A", "<NA>", "NaN", "nan", "NAN", "null", "NULL", "None":
			return missingCell, 0
		}
		if c == '#' && slices.Contains(excelErrors, cell) {
			return missingCell, 0
		}
		switch strings.ToLower(cell) {
		case "inf", "infinity":
			return hugeCell, 0
		}
		return textCell, 0
	}
	if decimalComma {
		cell = strings.Replace(cell, ",", ".", 1)
	}
	v, err := strconv.ParseFloat(cell, 64)
	switch {
	case errors.Is(err, strconv.ErrRange) || err == nil && math.IsInf(v, 0):
		return hugeCell, 0
	case strings.EqualFold(cell, "-nan"):
		return missingCell, 0
	case err != nil:
		return textCell, 0
	}
	return numberCell, v
}

var datePattern = regexp.MustCompile(`^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})|\d{1,2}[- ][A-Z][a-z]{2}[- ]\d{2,4})([T ].*)?$|^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$`)

// isDate reports whether a cell holds a date or a time of the day.
func isDate(cell string) bool { return datePattern.MatchString(cell) }

var oddNumberPattern = regexp.MustCompile(`^[-+]?[$€£¥]?[-+]? ?\d[\d.,' \x{a0}\x{202f}]*([eEdD][-+]?\d+)? ?[%‰$€£¥]?$`)

// isOddNumber reports whether a text is a number to the eye, such as 1,234.5 or $5 or 20 %.
func isOddNumber(cell string) bool { return oddNumberPattern.MatchString(cell) }

// isDecimal reports whether a number is written with a decimal point or comma, or an exponent.
func isDecimal(cell string) bool { return strings.ContainsAny(cell, ".,eE") }

// isCount reports whether a cell holds digits alone, and returns their value.
func isCount(cell string) (int, bool) {
	if cell == "" || len(cell) > 9 || strings.Trim(cell, "0123456789") != "" || len(cell) > 1 && cell[0] == '0' {
		return 0, false
	}
	n, err := strconv.Atoi(cell)
	return n, err == nil
}
