package main

import "github.com/seed964deb49/langevin/internal/setup"

// lossCurve is the loss over the steps of a training, thinned so that its size has a bound.
type lossCurve struct {
	points []lossPoint // of steps that are multiples of every
	every  int
	last   setup.Losses
}

// lossPoint is the loss of a step and the mean of the last until then.
type lossPoint struct {
	step       int
	loss, mean float64
	rate       float64 // learning rate
}

// add adds the loss of the next step and its learning rate.
func (c *lossCurve) add(loss, rate float64) {
	const most = 4000
	c.every = max(c.every, 1)
	c.last.Add(loss)
	step := c.last.Steps()
	if step%c.every != 0 {
		return
	}
	c.points = append(c.points, lossPoint{step, loss, c.last.Mean(), rate})
	if len(c.points) < most {
		return
	}
	for i := range most / 2 {
		c.points[i] = c.points[2*i+1]
	}
	c.points, c.every = c.points[:most/2], 2*c.every
}
