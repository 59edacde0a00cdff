package main

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// drawn reads a picture.
func drawn(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestScatterMargin: nothing is cut at the edges of a plot, whatever the numbers at its ticks.
func TestScatterMargin(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.png")
	for _, scale := range []float64{1, 3.7, 1e3, 1e-4, 2.2e6} {
		x := kernels.Matrix64{Rows: 3, Cols: 2, Stride: 2, Data: []float64{-scale, -scale, scale, scale, 0, scale / 3}}
		if err := writeScatter(path, x, x.Rows, smld.Description{Name: "points"}); err != nil {
			t.Fatal(err)
		}
		m := drawn(t, path)
		for i := range m.Bounds().Dx() {
			for _, p := range []image.Point{{0, i}, {i, 0}, {m.Bounds().Dx() - 1, i}, {i, m.Bounds().Dy() - 1}} {
				if r, g, b, _ := m.At(p.X, p.Y).RGBA(); r&g&b != 0xffff {
					t.Fatalf("scale %v: something is drawn at %v, the edge of the picture", scale, p)
				}
			}
		}
	}
}

// TestLossLegend: the mark of single batches can be seen in the legend. All losses lie below it.
func TestLossLegend(t *testing.T) {
	path := filepath.Join(t.TempDir(), "loss.png")
	c := &lossCurve{}
	c.add(100)
	for range 500 {
		c.add(1)
	}
	if err := writeLoss(path, c); err != nil {
		t.Fatal(err)
	}
	m, found := drawn(t, path), 0
	size := m.Bounds().Size()
	for y := range size.Y / 2 {
		for x := size.X / 2; x < size.X; x++ {
			if r, g, b, _ := m.At(x, y).RGBA(); r>>8 == 174 && g>>8 == 199 && b>>8 == 232 {
				found++
			}
		}
	}
	if found < 20 {
		t.Errorf("the mark of batches has %d pixels in the legend", found)
	}
}
