package main

import (
	"fmt"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// levelReach is how far a model's noise levels reach, and the extent of the data, in units of the model.
type levelReach struct {
	SigmaMax, SigmaMin float64
	Largest            float64 // distance between two points of the data
	Std                float64 // of the data, over all coordinates

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
			"samples may miss modes or have wrong shares of them; train with a sigma-max near that distance (all in units of the model)",
			r.SigmaMax, r.Largest))
	}
	// Denoising takes sigma^2/(2 std^2) off a width, 3% at a quarter of the standard deviation, and what is finer than the level is lost.
	const fine = 4
	if r.Std > 0 && r.SigmaMin > r.Std/fine {
		all = append(all, fmt.Sprintf("the smallest noise level, %.4g, is above a quarter of the data's standard deviation, %.4g: samples "+
			"lack what is finer and are too narrow; train with a sigma-min of a hundredth of it (all in units of the model)",
			r.SigmaMin, r.Std))
	}
	// Fewer than two in a hundred thousand levels of training are above the fourth standard deviation.
	const seen = 4
	if r.LogStd > 0 && detmath.Log(r.SigmaMax) > r.LogMean+float64(seen*r.LogStd) {
		all = append(all, fmt.Sprintf("training draws noise levels up to about %.4g and samplers start at %.4g, which the model has not seen: "+
			"train with a lower sigma-max, or with a larger log-mean or log-std (all in units of the model)",
			detmath.Exp(r.LogMean+float64(seen*r.LogStd)), r.SigmaMax))
	}
	return all
}
