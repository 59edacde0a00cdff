//go:build (amd64 || arm64) && !purego

package kernels

// flip turns a product of one row with a transposed matrix into that of the matrix with a column, which has
// the same chains.
func (p *product[T]) flip() *product[T] {
	column := p.a
	if !p.transA {
		column = view[T]{rows: p.k, cols: 1, stride: 1, data: p.a.data}
	}
	return &product[T]{
		alpha: 1, a: p.b, b: column, c: view[T]{rows: p.n, cols: 1, stride: 1, data: p.c.data},
		m: p.n, n: 1, k: p.k, fresh: p.fresh,
	}
}
