package smld

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Guided is the score of a posterior: that of a prior and the gradient of a log-likelihood,
//
//	grad log p_sigma(x|y) = grad log p_sigma(x) + grad log p_sigma(y|x)
//
// such as a classifier's (Dhariwal and Nichol 2021) or a measurement's (diffusion posterior sampling, Chung
// et al. 2023). Any sampler takes it.
type Guided struct {
	Score // of the prior
	// Gradient sets row i of grad to the gradient of log p(y|x) at row i of x, which has noise of level
	// sigma[i], or to a multiple of it. Row i of denoised is the expected clean point, x + sigma^2 score.
	// Gradient must treat all rows alike, and must not change x and denoised.
	Gradient func(grad, x, denoised kernels.Matrix, sigma []float32)
}

// Rows returns the number of rows of the prior's batch, where they differ; see PerRow.
func (g Guided) Rows() int {
	if p, ok := g.Score.(PerRow); ok {
		return p.Rows()
	}
	return 0
}

// Of returns the score for some rows of the batch; see PerRow.
func (g Guided) Of(rows []int) Score {
	if p, ok := g.Score.(PerRow); ok {
		g.Score = p.Of(rows)
	}
	return g
}

// At sets dst to the score at the rows of x.
func (g Guided) At(dst, x kernels.Matrix, sigma float32) {
	g.Score.At(dst, x, sigma)
	level := make([]float32, x.Rows)
	for i := range level {
		level[i] = sigma
	}
	g.add(dst, x, level)
}

// AtRows sets row i of dst to the score at row i of x and level sigma[i].
func (g Guided) AtRows(dst, x kernels.Matrix, sigma []float32) {
	scoreRows(g.Score, dst, x, sigma)
	g.add(dst, x, sigma)
}

// add adds the gradient to scores.
func (g Guided) add(scores, x kernels.Matrix, sigma []float32) {
	denoised, grad := kernels.NewMatrix(x.Rows, x.Cols), kernels.NewMatrix(x.Rows, x.Cols)
	for i, s := range sigma {
		kernels.Axpby(denoised.Row(i), 1, x.Row(i), s*s, scores.Row(i))
	}
	g.Gradient(grad, x, denoised, sigma)
	for i := range sigma {
		kernels.Axpby(scores.Row(i), 1, scores.Row(i), 1, grad.Row(i))
	}
}

// DenoisedVJP sets row i of dst to v_i^T times the Jacobian matrix of the denoised point at row i of x,
// x + sigma[i]^2 score. That is v_i + sigma[i]^2 v_i^T J_i, with J_i that of the score. For an exact score
// the matrix is symmetric, and sigma[i]^2 times it is the covariance of the clean point given x.
//
// The gradient of a function f of the denoised point is DenoisedVJP of the gradient of f there.
func DenoisedVJP(score Differentiable, dst, x, v kernels.Matrix, sigma []float32) {
	if dst.Rows != x.Rows || v.Rows != x.Rows || len(sigma) != x.Rows {
		panic(fmt.Sprintf("smld: DenoisedVJP: dst has %d rows, v %d and sigma %d, x has %d",
			dst.Rows, v.Rows, len(sigma), x.Rows))
	}
	score.ScoreVJP(kernels.NewMatrix(x.Rows, x.Cols), dst, x, v, sigma)
	for i, s := range sigma {
		kernels.Axpby(dst.Row(i), 1, v.Row(i), s*s, dst.Row(i))
	}
}
