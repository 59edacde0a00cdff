package kernels

// Dense is a fully connected layer. For a batch x, one sample a row, it computes
//
//	pre = x*W + Bias
//	y = SiLU(max(pre, -32)) if SiLU is set, otherwise pre
//
// where pre[i][j] is a chain of fused multiply-adds, as in Gemm, that begins with Bias[j]. The limit of -32
// keeps subnormal numbers out of a network; see SiLUWithSlope. The layer applies the activation while the
// finished rows are still in the cache. It computes the activation's derivative at the same time, since both
// need the same exponential.
type Dense struct {
	W      Matrix    // inputs by outputs; ignored where Packed is set
	Packed *Packed   // the weights, packed
	Bias   []float32 // one for each output; nil is zero
	SiLU   bool      // apply SiLU
}

// Forward sets y to the layer's output. It also sets slope to the derivative of SiLU at max(pre, -32), as
// SiLUWithSlope does, unless slope.Data is nil. Without an activation slope.Data must be nil. y and slope
// must not overlap each other, nor x, W or Bias.
func (d Dense) Forward(y, slope, x Matrix) {
	in, out := d.W.Rows, d.W.Cols
	if d.Packed != nil {
		in, out = d.Packed.Size()
	} else {
		d.W.check("Dense.Forward", "W")
	}
	x.checkShape("Dense.Forward", "x", y.Rows, in)
	y.checkShape("Dense.Forward", "y", x.Rows, out)
	if d.Bias != nil {
		checkLen("Dense.Forward", "Bias", d.Bias, out)
	}
	d.checkOutput("y", y, x)
	var p product[float32]
	p.alpha, p.m, p.n, p.k, p.bias = 1, x.Rows, out, in, d.Bias
	p.a.set(x.Rows, x.Cols, x.Stride, x.Data)
	p.b.set(d.W.Rows, d.W.Cols, d.W.Stride, d.W.Data)
	p.c.set(y.Rows, y.Cols, y.Stride, y.Data)
	if d.Packed != nil {
		p.panels = d.Packed.panels
	}
	if d.SiLU {
		p.after = siluAfter
		p.y.set(y.Rows, y.Cols, y.Stride, y.Data)
	}
	if slope.Data != nil {
		if !d.SiLU {
			panic("kernels: Dense.Forward: slope is set, but there is no activation")
		}
		slope.checkShape("Dense.Forward", "slope", x.Rows, out)
		d.checkOutput("slope", slope, x)
		checkApart("Dense.Forward", "slope", slope.region(), "y", y.region())
		p.after = siluWithSlopeAfter
		p.c.set(slope.Rows, slope.Cols, slope.Stride, slope.Data)
	}
	multiply(&p, 0)
}

// checkOutput panics when an output shares an element with the input, the weights or the bias.
func (d Dense) checkOutput(name string, output, x Matrix) {
	elements := output.region()
	checkApart("Dense.Forward", name, elements, "x", x.region())
	checkApart("Dense.Forward", name, elements, "Bias", regionOf(d.Bias))
	if d.Packed == nil {
		checkApart("Dense.Forward", name, elements, "W", d.W.region())
	}
}
