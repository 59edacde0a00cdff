package smld

import (
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
)

// ScoreRows sets row i of dst to the score at row i of x and level sigma[i].
func (s *ModelScore) ScoreRows(dst, x kernels.Matrix, sigma []float32) {
	s.inBatches(x, sigma, func(from, to int, input, scaled kernels.Matrix) {
		n := to - from
		kernels.CombineRows(dst.Slice(from, to), scaled, s.evaluator.Forward(input), s.linear[:n], s.network[:n])
	})
}

// ScoreVJP sets row i of score to the score at row i of x and level sigma[i], and row i of vjp to v_i^T J_i. With y = cIn
// (x-m), the score is linear y + network F(y, noise level), and that is
//
//	cIn linear v + cIn (network v)^T dF/dy
func (s *ModelScore) ScoreVJP(score, vjp, x, v kernels.Matrix, sigma []float32) {
	if s.tape == nil {
		s.tape = s.model.Net.NewTape(scoreBatch)
		s.dy, s.dx = kernels.NewMatrix(scoreBatch, s.Dim()), kernels.NewMatrix(scoreBatch, s.model.Net.Sizes[0])
	}
	s.inBatches(x, sigma, func(from, to int, input, scaled kernels.Matrix) {
		n := to - from
		linear, network := s.linear[:n], s.network[:n]
		kernels.CombineRows(score.Slice(from, to), scaled, s.model.Net.Forward(s.tape, input), linear, network)
		dy, dx, v := s.dy.Slice(0, n), s.dx.Slice(0, n), v.Slice(from, to)
		kernels.PerturbRows(dy, v, nil, nil, network, kernels.Noise{}, 0)
		s.model.Net.InputGradient(s.tape, dy, dx)
		for i, scale := range s.scale[:n] {
			linear[i] *= scale
		}
		kernels.CombineRows(vjp.Slice(from, to), v, points(dx, s.Dim()), linear, s.scale[:n])
	})
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
			s.scale[i], s.linear[i], s.network[i] = l.scaleIn, l.linearIn, l.network
			copy(input.Row(i)[s.Dim():], l.features[:])
		}
		scaled := points(input, s.Dim())
		kernels.PerturbRows(scaled, x.Slice(from, to), s.model.Mean, nil, s.scale[:to-from], kernels.Noise{}, 0)
		f(from, to, input, scaled)
	}
}
