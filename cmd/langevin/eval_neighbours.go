package main

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// neighbours draws samples of images, each above the image of the data that is nearest to it. Distances are in units of
// the model.
func neighbours(x, data kernels.Matrix, m *smld.Model) (*picture.Picture, error) {
	images := picture.ImagesOf(m)
	if images == nil || data.Rows == 0 {
		return nil, fmt.Errorf("cannot draw neighbours of %s: they are images of a finite set", m.Data.Name)
	}
	shown := x.Slice(0, min(x.Rows, picture.MostNeighbours))
	nearest := metrics.Nearest(shown, data)
	return picture.Neighbours(m.Rows(shown), m.Rows(pick(data, nearest.Rows)), nearest.Distances, *images)
}

// draw writes the picture of an evaluation: images above their neighbours, all else with the true points behind.
func (e *eval) draw(model *smld.Model, set *truth, x kernels.Matrix) error {
	if model.Image() != nil {
		const shown = 20
		p, err := neighbours(x.Slice(0, min(x.Rows, shown)), set.all, model)
		return savePicture(e.Picture, p, err)
	}
	n := pictured(x.Rows, model)
	return saveSamples(e.Picture, model.Rows(x.Slice(0, n)), model, picture.SamplesOptions{
		True: model.Rows(set.data.Slice(0, pictured(set.data.Rows, model))),
	})
}
