package smld

import (
	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// turn returns the points x along the model's axes, and memory for their score there.
func (s *ModelScore) turn(x kernels.Matrix) (z, score kernels.Matrix) {
	a, r := &s.along, s.model.width()
	if a.z.Rows < x.Rows {
		a.centred, a.z = kernels.NewMatrix(x.Rows, s.Dim()), kernels.NewMatrix(x.Rows, r)
		a.s = kernels.NewMatrix(x.Rows, r)
	}
	centred := a.centred.Slice(0, x.Rows)
	kernels.ScaleRows(centred, x, s.model.Mean, nil)
	z = a.z.Slice(0, x.Rows)
	kernels.Gemm(false, true, 1, centred, s.model.Basis, 0, z)
	return z, a.s.Slice(0, x.Rows)
}

// turnedVJP is ScoreVJP of Linear. With V the basis and J the derivative along the axes, it is v^T V^T J V
// along the axes, and -v/(sigma^2 + rest^2) across them.
func (s *ModelScore) turnedVJP(score, vjp, x, v kernels.Matrix, sigma []float32) {
	z, along := s.turn(x)
	basis := s.model.Basis
	w, product := kernels.NewMatrix(x.Rows, basis.Rows), kernels.NewMatrix(x.Rows, basis.Rows)
	kernels.Gemm(false, true, 1, v, basis, 0, w)
	s.vjpAll(along, product, z, w, sigma)
	s.turnBack(score, along, x.Rows, sigma)
	copyRows(s.along.centred.Slice(0, x.Rows), v)
	copyRows(z, w)
	s.turnBack(vjp, product, x.Rows, sigma)
}

// turnBack sets dst to the score of the points last turned. along is their score along the axes. Across the
// axes the score is that of a normal distribution, -x/(sigma^2 + rest^2).
func (s *ModelScore) turnBack(dst, along kernels.Matrix, rows int, sigma []float32) {
	basis := s.model.Basis
	if basis.Rows == basis.Cols {
		kernels.Gemm(false, false, 1, along, basis, 0, dst)
		return
	}
	across := s.along.centred.Slice(0, rows)
	kernels.Gemm(false, false, -1, s.along.z.Slice(0, rows), basis, 1, across)
	rest := float64(s.model.Rest)
	for i := range rows {
		level := float64(s.level.sigma)
		if sigma != nil {
			level = float64(sigma[i])
		}
		pull := float32(-1 / (detmath.Square(level) + detmath.Square(rest)))
		row := dst.Row(i)
		for j, v := range across.Row(i) {
			row[j] = float32(pull * v)
		}
	}
	kernels.Gemm(false, false, 1, along, basis, 1, dst)
}
