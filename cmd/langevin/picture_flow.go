package main

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// framesOfSamples is how many frames the way of samples has at most.
const framesOfSamples = 60

// checkFlow returns an error for a model whose samples have no way that could be shown.
func checkFlow(m *smld.Model) error {
	if m.Image() != nil {
		return nil
	}
	if _, err := picture.UnitsOf(m); err != nil {
		return fmt.Errorf("an animation shows images or points of the plane: %w", err)
	}
	return nil
}

// follow returns the way of the first of n samples. It draws them once more: a sample does not depend on those
// that are drawn with it.
func (d *drawing) follow(c *console, n, moments int) (*picture.Way, error) {
	score, err := d.score()
	if err != nil {
		return nil, err
	}
	if d.classes != nil && d.classes.all {
		if score, err = d.classes.score(d.first, n); err != nil {
			return nil, err
		}
	}
	return picture.Follow(c.ctx, d.model, score, d.sampler, n, smld.Numbers{Seed: d.seed, First: d.first}, moments)
}

// flow animates the way of the first of n samples, over true points if there are some.
func (d *drawing) flow(c *console, n int, truth kernels.Matrix64, frames int) (*picture.Animation, error) {
	images := picture.ImagesOf(d.model)
	most := picture.MostParticles
	if images != nil {
		most = picture.MostEmerging
	}
	way, err := d.follow(c, min(n, most), frames)
	if err != nil {
		return nil, err
	}
	if images != nil {
		images.Columns = d.classes.columns()
		return picture.Emerge(way, *images)
	}
	return picture.Flow(way, axesOf(d.model), truth)
}

// axesOf returns the axes of a plot of a model's points of the plane.
func axesOf(m *smld.Model) (p picture.Plane) {
	for j, c := range picture.ColumnsOf(m) {
		p.Names[j] = c.Name
	}
	return p
}
