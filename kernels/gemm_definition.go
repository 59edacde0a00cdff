package kernels

// gemmGeneric is the definition of the product. Rows of c are independent, so the pool may share them out.
func gemmGeneric[T float](p *product[T]) {
	const serial = 1 << 15 // multiply-adds that are not worth another core
	rows := max(1, serial/(p.n*p.k))
	if _, ok := any(p).(*product[float32]); ok {
		rows = max(rows, chainRows)
	}
	if p.m <= rows {
		multiplyRows(p, 0, p.m)
		return
	}
	list := genericProductsOf[T]()
	w := list.get()
	w.product = *p
	w.rows = rows
	w.run(w, (p.m-1)/rows+1, Cores())
	w.product = product[T]{}
	list.put(w, 0)
}

type genericProduct[T float] struct {
	fork
	product[T]
	rows int // rows of c in a chunk
}

var (
	genericProducts32 = newFreelist[genericProduct[float32]]()
	genericProducts64 = newFreelist[genericProduct[float64]]()
)

func genericProductsOf[T float]() *freelist[genericProduct[T]] {
	if list, ok := any(genericProducts32).(*freelist[genericProduct[T]]); ok {
		return list
	}
	return any(genericProducts64).(*freelist[genericProduct[T]])
}

func (w *genericProduct[T]) chunk(i, _ int) {
	multiplyRows(&w.product, i*w.rows, min((i+1)*w.rows, w.m))
}

// multiplyRows does gemmRowsGeneric, the faster way where there is one.
func multiplyRows[T float](p *product[T], from, to int) {
	q, ok := any(p).(*product[float32])
	if !ok {
		gemmRowsGeneric(p, from, to)
		return
	}
	for i := from; i < to; i++ {
		q.begin(i)
	}
	multiplyChains(q, from, to)
	q.finishRows(from, to, 0, q.n)
}

// gemmRowsGeneric computes rows from to to-1 of c.
func gemmRowsGeneric[T float](p *product[T], from, to int) {
	wide := panelCols[T]()
	aRow, aCol := p.a.stride, 1
	if p.transA {
		aRow, aCol = aCol, aRow
	}
	for i := from; i < to; i++ {
		c := p.c.row(i)
		p.begin(i)
		for l := range p.k {
			a := p.alpha * p.a.data[i*aRow+l*aCol]
			switch {
			case p.panels != nil:
				for j := range c {
					c[j] = fma(a, p.panels[(j/wide*p.k+l)*wide+j%wide], c[j])
				}
			case p.transB:
				for j := range c {
					c[j] = fma(a, p.b.data[j*p.b.stride+l], c[j])
				}
			default:
				for j, b := range p.b.row(l) {
					c[j] = fma(a, b, c[j])
				}
			}
		}
		p.finish(i, 0, p.n)
	}
}
