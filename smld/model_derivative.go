package smld

import (
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
)

// ScoreVJP sets row i of score to the score at row i of x and level sigma[i], and row i of vjp to v_i^T J_i.
// With y = cIn (x-m), the score is linear y + network F(y, noise level), and v^T J is
//
//	cIn linear v + cIn (network v)^T dF/dy
//
// With bounds, let w be the product of v/sigma^2 and the slope of denoised points by e = m + skip y + out
// F(y). Then v^T J is
//
//	-v/sigma^2 + cIn skip w + cIn (out w)^T dF/dy
func (s *ModelScore) ScoreVJP(score, vjp, x, v kernels.Matrix, sigma []float32) {
	if s.model.Preconditioning == Linear {
		s.turnedVJP(score, vjp, x, v, sigma)
		return
	}
	s.vjpAll(score, vjp, x, v, sigma)
}

// vjpAll computes ScoreVJP, along the axes where there is a basis.
func (s *ModelScore) vjpAll(score, vjp, x, v kernels.Matrix, sigma []float32) {
	c := s.scorer(0, scoreBatch)
	if c.tape == nil {
		c.tape = s.model.Net.NewTape(scoreBatch)
		c.dy = kernels.NewMatrix(scoreBatch, s.model.width())
		c.dx = kernels.NewMatrix(scoreBatch, s.model.Net.Sizes[0])
	}
	for from := 0; from < x.Rows; from += scoreBatch {
		to := min(from+scoreBatch, x.Rows)
		c.setEach(sigma[from:to])
		s.tell(c, from, to)
		c.vjp(score.Slice(from, to), vjp.Slice(from, to), x.Slice(from, to), v.Slice(from, to))
	}
}

// vjp computes ScoreVJP for few points. Their levels are set.
func (c *scorer) vjp(score, vjp, x, v kernels.Matrix) {
	n := x.Rows
	input, scaled := c.see(x)
	f := c.model.Net.Forward(c.tape, input)
	c.combine(score, scaled, f, x)
	switch {
	case c.bound != nil:
		c.boundedVJP(vjp, v, scaled, f)
		return
	case c.axes != nil:
		c.linearVJP(vjp, v, x, score)
		return
	}
	dy, dx := c.dy.Slice(0, n), c.dx.Slice(0, n)
	linear := c.linear[:n]
	kernels.ScaleRows(dy, v, nil, c.network[:n])
	c.model.Net.InputGradient(c.tape, dy, dx)
	for i, scale := range c.scale[:n] {
		linear[i] *= scale
	}
	kernels.CombineRows(vjp, v, points(dx, c.model.Dim()), linear, c.scale[:n])
}

func (c *scorer) linearVJP(vjp, v, x, score kernels.Matrix) {
	n := v.Rows
	dy, dx := c.dy.Slice(0, n), c.dx.Slice(0, n)
	c.axes.vjp(dy, vjp, v, x, score)
	c.model.Net.InputGradient(c.tape, dy, dx)
	scaled := points(dx, c.model.width())
	c.axes.scale(scaled, 0)
	one := c.linear[:n]
	for i := range one {
		one[i] = 1
	}
	kernels.CombineRows(vjp, vjp, scaled, one, one)
}

func (c *scorer) boundedVJP(vjp, v, scaled, f kernels.Matrix) {
	n := v.Rows
	b, dy, dx := c.bound, c.dy.Slice(0, n), c.dx.Slice(0, n)
	w := vjp
	b.slope(w, v, scaled, f, c.network[:n], c.linear[:n])
	kernels.ScaleRows(dy, w, nil, b.out[:n])
	c.model.Net.InputGradient(c.tape, dy, dx)
	for i, scale := range c.scale[:n] {
		b.skip[i] *= scale
	}
	kernels.CombineRows(vjp, w, points(dx, c.model.Dim()), b.skip[:n], c.scale[:n])
	for i := range n {
		b.soft[i] = 1
	}
	kernels.CombineRows(vjp, v, vjp, c.linear[:n], b.soft[:n])
}

// vjpMemory is the memory of ScoreVJP, made when it is first used.
type vjpMemory struct {
	tape   *mlp.Tape
	dy, dx kernels.Matrix
}
