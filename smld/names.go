package smld

import (
	"fmt"
	"slices"
	"strings"
)

// choices are the names of one kind of setting, of which the first stands for the empty name too.
type choices[N ~string] struct {
	kind  string
	names []N
}

// check returns an error that lists the names unless the name is empty or one of them.
func (c choices[N]) check(name N) error {
	if name == "" || slices.Contains(c.names, name) {
		return nil
	}
	texts := make([]string, len(c.names))
	for i, n := range c.names {
		texts[i] = string(n)
	}
	return fmt.Errorf("smld: no %s %q; choose one of %s", c.kind, string(name), strings.Join(texts, ", "))
}

// parse sets a name to a text that check lets pass.
func (c choices[N]) parse(name *N, text []byte) error {
	if err := c.check(N(text)); err != nil {
		return err
	}
	*name = N(text)
	return nil
}

var (
	schedules          = choices[Schedule]{"schedule", []Schedule{Constant, Cosine, InverseSqrt}}
	levelDistributions = choices[LevelDistribution]{
		"distribution of noise levels", []LevelDistribution{Levels, LogUniform, LogNormal},
	}
	weightings       = choices[Weighting]{"weighting", []Weighting{WeightSigma, WeightEDM}}
	preconditionings = choices[Preconditioning]{
		"preconditioning", []Preconditioning{EDM, NCSNv2, Bounded, Linear},
	}
	scalings = choices[Scaling]{"scale", []Scaling{AutoScale, ColumnScale, OneScale, NoScale}}
)

// UnmarshalText sets s to the schedule of a name. Another name is an error that lists them.
func (s *Schedule) UnmarshalText(text []byte) error { return schedules.parse(s, text) }

// UnmarshalText sets d to the distribution of a name. Another name is an error that lists them.
func (d *LevelDistribution) UnmarshalText(text []byte) error {
	return levelDistributions.parse(d, text)
}

// UnmarshalText sets w to the weighting of a name. Another name is an error that lists them.
func (w *Weighting) UnmarshalText(text []byte) error { return weightings.parse(w, text) }

// UnmarshalText sets p to the preconditioning of a name. Another name is an error that lists them.
func (p *Preconditioning) UnmarshalText(text []byte) error { return preconditionings.parse(p, text) }

// UnmarshalText sets s to the scaling of a name. Another name is an error that lists them.
func (s *Scaling) UnmarshalText(text []byte) error { return scalings.parse(s, text) }
