package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const source = `package p

import "math"

func plain(x, y, z float64) float64 { return x*y + z }

func said(x, y, z float64) float64 {
	return math.FMA(x,
		y, z)
}

func both(x, y, z float64) float64 { return math.FMA(x, y, z) + x*z }

func inlined(x float64) float64 {
	f := func(x float64) float64 { return math.FMA(x, x, 1) }
	return f(x) + f(2*x)
}
`

// TestUnwritten: of a listing, what the source does not say is found, and only that.
func TestUnwritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	at := func(line int, instruction string) string {
		return fmt.Sprintf("\t0x0038 00056 (%s:%d)\t%s\tF1, F2, F0, F1\n", file, line, instruction)
	}
	text := "# p\np.plain STEXT size=16\n" + at(5, "FMADDD") + at(5, "FADDD") +
		"p.said STEXT size=16\n" + at(8, "FNMSUBS") +
		"p.both STEXT size=16\n" + at(12, "FMADDD") + at(12, "FMSUBD") +
		"p.inlined STEXT size=16\n" + at(15, "FMADDD") + at(15, "FMADDD") +
		"p.caller STEXT size=16\n" + at(8, "FMADDD") + at(8, "FMADDD") + at(9, "FMADDD")
	found, err := scan(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if found.functions != 5 {
		t.Errorf("%d functions, want 5", found.functions)
	}
	got, err := found.unwritten()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		file + ":5: p.plain has 1 fused products, and the source 0 calls of math.FMA",
		file + ":12: p.both has 2 fused products, and the source 1 calls of math.FMA",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
