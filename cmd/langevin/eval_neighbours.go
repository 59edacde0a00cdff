package main

import (
	"image"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// neighbours returns a picture of the first samples, each with the row of data that is nearest to it on its right.
func neighbours(x, data kernels.Matrix, m *smld.Model) image.Image {
	const across, down = 10, 10
	shown := x.Slice(0, min(x.Rows, across*down))
	nearest := metrics.Nearest(shown, data).Rows
	pairs := kernels.NewMatrix(2*shown.Rows, x.Cols)
	for i, k := range nearest {
		copy(pairs.Row(2*i), shown.Row(i))
		copy(pairs.Row(2*i+1), data.Row(k))
	}
	return imageGrid(narrowed(m.Rows(pairs)), *m.Image(), 2*across, m.Data.Low, m.Data.High)
}
