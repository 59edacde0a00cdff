package main

import (
	"cmp"
	"fmt"

	"github.com/seed964deb49/langevin/smld"
)

// newSampler returns the sampler of a name for a range of noise levels, with the options that are given.
func newSampler(name string, levels smld.Range, options smld.Options) (smld.Sampler, error) {
	const step = 16 // bytes
	n, _ := options["Levels"].(int)
	steps, _ := options["Steps"].(int)
	size := step * float64(steps) * float64(max(1, n))
	if err := cmp.Or(checkLevels(n), checkMemory(fmt.Sprintf("%d steps at a level", steps), size)); err != nil {
		return nil, err
	}
	if err := checkTogether(name, options); err != nil {
		return nil, err
	}
	sampler, err := smld.NewSampler(name, levels, options)
	return sampler, described(err)
}

// checkLevels returns an error unless so many noise levels fit in memory, with a step at each.
func checkLevels(levels int) error {
	const level = 64 // bytes
	return checkMemory(fmt.Sprintf("%d noise levels", levels), level*float64(levels))
}

// checkCount returns an error unless n samples of a model fit in memory.
func checkCount(n int, m *smld.Model) error {
	const most = 1 << 30
	if n < 1 || n > most/m.Dim() {
		return usage("%d samples: want between 1 and %d of this model", n, most/m.Dim())
	}
	const bytes = 4 * 3 // of each value: samples, and a sampler's arrays of that size
	return checkMemory(fmt.Sprintf("%d samples", n), bytes*float64(n)*float64(m.Dim()))
}

// watching returns a callback that shows a sampler's progress, and what ends it.
func watching(c *console) (watch smld.Watch, finish func()) {
	var bar *progress
	return func(p smld.Progress) error {
			if bar == nil {
				bar = c.progress("sampling", 0, p.Total)
			}
			bar.step(p.Done, func() string { return fmt.Sprintf("sigma %.3g", p.Sigma) })
			return nil
		}, func() {
			if bar != nil {
				bar.finish()
			}
		}
}
