package kernels

// Dense is a fully connected layer: for a batch x of rows,
//
//	pre = x*W + Bias
//	y = SiLU(pre) or pre
//
// where the products of a row start from the bias: pre[i][j] is a chain of fused multiply-adds as in Gemm that begins
// with Bias[j]. The activation is applied while the finished rows are still in the cache.
type Dense struct {
	W      Matrix    // inputs by outputs; not used where Packed is set
	Packed *Packed   // the weights, packed
	Bias   []float32 // one an output; nil is zero
	SiLU   bool      // apply SiLU
}

// Forward sets y, and keeps the pre-activation in pre unless pre.Data is nil, which it must be without activation.
// The memory of y and pre is their own: it overlaps neither the other's nor that of x, W and Bias.
func (d Dense) Forward(y, pre, x Matrix) {
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
	p := product[float32]{alpha: 1, a: view32(x), b: view32(d.W), c: view32(y), m: x.Rows, n: out, k: in, bias: d.Bias}
	if d.Packed != nil {
		p.panels = d.Packed.panels
	}
	if d.SiLU {
		p.silu, p.y = true, view32(y)
	}
	if pre.Data != nil {
		if !d.SiLU {
			panic("kernels: Dense.Forward: pre is set, but without an activation y is all there is")
		}
		pre.checkShape("Dense.Forward", "pre", x.Rows, out)
		d.checkOutput("pre", pre, x)
		checkDisjoint("Dense.Forward", "pre", pre.Data[:pre.extent()], "y", y.Data[:y.extent()])
		p.c = view32(pre)
	}
	multiply(&p, 0)
}

// checkOutput panics when an output shares memory with the input, the weights or the bias.
func (d Dense) checkOutput(name string, output, x Matrix) {
	elements := output.Data[:output.extent()]
	checkDisjoint("Dense.Forward", name, elements, "x", x.Data[:x.extent()])
	checkDisjoint("Dense.Forward", name, elements, "Bias", d.Bias)
	if d.Packed == nil {
		checkDisjoint("Dense.Forward", name, elements, "W", d.W.Data[:d.W.extent()])
	}
}
