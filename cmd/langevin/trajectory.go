package main

import (
	"fmt"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// trajectory is the points of samples on their way: row k has all of them after k steps.
type trajectory struct {
	path    string
	model   *smld.Model
	n       int
	numbers smld.Numbers
	points  kernels.Matrix64
}

// newTrajectory returns a trajectory of n samples, or nil where none is wanted.
func (o *sampleOutputs) newTrajectory(m *smld.Model, n int, numbers smld.Numbers) *trajectory {
	if o.Trajectory == "" {
		return nil
	}
	return &trajectory{path: o.Trajectory, model: m, n: n, numbers: numbers}
}

// begin notes the points that the sampler starts from, once the number of steps is known.
func (t *trajectory) begin(start float32, steps int) error {
	width := t.n * t.model.Dim()
	values := (float64(steps) + 1) * float64(width)
	const bytes = 8
	if err := checkMemory(fmt.Sprintf("a trajectory of %d samples over %d steps", t.n, steps), bytes*values); err != nil {
		return fmt.Errorf("%w; fewer samples or steps need less", err)
	}
	const written = 4 // bytes of a value, in .npz too, which is not compressed
	if err := checkRoom(t.path, written*values); err != nil {
		return err
	}
	t.points = kernels.NewMatrix64(steps+1, width)
	x := kernels.NewMatrix(t.n, t.model.Dim())
	t.model.Prior(x, start, t.numbers)
	t.note(0, x)
	return nil
}

// note notes the points after a step.
func (t *trajectory) note(step int, x kernels.Matrix) {
	row := t.points.Row(step)
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			row[i*x.Cols+j] = float64(v)
		}
	}
}

// watch returns a callback for a sampler that begins at the level start.
func (t *trajectory) watch(start float32) smld.Watch {
	return func(p smld.Progress) error {
		if t.points.Rows == 0 {
			if err := t.begin(start, p.Total); err != nil {
				return err
			}
		}
		t.note(p.Done, p.Points)
		return nil
	}
}

// write writes the array.
func (t *trajectory) write() error {
	return dataset.Write(t.path, dataset.Table{X: t.points, Shape: []int{t.n, t.model.Dim()}})
}
