package smld

import "github.com/seed964deb49/langevin/kernels"

// Score is the score of the data's distribution at any noise level.
type Score interface {
	// Dim returns the dimension of a point.
	Dim() int
	// At sets row i of dst to the gradient of log p_sigma at row i of x, with p_sigma the data's
	// distribution convolved with N(0, sigma^2 I). A row's result does not depend on the other rows. dst and
	// x do not overlap.
	At(dst, x kernels.Matrix, sigma float32)
}

// RowScore is a Score that looks at each point at a noise level of its own. An ODE solver whose steps differ
// from sample to sample needs that. A score without it works everywhere too, but such a solver then evaluates
// it point by point.
type RowScore interface {
	Score
	// AtRows sets row i of dst to what At does with sigma[i].
	AtRows(dst, x kernels.Matrix, sigma []float32)
}

// Differentiable is a score that can be differentiated with respect to the point, as likelihoods need. With
// J_i the Jacobian matrix of the score at row i of x and level sigma[i], J_i[a][b] = d score_a / d x_b:
type Differentiable interface {
	Score
	// ScoreVJP sets row i of score to the score and row i of vjp to v_i^T J_i, the vector-Jacobian product
	// with row i of v. No two matrices overlap.
	ScoreVJP(score, vjp, x, v kernels.Matrix, sigma []float32)
}

// Divergent is a score that knows its divergence, the trace of J_i, in closed form.
type Divergent interface {
	Score
	// ScoreDivergence sets row i of score to the score and divergence[i] to the trace of J_i.
	ScoreDivergence(score kernels.Matrix, divergence []float64, x kernels.Matrix, sigma []float32)
}

// PerRow is a Score that is another one for each row of a batch, such as that of a model with a condition for
// each row. Samplers tell it which rows they look at. At alone is for all rows in their order. A score that
// wraps a PerRow is one too, or points would get the conditions of others: the scores of this package panic
// where their number is not that of the rows.
type PerRow interface {
	Score
	// Rows returns how many rows the batch has, or 0 for a score that is the same for all rows.
	Rows() int
	// Of returns the score for points of which the first is at row rows[0] of the batch, the second at row
	// rows[1] and so on. It is Differentiable, or Divergent, if this score is. The two do not serve two
	// callers at a time.
	Of(rows []int) Score
}

// What the scores of this package are, beside a Score.
var (
	_ RowScore       = (*ModelScore)(nil)
	_ RowScore       = (*GaussianMixture)(nil)
	_ RowScore       = (*Empirical)(nil)
	_ Differentiable = (*ModelScore)(nil)
	_ RowScore       = (*ConditionalScore)(nil)
	_ Differentiable = (*ConditionalScore)(nil)
	_ PerRow         = (*ConditionalScore)(nil)
	_ RowScore       = Guided{}
	_ PerRow         = Guided{}
)

// scoreRows is AtRows for any score.
func scoreRows(score Score, dst, x kernels.Matrix, sigma []float32) {
	if s, ok := score.(RowScore); ok {
		s.AtRows(dst, x, sigma)
		return
	}
	for from := 0; from < x.Rows; {
		to := from + 1
		for to < x.Rows && sigma[to] == sigma[from] {
			to++
		}
		score.At(dst.Slice(from, to), x.Slice(from, to), sigma[from])
		from = to
	}
}
