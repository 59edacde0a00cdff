package smld

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// linear is the memory of the Linear preconditioning for a batch; see Linear. Rows are points in the basis of
// the model.
type linear struct {
	spread []float32
	ends   [2][]float32   // of denoised points
	root   kernels.Matrix // 1/sqrt(sigma_i^2 + spread_j^2)
	z      kernels.Matrix // noise, for the gradient
	sigma  []float32      // of each row
	edm    bool           // weigh as WeightEDM does
}

// newLinear returns the memory for batches of up to rows points, or nil for a model without a basis.
func (m *Model) newLinear(rows int) *linear {
	if m.Preconditioning != Linear {
		return nil
	}
	n := len(m.Spread)
	return &linear{
		spread: m.Spread, ends: m.Ends, root: kernels.NewMatrix(rows, n), z: kernels.NewMatrix(rows, n),
		sigma: make([]float32, rows),
	}
}

// set makes sigma the noise level of row i.
func (l *linear) set(i int, sigma float32) {
	if l.sigma[i] == sigma {
		return
	}
	l.sigma[i] = sigma
	variance := detmath.Square(float64(sigma))
	for j, s := range l.spread {
		l.root.Row(i)[j] = float32(1 / math.Sqrt(math.FMA(float64(s), float64(s), variance)))
	}
}

// repeat makes the noise level of row i-1 that of row i.
func (l *linear) repeat(i int) {
	l.sigma[i] = l.sigma[i-1]
	copy(l.root.Row(i), l.root.Row(i-1))
}

// scale multiplies points, rows first, first+1 and so on of the batch, by 1/sqrt(sigma^2 + spread^2).
func (l *linear) scale(y kernels.Matrix, first int) {
	for i := range y.Rows {
		row := y.Row(i)
		for j, c := range l.root.Row(first + i) {
			row[j] *= c
		}
	}
}

// score sets dst to the score at points x, whose scaled points are y, for the network's output f there,
//
//	(spread/sigma f - y)/sqrt(sigma^2 + spread^2)
//
// or that of a denoised point, x + sigma^2 score, at one of the ends.
func (l *linear) score(dst, x, y, f kernels.Matrix) {
	for i := range y.Rows {
		sigma := l.sigma[i]
		inverse, variance := 1/sigma, float32(sigma*sigma)
		row, in, out, point := dst.Row(i), y.Row(i), f.Row(i), x.Row(i)
		for j, c := range l.root.Row(i) {
			row[j] = c * (float32(float32(l.spread[j]*inverse)*out[j]) - in[j])
			switch denoised := float32(variance*row[j]) + point[j]; {
			case denoised < l.ends[0][j]:
				row[j] = (l.ends[0][j] - point[j]) / variance
			case denoised > l.ends[1][j]:
				row[j] = (l.ends[1][j] - point[j]) / variance
			}
		}
	}
}

// vjp sets dy to v^T times the derivative of the score s at x by f. It sets own to v^T times the derivative
// by the points where f stays.
func (l *linear) vjp(dy, own, v, x, s kernels.Matrix) {
	for i := range v.Rows {
		inverse := 1 / l.sigma[i]
		variance := float32(l.sigma[i] * l.sigma[i])
		d, o, score, point := dy.Row(i), own.Row(i), s.Row(i), x.Row(i)
		for j, c := range l.root.Row(i) {
			x := v.Row(i)[j]
			if score[j] == (l.ends[0][j]-point[j])/variance || score[j] == (l.ends[1][j]-point[j])/variance {
				d[j], o[j] = 0, -x/variance
				continue
			}
			d[j] = c * float32(float32(l.spread[j]*inverse)*x)
			o[j] = -c * float32(c*x)
		}
	}
}

// match sets dF to the gradient of the loss divided by batch, and loss to the loss of each row. y holds
// scaled points and f the network's output there; both are rows first, first+1 and so on of the batch. With z
// the noise in y, the residual is
//
//	r = sigma score + z = sigma/sqrt(sigma^2 + spread^2) (spread/sigma f - y) + z
//
// and the loss 1/2 |r|^2. With the other weighting it is 1/2 |r sqrt(sigma^2 + spread^2)/spread|^2, the error
// of the network's output.
func (l *linear) match(
	dF kernels.Matrix, loss []float32, y, f kernels.Matrix, first int, batch int,
	noise kernels.Noise, at uint64,
) {
	z := l.z.Slice(first, first+y.Rows)
	noise.Fill(z.Data[:y.Rows*z.Cols], at)
	part := 1 / float32(float64(batch))
	for i := range y.Rows {
		sigma := l.sigma[first+i]
		d, in, out, normal := dF.Row(i), y.Row(i), f.Row(i), z.Row(i)
		sum := float32(0)
		for j, c := range l.root.Row(first + i) {
			s := l.spread[j]
			r := float32(c*(float32(s*out[j])-float32(sigma*in[j]))) + normal[j]
			slope := float32(c * s)
			if l.edm {
				r /= slope
				slope = 1
			}
			sum += float32(r * r)
			d[j] = float32(slope*r) * part
		}
		loss[i] = sum
	}
}
