package main

import (
	"image"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// TestNeighbours: each sample in the picture has the nearest image of the data on its right.
func TestNeighbours(t *testing.T) {
	data := kernels.Matrix{Rows: 3, Cols: 4, Stride: 4, Data: []float32{0, 0, 0, 0, 9, 9, 9, 9, 4, 4, 4, 4}}
	x := kernels.Matrix{Rows: 2, Cols: 4, Stride: 4, Data: []float32{8, 8, 8, 8, 1, 1, 1, 1}}
	picture := neighbours(x, data, smld.Description{Shape: []int{2, 2}, Low: 0, High: 9}).(*image.Gray)
	const gap, cell = 4, 56 + 4 // see imageGrid
	for i, want := range []uint8{227, 255, 28, 0} {
		if got := picture.GrayAt(gap+i*cell+20, gap+20).Y; got != want {
			t.Errorf("image %d is of grey %d, want %d", i, got, want)
		}
	}
}
