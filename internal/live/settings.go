package live

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// plan returns the plan of a training with settings. What the data choose is chosen once: it takes the distances
// between all points.
func (d *chosen) plan(s Settings) smld.Plan {
	if d.planned != d.data {
		d.usual, d.planned = smld.Choose(d.data, d.seed), d.data
	}
	p := d.usual
	if s.Steps != 0 {
		p.Train.Steps = s.Steps
	}
	if s.Batch != 0 {
		p.Train.Batch = s.Batch
	}
	if len(s.Hidden) > 0 {
		p.Model.Hidden = s.Hidden
	}
	if s.Rate != 0 {
		p.Train.LearningRate = s.Rate
	}
	setup.WarmUp(&p)
	return p
}

// settingsOf returns the settings of a plan.
func settingsOf(p smld.Plan, seed uint64) Settings {
	return Settings{
		Steps: p.Train.Steps, Batch: p.Train.Batch, Hidden: slices.Clone(p.Model.Hidden), Rate: p.Train.LearningRate,
		Seed: &seed,
	}
}

// over returns settings with others in the place of what they leave open.
func (s Settings) over(others Settings) Settings {
	if s.Steps == 0 {
		s.Steps = others.Steps
	}
	if s.Batch == 0 {
		s.Batch = others.Batch
	}
	if len(s.Hidden) == 0 {
		s.Hidden = others.Hidden
	}
	if s.Rate == 0 {
		s.Rate = others.Rate
	}
	if s.Seed == nil {
		s.Seed = others.Seed
	}
	return s
}

// of returns the settings that this place needs for some data.
func (s *Defaults) of(d *chosen) Settings {
	if d.set != nil && d.set.Image != nil {
		return s.ImageSettings
	}
	return s.Settings
}

// check returns an error for settings that no training can have, or that are beyond the limits.
func (s Settings) check(l Limits) error {
	for _, n := range []struct {
		what        string
		value, most int
	}{{"steps", s.Steps, l.Steps}, {"points a step", s.Batch, l.Batch}, {"hidden layers", len(s.Hidden), l.Layers}} {
		if n.value < 0 || n.value > n.most {
			return fmt.Errorf("%d %s: want between 1 and %d here", n.value, n.what, n.most)
		}
	}
	for i, width := range s.Hidden {
		if width < 1 || width > l.Width {
			return fmt.Errorf("%d units in hidden layer %d: want between 1 and %d here", width, i+1, l.Width)
		}
	}
	if math.IsNaN(s.Rate) || math.IsInf(s.Rate, 0) || s.Rate < 0 {
		return fmt.Errorf("a learning rate of %v: want a number above zero", s.Rate)
	}
	return nil
}

// commandOf returns the command line of a training with settings: the flags that differ from what the data
// choose. usual is the plan without them.
func commandOf(s *source, usual smld.Plan, p smld.Plan, seed uint64) string {
	words := []string{"langevin", "train", "--data", s.command(), "--dir", "run"}
	add := func(flag, value string) { words = append(words, "--"+flag, value) }
	if s.labels != "" {
		words = append(words, "--labels="+s.labels) // which may begin with a hyphen
	}
	if len(s.drop) > 0 {
		words = append(words, "--drop="+joinNames(s.drop))
	}
	if s.header != "" {
		add("header", s.header)
	}
	if p.Train.Steps != usual.Train.Steps {
		add("steps", strconv.Itoa(p.Train.Steps))
	}
	if p.Train.Batch != usual.Train.Batch {
		add("batch", strconv.Itoa(p.Train.Batch))
	}
	if !slices.Equal(p.Model.Hidden, usual.Model.Hidden) {
		add("hidden", setup.Sizes(p.Model.Hidden))
	}
	if p.Train.LearningRate != usual.Train.LearningRate {
		add("rate", strconv.FormatFloat(p.Train.LearningRate, 'g', -1, 64))
	}
	if seed != 1 {
		add("seed", strconv.FormatUint(seed, 10))
	}
	return setup.Quote(words...)
}

// joinNames joins names of columns for a flag, in which a comma that parts none has a backslash before it.
func joinNames(names []string) string {
	escaped := make([]string, len(names))
	for i, name := range names {
		escaped[i] = strings.ReplaceAll(name, ",", `\,`)
	}
	return strings.Join(escaped, ",")
}
