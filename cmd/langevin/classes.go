package main

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// classFlags say of which class samples are.
type classFlags struct {
	Class    string   `placeholder:"NAME" help:"Class of the samples, of a model that train --labels made; all is every class in turn. Without it samples are of no class in particular."`
	Guidance *float64 `placeholder:"W" help:"Classifier-free guidance (Ho and Salimans 2021): the score without the class, and W times what the class adds to it. 1, the default, is the score of the class; more makes samples more typical of the class and less diverse, from two evaluations of the network each."`
}

// classes are the classes that samples have, and the guidance towards them.
type classes struct {
	model    *smld.Model
	all      bool // every class in turn
	class    int
	guidance float64
}

// find returns the classes that the flags choose, or nil for none.
func (f *classFlags) find(m *smld.Model, path string) (*classes, error) {
	if f.Class == "" {
		if f.Guidance != nil {
			return nil, usage("--guidance does nothing without --class: leave it out")
		}
		return nil, nil
	}
	c := &classes{model: m, all: f.Class == setup.AllClasses, guidance: 1}
	if f.Guidance != nil {
		c.guidance = *f.Guidance
	}
	switch {
	case math.IsNaN(c.guidance) || math.IsInf(c.guidance, 0):
		return nil, usage("--guidance %v: want a finite number", c.guidance)
	case c.guidance == 0:
		return nil, usage("--guidance 0 is the score without the class, so that no sample would be of --class %s: "+
			"leave out both for samples of no class in particular", f.Class)
	}
	names := m.Data.Classes
	if len(names) == 0 {
		return nil, fmt.Errorf("--class %s: %s has no classes; langevin train --labels makes a model that has", f.Class, path)
	}
	if !c.all {
		var err error
		if c.class, err = m.Class(f.Class); err != nil {
			return nil, fmt.Errorf("--class %s: there is no such class; choose one of %s, or all", f.Class, setup.ClassList(names))
		}
	}
	return c, nil
}

// allOf returns every class of a model in turn.
func allOf(m *smld.Model) *classes { return &classes{model: m, all: true, guidance: 1} }

// label returns the class of a sample.
func (c *classes) label(number uint64) int {
	if c.all {
		return int(number % uint64(len(c.model.Data.Classes)))
	}
	return c.class
}

// labels returns the classes of n samples.
func (c *classes) labels(first uint64, n int) []int {
	labels := make([]int, n)
	for i := range labels {
		labels[i] = c.label(first + uint64(i))
	}
	return labels
}

// score returns the score of n samples.
func (c *classes) score(first uint64, n int) (smld.Score, error) {
	if !c.all {
		n = 1 // condition, for all
	}
	return c.model.Conditional(c.model.ClassConditions(c.labels(first, n)...), c.guidance)
}

// columns returns how many columns a picture has: one for each class, if those are in turn.
func (c *classes) columns() int {
	const most = 40
	if c != nil && c.all && len(c.model.Data.Classes) <= most {
		return len(c.model.Data.Classes)
	}
	return 0
}

// evaluations says how much an evaluation of the score is.
func (c *classes) evaluations() (string, error) {
	if c == nil {
		return "", nil
	}
	score, err := c.score(0, 1)
	if s, ok := score.(*smld.ConditionalScore); ok && s.Evaluations() > 1 {
		return fmt.Sprintf(", each %d of the network", s.Evaluations()), err
	}
	return "", err
}
