package smld

import (
	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// bound brings the points that EDM's preconditioning denoises into the interval of the data. It serves a
// batch; see Bounded.
type bound struct {
	low, high   []float32 // the interval's ends less the data's mean, for each coordinate
	below       []float32 // the low end, for each coordinate
	skip, out   []float32 // of each row: e - m = skip y + out F, with y the scaled point
	soft, minus []float32 // t and -t
	inverse     []float32 // 1/t

	fromLow, fromHigh kernels.Matrix // (e-low)/t and (e-high)/t, and what follows from them

	// The work in hand and the function that does some rows of it. They are made once, so that handing them
	// out allocates nothing.
	work  difference
	piece func(slot, from, to int)
}

// difference sets dst to factor (denoised - x), with minus = -factor, for scaled points y and the network's
// output f there. dst may be f.
type difference struct {
	dst, y, f, x  kernels.Matrix
	factor, minus []float32
}

// newBound returns the memory for batches of up to rows points, or nil for a model without bounds.
func (m *Model) newBound(rows int) *bound {
	if m.Preconditioning != Bounded {
		return nil
	}
	b := &bound{fromLow: kernels.NewMatrix(rows, m.Dim()), fromHigh: kernels.NewMatrix(rows, m.Dim())}
	for _, v := range []*[]float32{&b.low, &b.high, &b.below} {
		*v = make([]float32, m.Dim())
	}
	for j, mean := range m.Mean {
		low, high := m.Data.Low, m.Data.High
		if m.Encoding != nil {
			c := &m.Encoding.Coordinates[j]
			from, to := m.Encoding.rangeOf(c)
			half := detmath.Mul(c.Bin, 0.5)
			low, high = float32(c.encode(from-half)), float32(c.encode(to+half))
		}
		b.low[j], b.high[j], b.below[j] = low-mean, high-mean, low
	}
	for _, v := range []*[]float32{&b.skip, &b.out, &b.soft, &b.minus, &b.inverse} {
		*v = make([]float32, rows)
	}
	b.piece = func(_, from, to int) {
		d := b.work
		b.differenceOf(difference{
			d.dst.Slice(from, to), d.y.Slice(from, to), d.f.Slice(from, to), d.x.Slice(from, to),
			d.factor[from:to], d.minus[from:to],
		}, from)
	}
	return b
}

// set makes l the noise level of row i.
func (b *bound) set(i int, l *level) {
	b.skip[i], b.out[i], b.soft[i], b.minus[i], b.inverse[i] = l.skip, l.out, l.soft, -l.soft, 1/l.soft
}

// arguments returns (e-low)/t and (e-high)/t for scaled points y and the network's output f there. The points
// are rows first, first+1 and so on of the batch.
func (b *bound) arguments(y, f kernels.Matrix, first int) (fromLow, fromHigh kernels.Matrix) {
	end := first + y.Rows
	fromLow, fromHigh = b.fromLow.Slice(first, end), b.fromHigh.Slice(first, end)
	inverse := b.inverse[first:end]
	kernels.CombineRows(fromLow, y, f, b.skip[first:end], b.out[first:end])
	kernels.ScaleRows(fromHigh, fromLow, b.high, inverse)
	kernels.ScaleRows(fromLow, fromLow, b.low, inverse)
	return fromLow, fromHigh
}

// difference does d for a whole batch on all cores.
func (b *bound) difference(d difference) {
	b.work = d
	parallelRows(d.y.Rows, d.y.Cols, b.piece)
	b.work = difference{}
}

// differenceOf does d for rows first, first+1 and so on of the batch. They are few enough to stay in the
// cache from one kernel to the next.
func (b *bound) differenceOf(d difference, first int) {
	end := first + d.y.Rows
	fromLow, fromHigh := b.arguments(d.y, d.f, first)
	floor(fromLow.Data)
	floor(fromHigh.Data)
	kernels.Softplus(fromLow.Data, fromLow.Data)
	kernels.Softplus(fromHigh.Data, fromHigh.Data)
	kernels.CombineRows(fromLow, fromLow, fromHigh, b.soft[first:end], b.minus[first:end])
	kernels.ScaleRows(fromHigh, d.x, b.below, nil)
	kernels.CombineRows(d.dst, fromLow, fromHigh, d.factor, d.minus)
}

// floor sets x to max(x, -32). From there on, a denoised point beyond the low end is at that end, and the
// gradient is zero where the clean point is there too. softplus itself would end in subnormal numbers, with
// which multiply-adds take long.
func floor(x []float32) {
	for i, v := range x {
		x[i] = max(v, -32)
	}
}

// slope sets dst to factor v times the derivative of the denoised points by e, which is between 0 and 1,
//
//	sigmoid((e-low)/t) - sigmoid((e-high)/t)
//
// with minus = -factor.
func (b *bound) slope(dst, v, y, f kernels.Matrix, factor, minus []float32) {
	fromLow, fromHigh := b.arguments(y, f, 0)
	for i := range v.Rows {
		kernels.SoftplusGrad(fromLow.Row(i), v.Row(i), fromLow.Row(i))
		kernels.SoftplusGrad(fromHigh.Row(i), v.Row(i), fromHigh.Row(i))
	}
	kernels.CombineRows(dst, fromLow, fromHigh, factor, minus)
}
