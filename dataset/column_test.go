package dataset

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
)

// TestDecimals: a column of text knows how many decimals its numbers have.
func TestDecimals(t *testing.T) {
	for _, c := range []struct {
		cells string
		want  int
	}{
		{"1.25 3 0.5", 2}, {"1 2 3", 0}, {"0.1 0.2 0.7", 1}, {"1e-3 -7.5 0", 3}, {"0.123456 1", 6}, {"0.1234567 1", 0},
		{"0.30000000000000004 1", 0}, {"9007199254740993 0.5", 1}, {"1e300 0.25", 2}, {"10000000000.123456 0.5", 0},
		{"-1234567.89 1234567.9", 2}, {"1.10 2.20", 1},
	} {
		s, err := readOptions("a.csv", []byte("x\n"+strings.ReplaceAll(c.cells, " ", "\n")+"\n"), Options{})
		if err != nil || s.Columns[0].Decimals != c.want || c.want > 0 && !s.Double {
			t.Errorf("%s: %+v, %v, want %d decimals", c.cells, s, err, c.want)
		}
	}
	s, err := readOptions("a.npy", npyOf("<f8", "(1, 1)", 0, 0, 0, 0, 0, 0, 0xe0, 0x3f), Options{})
	if err != nil || s.X.Data[0] != 0.5 || s.Columns[0].Decimals != 0 {
		t.Errorf("an array has decimals: %+v, %v", s, err)
	}
}

// TestRound: a rounded number is the one that its text is read as, and has no more digits than the column.
func TestRound(t *testing.T) {
	for digits := 1; digits <= MostDecimals; digits++ {
		c := Column{Kind: Number, Decimals: digits}
		for i := range 2000 {
			v := (float64(i) - 900.3) * 1.2345678e-2 * float64(1+i%7*1000)
			got := c.Round(v)
			text := strconv.FormatFloat(got, 'f', digits, 64)
			if back, err := strconv.ParseFloat(text, 64); err != nil || back != got || math.Abs(got-v) > 0.5000001*math.Pow(10, -float64(digits)) {
				t.Fatalf("%v rounds to %v, which %s is not", v, got, text)
			}
		}
		if got := fmt.Sprint(c.Round(-1e-9), c.Round(1e300), c.Round(math.Inf(1))); got != "0 1e+300 +Inf" {
			t.Errorf("%d digits: %s", digits, got)
		}
	}
	if v := (&Column{}).Round(0.123456789); v != 0.123456789 {
		t.Errorf("a column without decimals rounds to %v", v)
	}
}
