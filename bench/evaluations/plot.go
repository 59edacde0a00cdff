package main

import (
	"github.com/seed964deb49/langevin/picture"
)

// draw draws the errors and the variances beside each other. A curve is named after its sampler.
func draw(m measured) (*picture.Picture, error) {
	const evaluations = "evaluations of the score a sample"
	exact := 1.0
	return picture.Curves(
		picture.Chart{
			Title: "Samplers without noise", XName: evaluations,
			YName: "median distance to the exact solution",
			XLog:  true, YLog: true, Series: curves(m.errors),
		},
		picture.Chart{
			Title: "Samplers with noise", XName: evaluations,
			YName: "variance within modes over the exact one",
			XLog:  true, Level: &exact, Series: curves(m.variances),
		},
	)
}

// curves returns the values of samplers over the evaluations.
func curves(all []series) (drawn []picture.Series) {
	for _, s := range all {
		c := picture.Series{Name: s.name}
		for _, p := range s.points {
			c.X, c.Y = append(c.X, p.evaluations), append(c.Y, p.value)
		}
		drawn = append(drawn, c)
	}
	return drawn
}
