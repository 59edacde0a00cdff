package main

import (
	"image"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// TestNeighbours: each sample in the picture has the nearest image of the data below it.
func TestNeighbours(t *testing.T) {
	data := kernels.Matrix{Rows: 3, Cols: 4, Stride: 4, Data: []float32{0, 0, 0, 0, 9, 9, 9, 9, 4, 4, 4, 4}}
	x := kernels.Matrix{Rows: 2, Cols: 4, Stride: 4, Data: []float32{8, 8, 8, 8, 1, 1, 1, 1}}
	p, err := neighbours(x, data, &smld.Model{Data: smld.Description{Shape: []int{2, 2}, Low: 0, High: 9}})
	if err != nil {
		t.Fatal(err)
	}
	m := p.Image()
	const cell = 56 + 4 // an image and the gap beside it
	right := m.Bounds().Dx() - 12 - cell + 20
	for i, want := range []uint32{227, 28, 255, 0} {
		at := image.Pt(right-cell+i%2*cell, 12+20+i/2*cell)
		if grey, _, _, _ := m.At(at.X, at.Y).RGBA(); grey>>8 != want {
			t.Errorf("image %d, at %v, is of grey %d, want %d", i, at, grey>>8, want)
		}
	}
}
