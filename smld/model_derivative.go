package smld

import (
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
)

// ScoreRows sets row i of dst to the score at row i of x and level sigma[i].
func (s *ModelScore) ScoreRows(dst, x kernels.Matrix, sigma []float32) {
	s.inBatches(x, sigma, func(from, to int, input, scaled kernels.Matrix) {
		s.combine(dst.Slice(from, to), scaled, s.evaluator.Forward(input), x.Slice(from, to))
	})
}

// ScoreVJP sets row i of score to the score at row i of x and level sigma[i], and row i of vjp to v_i^T J_i. With y = cIn
// (x-m), the score is linear y + network F(y, noise level), and that is
//
//	cIn linear v + cIn (network v)^T dF/dy
//
// With bounds, and w the product of v/sigma^2 and the slope of denoised points by e = m + skip y + out F(y), it is
//
//	-v/sigma^2 + cIn skip w + cIn (out w)^T dF/dy
func (s *ModelScore) ScoreVJP(score, vjp, x, v kernels.Matrix, sigma []float32) {
	if s.tape == nil {
		s.tape = s.model.Net.NewTape(scoreBatch)
		s.dy, s.dx = kernels.NewMatrix(scoreBatch, s.Dim()), kernels.NewMatrix(scoreBatch, s.model.Net.Sizes[0])
	}
	s.inBatches(x, sigma, func(from, to int, input, scaled kernels.Matrix) {
		n := to - from
		linear, network := s.linear[:n], s.network[:n]
		f := s.model.Net.Forward(s.tape, input)
		s.combine(score.Slice(from, to), scaled, f, x.Slice(from, to))
		dy, dx, v := s.dy.Slice(0, n), s.dx.Slice(0, n), v.Slice(from, to)
		if s.bound != nil {
			s.boundedVJP(vjp.Slice(from, to), v, scaled, f)
			return
		}
		kernels.PerturbRows(dy, v, nil, nil, network, kernels.Noise{}, 0)
		s.model.Net.InputGradient(s.tape, dy, dx)
		for i, scale := range s.scale[:n] {
			linear[i] *= scale
		}
		kernels.CombineRows(vjp.Slice(from, to), v, points(dx, s.Dim()), linear, s.scale[:n])
	})
}

func (s *ModelScore) boundedVJP(vjp, v, scaled, f kernels.Matrix) {
	n := v.Rows
	b, dy, dx := s.bound, s.dy.Slice(0, n), s.dx.Slice(0, n)
	w := vjp
	b.slope(w, v, scaled, f, s.network[:n], s.linear[:n])
	kernels.PerturbRows(dy, w, nil, nil, b.out[:n], kernels.Noise{}, 0)
	s.model.Net.InputGradient(s.tape, dy, dx)
	for i, scale := range s.scale[:n] {
		b.skip[i] *= scale
	}
	kernels.CombineRows(vjp, w, points(dx, s.Dim()), b.skip[:n], s.scale[:n])
	for i := range n {
		b.soft[i] = 1
	}
	kernels.CombineRows(vjp, v, vjp, s.linear[:n], b.soft[:n])
}

// vjpMemory is the memory of ScoreVJP, made when it is first used.
type vjpMemory struct {
	tape   *mlp.Tape
	dy, dx kernels.Matrix
}

// inBatches calls f for one batch of the rows of x after the other, with the network's input, its part that holds the
// scaled points, and the levels' factors set.
func (s *ModelScore) inBatches(x kernels.Matrix, sigma []float32, f func(from, to int, input, scaled kernels.Matrix)) {
	for from := 0; from < x.Rows; from += scoreBatch {
		to := min(from+scoreBatch, x.Rows)
		input := s.input.Slice(0, to-from)
		var l level
		for i := range input.Rows {
			if i == 0 || sigma[from+i] != l.sigma {
				l = s.model.level(sigma[from+i])
			}
			s.set(i, &l)
		}
		scaled := points(input, s.Dim())
		kernels.PerturbRows(scaled, x.Slice(from, to), s.model.Mean, nil, s.scale[:to-from], kernels.Noise{}, 0)
		f(from, to, input, scaled)
	}
}
