package main

// lossCurve is the loss over the steps of a training, thinned so that its size has a bound, and the mean of the last losses,
// which one by one depend much on the noise levels that were drawn.
type lossCurve struct {
	points []lossPoint // of steps that are multiples of every
	every  int
	last   [200]float64 // ring
	steps  int
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
	c.last[c.steps%len(c.last)] = loss
	c.steps++
	if c.steps%c.every != 0 {
		return
	}
	c.points = append(c.points, lossPoint{c.steps, loss, c.recent(), rate})
	if len(c.points) < most {
		return
	}
	for i := range most / 2 {
		c.points[i] = c.points[2*i+1]
	}
	c.points, c.every = c.points[:most/2], 2*c.every
}

// recent is the mean of the last losses.
func (c *lossCurve) recent() float64 {
	n := min(c.steps, len(c.last))
	sum := 0.0
	for i := c.steps - n; i < c.steps; i++ {
		sum += c.last[i%len(c.last)]
	}
	return sum / float64(n)
}
