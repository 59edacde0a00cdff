package main

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/smld"
)

// classFlags say of which class samples are.
type classFlags struct {
	Class    string   `placeholder:"NAME" help:"Class of the samples, of a model that train --labels made; all is every class in turn. Without it samples are of no class in particular."`
	Guidance *float64 `placeholder:"W" help:"Classifier-free guidance (Ho and Salimans 2021): the score without the class, and W times what the class adds to it. 1, the default, is the score of the class; more makes samples more typical of the class and less diverse, from two evaluations of the network each."`
}

// allClasses is what --class is for every class in turn.
const allClasses = "all"

// choose returns the score of n samples, and the class of each, or nil.
func (f *classFlags) choose(m *smld.Model, path string, first uint64, n int) (score smld.Score, labels []int, err error) {
	if f.Class == "" {
		if f.Guidance != nil {
			return nil, nil, usage("--guidance does nothing without --class: leave it out")
		}
		return m.Score(), nil, nil
	}
	guidance := 1.0
	if f.Guidance != nil {
		guidance = *f.Guidance
	}
	switch {
	case math.IsNaN(guidance) || math.IsInf(guidance, 0):
		return nil, nil, usage("--guidance %v: want a finite number", guidance)
	case guidance == 0:
		return nil, nil, usage("--guidance 0 is the score without the class, so that no sample would be of --class %s: "+
			"leave out both for samples of no class in particular", f.Class)
	}
	classes := m.Data.Classes
	if len(classes) == 0 {
		return nil, nil, fmt.Errorf("--class %s: %s has no classes; langevin train --labels makes a model that has", f.Class, path)
	}
	labels = make([]int, n)
	if f.Class == allClasses {
		for i := range labels {
			labels[i] = int((first + uint64(i)) % uint64(len(classes)))
		}
	} else {
		class, err := m.Class(f.Class)
		if err != nil {
			return nil, nil, fmt.Errorf("--class %s: there is no such class; choose one of %s, or all", f.Class, classList(classes))
		}
		for i := range labels {
			labels[i] = class
		}
	}
	conditions := m.ClassConditions(labels...)
	if f.Class != allClasses {
		conditions = conditions.Slice(0, 1)
	}
	score, err = m.Conditional(conditions, guidance)
	return score, labels, err
}

// columns returns how many columns a picture has: one for each class, if those are in turn.
func (f *classFlags) columns(m *smld.Model) int {
	const most = 40
	if f.Class == allClasses && len(m.Data.Classes) <= most {
		return len(m.Data.Classes)
	}
	return 0
}

// evaluationsOf says of a score how much an evaluation is.
func evaluationsOf(score smld.Score) string {
	if s, ok := score.(*smld.ConditionalScore); ok && s.Evaluations() > 1 {
		return fmt.Sprintf(", each %d of the network", s.Evaluations())
	}
	return ""
}
