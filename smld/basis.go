package smld

import (
	"cmp"
	"math"
	"slices"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// basis is the normal distribution N(0, C) next to a set of centred points. It has the coordinates in which
// the distribution is a product:
//
//	C = V^T diag(spread^2) V + rest^2 (I - V^T V)
//
// with the rows of V orthonormal. The leading directions are principal axes. One number is the variance of
// all remaining directions (Tipping and Bishop 1999, "Probabilistic principal component analysis").
type basis struct {
	v      kernels.Matrix // r x D
	spread []float32      // standard deviations along the rows of V, falling
	rest   float32
	low    []float32 // the lowest spread point along each row of V, less a standard deviation
	high   []float32 // the highest, plus a standard deviation
}

const (
	exactAxes  = 512  // dimension up to which all principal axes are found
	mostAxes   = 256  // number of them above that dimension
	flatSpread = 1e-5 // of the largest: below it, an axis has no variance but for rounding
)

// newBasis returns the basis of the rows of x about their mean, once each coordinate is spread evenly over a
// bin. Whole numbers do not vary along some axes, such as that between two equal columns. Without the bins'
// variance such an axis would be thought flat.
func newBasis(x kernels.Matrix, mean, bins []float32) basis {
	centred := kernels.NewMatrix64(x.Rows, x.Cols)
	for i := range x.Rows {
		row := centred.Data[i*x.Cols : (i+1)*x.Cols]
		for j, v := range x.Row(i) {
			row[j] = float64(v) - float64(mean[j])
		}
	}
	var values []float64
	var axes kernels.Matrix64
	spread := make([]float64, x.Cols) // variances
	total := sumSquares64(centred.Data) / float64(x.Rows)
	for j, b := range bins {
		spread[j] = float64(b) * float64(b) / 12
		total += spread[j]
	}
	if x.Cols <= exactAxes {
		values, axes = principalAxes(centred, spread)
	} else {
		values, axes = leadingAxes(centred, min(mostAxes, x.Rows-1))
	}
	r := 0
	for _, v := range values {
		if v > flatSpread*flatSpread*values[0] {
			r++
		}
	}
	b := basis{v: kernels.NewMatrix(r, x.Cols), spread: make([]float32, r)}
	explained := 0.0
	for k := range r {
		explained += values[k]
		b.spread[k] = float32(math.Sqrt(values[k]))
		for j, v := range axes.Data[k*x.Cols : (k+1)*x.Cols] {
			b.v.Row(k)[j] = float32(v)
		}
	}
	if left := total - explained; r < x.Cols && left > 1e-12*total {
		b.rest = float32(math.Sqrt(left / float64(x.Cols-r)))
	}
	b.ends(x, mean, bins)
	return b
}

// ends sets low and high.
func (b *basis) ends(x kernels.Matrix, mean, bins []float32) {
	const block = 1024
	r := len(b.spread)
	b.low, b.high = make([]float32, r), make([]float32, r)
	centred, z := kernels.NewMatrix(min(block, x.Rows), x.Cols), kernels.NewMatrix(min(block, x.Rows), r)
	for from := 0; from < x.Rows; from += block {
		part := x.Slice(from, min(from+block, x.Rows))
		c, along := centred.Slice(0, part.Rows), z.Slice(0, part.Rows)
		kernels.ScaleRows(c, part, mean, nil)
		kernels.Gemm(false, true, 1, c, b.v, 0, along)
		for i := range along.Rows {
			for j, v := range along.Row(i) {
				b.low[j], b.high[j] = min(b.low[j], v), max(b.high[j], v) // about zero, which is the mean
			}
		}
	}
	for j, s := range b.spread {
		for k, bin := range bins {
			// This is rounded, lest it be fused with the sum.
			s += float32(bin / 2 * float32(math.Abs(float64(b.v.Row(j)[k]))))
		}
		b.low[j] -= s
		b.high[j] += s
	}
}

// principalAxes returns the eigenvalues of the covariance of centred rows plus independent variances,
// falling, and its eigenvectors as rows.
func principalAxes(centred kernels.Matrix64, variances []float64) ([]float64, kernels.Matrix64) {
	n := centred.Cols
	c := kernels.NewMatrix64(n, n)
	kernels.Gemm64(true, false, 1/float64(centred.Rows), centred, centred, 0, c)
	for j, v := range variances {
		c.Data[j*n+j] += v
	}
	return sortedAxes(c)
}

// sortedAxes returns the eigenvalues of a symmetric matrix, falling, and its eigenvectors as rows, whose
// largest entry is positive. It overwrites c.
func sortedAxes(c kernels.Matrix64) ([]float64, kernels.Matrix64) {
	n := c.Rows
	values, q := symmetricEigen(c.Data, n)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	sorted, axes := make([]float64, n), kernels.NewMatrix64(n, n)
	for k, from := range order {
		sorted[k] = values[from]
		row := axes.Data[k*n : (k+1)*n]
		for j := range row {
			row[j] = q[j*n+from]
		}
		orient(row)
	}
	return sorted, axes
}

// orient turns a vector round unless its largest entry is positive.
func orient(v []float64) {
	most := 0.0
	for _, x := range v {
		if math.Abs(x) > math.Abs(most) {
			most = x
		}
	}
	if most < 0 {
		for j := range v {
			v[j] = -v[j]
		}
	}
}

// leadingAxes returns the r largest eigenvalues of the covariance of centred rows, falling, and their
// eigenvectors as rows. It iterates on subspaces from fixed directions, with a Rayleigh-Ritz step at the end
// (Halko, Martinsson and Tropp 2011, Algorithm 4.4).
func leadingAxes(centred kernels.Matrix64, r int) ([]float64, kernels.Matrix64) {
	const iterations = 6
	n, d := centred.Rows, centred.Cols
	v, images := kernels.NewMatrix64(r, d), kernels.NewMatrix64(r, n)
	start := kernels.NewMatrix(r, d)
	stream(0, streams.Axes, 0).Fill(start.Data, 0)
	for i, z := range start.Data {
		v.Data[i] = float64(z)
	}
	orthonormal(v)
	scale := 1 / float64(n)
	for range iterations {
		kernels.Gemm64(false, true, 1, v, centred, 0, images)
		kernels.Gemm64(false, false, scale, images, centred, 0, v)
		orthonormal(v)
	}
	kernels.Gemm64(false, true, 1, v, centred, 0, images)
	small := kernels.NewMatrix64(r, r)
	kernels.Gemm64(false, true, scale, images, images, 0, small)
	values, turn := sortedAxes(small)
	axes := kernels.NewMatrix64(r, d)
	kernels.Gemm64(false, false, 1, turn, v, 0, axes)
	for k := range r {
		orient(axes.Data[k*d : (k+1)*d])
	}
	return values, axes
}

// orthonormal makes the rows of v orthonormal by the Gram-Schmidt process. Doing that twice is enough (Giraud
// et al. 2005). A row that depends on those before it becomes zero.
func orthonormal(v kernels.Matrix64) {
	for k := range v.Rows {
		row := v.Data[k*v.Cols : (k+1)*v.Cols]
		before := math.Sqrt(sumSquares64(row))
		for range 2 {
			for l := range k {
				other := v.Data[l*v.Cols : (l+1)*v.Cols]
				dot := 0.0
				for j, x := range other {
					dot = math.FMA(x, row[j], dot)
				}
				for j, x := range other {
					row[j] = math.FMA(-dot, x, row[j])
				}
			}
		}
		norm := math.Sqrt(sumSquares64(row))
		if norm <= 1e-12*before {
			clear(row)
			continue
		}
		for j := range row {
			row[j] /= norm
		}
	}
}

func sumSquares64(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum = math.FMA(v, v, sum)
	}
	return sum
}
