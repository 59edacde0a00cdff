package main

import (
	"bytes"
	"image/png"
	"os"
	"strings"
	"testing"
)

// TestPicture draws the picture twice. It compares the bytes, and looks for every sampler's mark and for the
// heads of the tables in the page that shows them.
func TestPicture(t *testing.T) {
	var pictures [2][]byte
	var m measured
	for i := range pictures {
		var err error
		if m, err = measure(t.Context(), 500); err != nil {
			t.Fatal(err)
		}
		if pictures[i], err = picture(m); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(pictures[0], pictures[1]) {
		t.Error("the second picture has other bytes")
	}
	drawn, err := png.Decode(bytes.NewReader(pictures[0]))
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/samplers.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, all := range [][]series{m.errors, m.variances, m.shares} {
		for _, s := range all {
			mark := marks[s.name].color
			if mark == nil {
				t.Fatalf("%s has no mark", s.name)
			}
			found := false
			for y := range drawn.Bounds().Dy() {
				for x := range drawn.Bounds().Dx() {
					r, g, b, _ := drawn.At(x, y).RGBA()
					wantR, wantG, wantB, _ := mark.RGBA()
					found = found || r == wantR && g == wantG && b == wantB
				}
			}
			if !found {
				t.Errorf("%s is not in the picture", s.name)
			}
			for _, p := range s.points {
				if !(p.evaluations > 9.5 && p.evaluations < 105) {
					t.Errorf("%s has %v evaluations, outside the picture", s.name, p.evaluations)
				}
			}
		}
	}
	for _, rows := range []string{table(m.errors), table(append(m.variances, m.shares...))} {
		if head, _, _ := strings.Cut(rows, "\n"); !strings.Contains(string(page), head+"\n") {
			t.Errorf("docs/samplers.md has no table with the head %s", head)
		}
	}
}
