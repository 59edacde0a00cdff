package setup

import (
	"slices"

	"github.com/seed964deb49/langevin/smld"
)

// HeldOutLevels returns the noise levels at which held-out losses are measured: ten of a model's, from the largest
// to the smallest, or fewer of a model that has fewer.
func HeldOutLevels(m *smld.Model) []float32 {
	const n = 10
	var levels []float32
	for i := range n {
		levels = append(levels, m.Sigmas[i*(len(m.Sigmas)-1)/(n-1)])
	}
	return slices.Compact(levels)
}

// HeldOutScore returns the score of points that are not trained on, given their classes where a model knows some.
func HeldOutScore(m *smld.Model, labels []int) (smld.Score, error) {
	if m.Conditions == 0 {
		return m.Score(), nil
	}
	return m.Conditional(m.ClassConditions(labels...), 1)
}
