package kernels

import "runtime"

// gemmGeneric is the definition of the product. Rows of c are independent, so that the pool may share them out.
func gemmGeneric(p *product) {
	const serial = 1 << 15 // multiply-adds that are not worth another core
	if p.m*p.n*p.k <= serial || p.m == 1 {
		gemmRowsGeneric(p, 0, p.m)
		return
	}
	w := genericProducts.get()
	w.product = *p
	w.rows = max(1, serial/(p.n*p.k))
	w.run(w, (p.m+w.rows-1)/w.rows, runtime.GOMAXPROCS(0))
	w.product = product{}
	genericProducts.put(w)
}

type genericProduct struct {
	fork
	product
	rows int // rows of c in a chunk
}

var genericProducts = newFreelist[genericProduct]()

func (w *genericProduct) chunk(i, _ int) {
	gemmRowsGeneric(&w.product, i*w.rows, min((i+1)*w.rows, w.m))
}

func gemmRowsGeneric(p *product, from, to int) {
	aRow, aCol := p.a.Stride, 1
	if p.transA {
		aRow, aCol = aCol, aRow
	}
	for i := from; i < to; i++ {
		c := p.c.Row(i)
		p.begin(i)
		for l := range p.k {
			a := p.alpha * p.a.Data[i*aRow+l*aCol]
			switch {
			case p.packed != nil:
				for j := range c {
					c[j] = fma32(a, p.packed.panels[(j/panelCols*p.k+l)*panelCols+j%panelCols], c[j])
				}
			case p.transB:
				for j := range c {
					c[j] = fma32(a, p.b.Data[j*p.b.Stride+l], c[j])
				}
			default:
				for j, b := range p.b.Row(l) {
					c[j] = fma32(a, b, c[j])
				}
			}
		}
		p.finish(i, 0, p.n)
	}
}
