package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// ConditionalScore is the score of a model given a condition, with classifier-free guidance (Ho and Salimans
// 2021). It serves one caller at a time. For several conditions it is a PerRow.
type ConditionalScore struct {
	given, free   *ModelScore // with the condition and without; nil where it counts for nothing
	guidance      float64
	scores, other kernels.Matrix // scratch: the score without the condition, and its product with a vector
}

// Conditional returns the score of a model given a condition. With s(x) the model's score without a condition
// and s(x|c) that with condition c, and W the guidance, it is
//
//	s(x) + W (s(x|c) - s(x)) = (1-W) s(x) + W s(x|c)
//
// W = 1 is the score of the data's distribution p(x|c) alone, and W = 0 that of p(x). W above 1 follows what
// makes the condition likely more than the data do: samples fit it better and differ less. Ho and Salimans
// write 1+w for W. At W = 1 and W = 0 an evaluation of the score is one of the network, else it is two.
//
// conditions has one row, which is the condition of all points, or one for each point of a batch. Each has
// Model.Conditions numbers; see ClassConditions.
func (m *Model) Conditional(conditions kernels.Matrix, guidance float64) (*ConditionalScore, error) {
	if m.Conditions == 0 {
		return nil, fmt.Errorf("smld: the model takes no conditions")
	}
	if conditions.Rows < 1 || conditions.Cols != m.Conditions {
		return nil, fmt.Errorf("smld: %d conditions of %d numbers: want some of %d",
			conditions.Rows, conditions.Cols, m.Conditions)
	}
	if math.IsNaN(guidance) || math.IsInf(guidance, 0) {
		return nil, fmt.Errorf("smld: guidance of %v: want a finite number", guidance)
	}
	for i := range conditions.Rows {
		for j, v := range conditions.Row(i) {
			if !finite(float64(v)) {
				return nil, fmt.Errorf("smld: number %d of condition %d is %v", j+1, i+1, v)
			}
		}
	}
	s := &ConditionalScore{guidance: guidance, free: m.Score()}
	if guidance == 0 {
		return s, nil
	}
	s.given = &ModelScore{model: m, evaluator: s.free.evaluator}
	s.given.strip = s.given.scoreStrip
	s.given.condition = kernels.NewMatrix(conditions.Rows, conditions.Cols)
	copyRows(s.given.condition, conditions)
	if guidance == 1 {
		s.free = nil
	}
	return s, nil
}

// Evaluations returns how often an evaluation of the score evaluates the network.
func (s *ConditionalScore) Evaluations() int {
	if s.free == nil || s.given == nil {
		return 1
	}
	return 2
}

// Dim returns the dimension of a point.
func (s *ConditionalScore) Dim() int {
	if s.free != nil {
		return s.free.Dim()
	}
	return s.given.Dim()
}

// Rows returns the number of conditions, or 0 where all points have the same.
func (s *ConditionalScore) Rows() int {
	if s.given == nil || s.given.condition.Rows == 1 {
		return 0
	}
	return s.given.condition.Rows
}

// Of returns the score for some rows of the batch; see PerRow.
func (s *ConditionalScore) Of(rows []int) Score { return conditionalRows{s, rows} }

// At sets dst to the score at the rows of x.
func (s *ConditionalScore) At(dst, x kernels.Matrix, sigma float32) {
	s.mix(dst, kernels.Matrix{}, x.Rows, func(score *ModelScore, dst, _ kernels.Matrix) {
		score.At(dst, x, sigma)
	})
}

// AtRows sets row i of dst to the score at row i of x and level sigma[i].
func (s *ConditionalScore) AtRows(dst, x kernels.Matrix, sigma []float32) {
	s.mix(dst, kernels.Matrix{}, x.Rows, func(score *ModelScore, dst, _ kernels.Matrix) {
		score.AtRows(dst, x, sigma)
	})
}

// ScoreVJP sets row i of score to the score at row i of x and level sigma[i], and row i of vjp to v_i^T J_i.
func (s *ConditionalScore) ScoreVJP(score, vjp, x, v kernels.Matrix, sigma []float32) {
	s.mix(score, vjp, x.Rows, func(part *ModelScore, score, vjp kernels.Matrix) {
		part.ScoreVJP(score, vjp, x, v, sigma)
	})
}

// mix sets dst, and vjp unless it is empty, to the sum of what f sets with the condition and without.
func (s *ConditionalScore) mix(
	dst, vjp kernels.Matrix, rows int, f func(score *ModelScore, dst, vjp kernels.Matrix),
) {
	if n := s.Rows(); n > 0 && s.given.of == nil && rows != n {
		panic(fmt.Sprintf("smld: ConditionalScore: %d points, and conditions for %d; see PerRow", rows, n))
	}
	switch {
	case s.given == nil:
		f(s.free, dst, vjp)
		return
	case s.free == nil:
		f(s.given, dst, vjp)
		return
	}
	dim := s.Dim()
	if s.scores.Rows < rows {
		s.scores = kernels.NewMatrix(rows, dim)
	}
	if s.other.Rows < rows && vjp.Rows > 0 {
		s.other = kernels.NewMatrix(rows, dim)
	}
	scores, other := s.scores.Slice(0, rows), s.other.Slice(0, vjp.Rows)
	f(s.given, dst, vjp)
	f(s.free, scores, other)
	s.add(dst, scores)
	s.add(vjp, other)
}

// add sets given to (1-W) free + W given.
func (s *ConditionalScore) add(given, free kernels.Matrix) {
	w := s.guidance
	for i := range given.Rows {
		kernels.Axpby(given.Row(i), float32(1-w), free.Row(i), float32(w), given.Row(i))
	}
}

// conditionalRows is a ConditionalScore at some rows of a batch.
type conditionalRows struct {
	*ConditionalScore
	rows []int
}

// Rows returns 0: which rows they are is settled.
func (s conditionalRows) Rows() int { return 0 }

// Of returns the score at some of the rows.
func (s conditionalRows) Of(rows []int) Score {
	all := make([]int, len(rows))
	for i, r := range rows {
		all[i] = s.rows[r]
	}
	return conditionalRows{s.ConditionalScore, all}
}

// At sets dst to the score at the rows of x.
func (s conditionalRows) At(dst, x kernels.Matrix, sigma float32) {
	defer s.choose()()
	s.ConditionalScore.At(dst, x, sigma)
}

// AtRows sets row i of dst to the score at row i of x and level sigma[i].
func (s conditionalRows) AtRows(dst, x kernels.Matrix, sigma []float32) {
	defer s.choose()()
	s.ConditionalScore.AtRows(dst, x, sigma)
}

// ScoreVJP sets score and vjp as that of ConditionalScore does.
func (s conditionalRows) ScoreVJP(score, vjp, x, v kernels.Matrix, sigma []float32) {
	defer s.choose()()
	s.ConditionalScore.ScoreVJP(score, vjp, x, v, sigma)
}

// choose makes the score that of the rows, until the function that it returns is called.
func (s conditionalRows) choose() func() {
	if s.given == nil {
		return func() {}
	}
	s.given.of = s.rows
	return func() { s.given.of = nil }
}

// tell sets the conditions of points from to to-1 in a scorer's input.
func (s *ModelScore) tell(c *scorer, from, to int) {
	if s.condition.Rows == 0 {
		return
	}
	input := s.model.conditions(c.input)
	n := s.condition.Cols
	for i := range to - from {
		k := from + i
		if s.of != nil {
			k = s.of[k]
		}
		if s.condition.Rows == 1 {
			k = 0
		}
		row := input.Row(i)
		copy(row, s.condition.Row(k))
		row[n] = 1
	}
}
