package main

import (
	"image"
	"image/color"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// TestNeighbours: each sample in the picture has the nearest image of the data on its right.
func TestNeighbours(t *testing.T) {
	data := kernels.Matrix{Rows: 3, Cols: 4, Stride: 4, Data: []float32{0, 0, 0, 0, 9, 9, 9, 9, 4, 4, 4, 4}}
	x := kernels.Matrix{Rows: 2, Cols: 4, Stride: 4, Data: []float32{8, 8, 8, 8, 1, 1, 1, 1}}
	picture := neighbours(x, data, &smld.Model{Data: smld.Description{Shape: []int{2, 2}, Low: 0, High: 9}}).(*image.Gray)
	const gap, cell = 4, 56 + 4 // see imageGrid
	for i, want := range []uint8{227, 255, 28, 0} {
		if got := picture.GrayAt(gap+i*cell+20, gap+20).Y; got != want {
			t.Errorf("image %d is of grey %d, want %d", i, got, want)
		}
	}
}

// TestColours: pixels of colour images have their colours, however the values lie.
func TestColours(t *testing.T) {
	pixels := [][3]float32{{9, 0, 0}, {0, 9, 0}, {0, 0, 9}, {9, 9, 0}, {0, 0, 0}, {9, 9, 9}} // of two rows and three columns
	for _, format := range []dataset.Image{
		{Height: 2, Width: 3, Channels: 3}, {Height: 2, Width: 3, Channels: 3, ChannelsFirst: true},
	} {
		x := kernels.NewMatrix(1, 18)
		for p, pixel := range pixels {
			for channel, v := range pixel {
				x.Row(0)[format.At(p/3, p%3, channel)] = v
			}
		}
		const gap, scale = 4, 56 / 3
		picture := imageGrid(x, format, 0, 0, 9)
		for p, pixel := range pixels {
			got := color.RGBAModel.Convert(picture.At(gap+p%3*scale+scale/2, gap+p/3*scale+scale/2)).(color.RGBA)
			for channel, v := range []uint8{got.R, got.G, got.B} {
				if want := pixel[channel]; (v > 127) != (want > 4) || got.A != 255 {
					t.Errorf("%+v: pixel %d is %v, want %v", format, p, got, pixel)
				}
			}
		}
	}
}
