package main

import (
	"fmt"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// levelReach is how far a model's noise levels reach, and the extent of the data, in the same units.
type levelReach struct {
	SigmaMax float64
	Largest  float64 // distance between two points of the data

	// Levels of training that are log-normal have a logarithm with this mean and standard deviation; LogStd is 0 where
	// they are not log-normal, or not known.
	LogMean, LogStd float64
}

// warnings tells in sentences why samples may lack what the measures do not show as such.
func warnings(r levelReach) []string {
	var all []string
	// At a quarter of the largest distance, modes at the ends of the data are four standard deviations of the noise apart
	// and do not merge: points start between them, in shares that are those of chance.
	const apart = 4
	if r.SigmaMax < r.Largest/apart {
		all = append(all, fmt.Sprintf("the largest noise level, %.4g, is far below the largest distance between points of the data, %.4g: "+
			"samples may miss modes or have wrong shares of them; train with a sigma-max near that distance", r.SigmaMax, r.Largest))
	}
	// Fewer than two in a hundred thousand levels of training are above the fourth standard deviation.
	const seen = 4
	if r.LogStd > 0 && detmath.Log(r.SigmaMax) > r.LogMean+float64(seen*r.LogStd) {
		all = append(all, fmt.Sprintf("training draws noise levels up to about %.4g and samplers start at %.4g, which the model has not seen: "+
			"train with a lower sigma-max, or with a larger log-mean or log-std",
			detmath.Exp(r.LogMean+float64(seen*r.LogStd)), r.SigmaMax))
	}
	return all
}
