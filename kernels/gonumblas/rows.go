package gonumblas

// rows is a triangle of order n that is stored by rows: of a whole matrix, of a band, or packed. Row i has
// its diagonal element and, to the left of it or to the right, at most band others.
type rows[T float] struct {
	data    []T
	n, band int
	start   int // place of the first diagonal element
	step    int // from one diagonal element to the next, unless packed
	lower   bool
	packed  bool
}

func wholeRows[T float](a block[T], lower bool, n int) rows[T] {
	return rows[T]{data: a.data, n: n, band: n, step: a.stride + 1, lower: lower}
}

func bandRows[T float](a block[T], lower bool, n, k int) rows[T] {
	r := rows[T]{data: a.data, n: n, band: k, step: a.stride, lower: lower}
	if lower {
		r.start = k
	}
	return r
}

func packedRows[T float](a []T, lower bool, n int) rows[T] {
	return rows[T]{data: a, n: n, band: n, lower: lower, packed: true}
}

// diagonal is the place of diagonal element i.
func (r *rows[T]) diagonal(i int) int {
	if r.packed {
		return packedPlace(r.lower, r.n, i)
	}
	return r.start + i*r.step
}

// row is row i without its diagonal element, the column of its first element, and the place of the diagonal.
func (r *rows[T]) row(i int) (others []T, column, diagonal int) {
	d := r.diagonal(i)
	if r.lower {
		size := min(i, r.band)
		return r.data[d-size : d], i - size, d
	}
	return r.data[d+1 : d+1+min(r.n-1-i, r.band)], i + 1, d
}

// from is row i with its diagonal element, and the column of its first element.
func (r *rows[T]) from(i int) (row []T, column int) {
	d := r.diagonal(i)
	if r.lower {
		size := min(i, r.band)
		return r.data[d-size : d+1], i - size
	}
	return r.data[d : d+1+min(r.n-1-i, r.band)], i
}

// short is the elements of a row that plain loops are fastest for, which round each product.
const short = 12

// addTo adds a multiple of a row to y.
func addTo[T float](y []T, a T, row []T) {
	if len(row) > short {
		addMultiple(y, a, row)
		return
	}
	for l, e := range row {
		y[l] += T(a * e)
	}
}

// addInner is s and the product of a row and x.
func addInner[T float](s T, row, x []T) T {
	if len(row) > short {
		return s + inner(row, x)
	}
	return gain(s, row, x, true)
}

// times multiplies x by the triangle or its transpose.
func (r *rows[T]) times(trans, unit bool, x []T) {
	i, step := r.n-1, -1
	if r.lower == trans {
		i, step = 0, 1
	}
	for range r.n {
		row, j, d := r.row(i)
		v := x[i]
		product := v
		if !unit {
			product = T(v * r.data[d])
		}
		if trans {
			addTo(x[j:j+len(row)], v, row)
			x[i] = product
		} else {
			x[i] = addInner(product, row, x[j:j+len(row)])
		}
		i += step
	}
}

// solve multiplies x by the inverse of the triangle or of its transpose.
func (r *rows[T]) solve(trans, unit bool, x []T) {
	i, step := r.n-1, -1
	if r.lower != trans {
		i, step = 0, 1
	}
	for range r.n {
		row, j, d := r.row(i)
		v := x[i]
		if !trans {
			v = -addInner(-v, row, x[j:j+len(row)])
		}
		if !unit {
			v /= r.data[d]
		}
		x[i] = v
		if trans {
			addTo(x[j:j+len(row)], -v, row)
		}
		i += step
	}
}

// symmetric adds to y the product of x and the symmetric matrix whose triangle this is.
func (r *rows[T]) symmetric(y, x []T) {
	for i := range r.n {
		row, j, d := r.row(i)
		addTo(y[j:j+len(row)], x[i], row)
		y[i] += addInner(T(x[i]*r.data[d]), row, x[j:j+len(row)])
	}
}

// symmetricFew is symmetric in plain loops, which round each product.
func (r *rows[T]) symmetricFew(y, x []T) {
	for i := range r.n {
		row, j, d := r.row(i)
		b := x[i]
		even, odd := T(b*r.data[d]), T(0)
		u, v := x[j:j+len(row)], y[j:j+len(row)]
		l := 0
		for ; l+1 < len(row); l += 2 {
			e, f := row[l], row[l+1]
			even += T(e * u[l])
			odd += T(f * u[l+1])
			v[l] += T(e * b)
			v[l+1] += T(f * b)
		}
		if l < len(row) {
			even += T(row[l] * u[l])
			v[l] += T(row[l] * b)
		}
		y[i] += even + odd
	}
}

// addProduct adds alpha*x*xᵀ.
func (r *rows[T]) addProduct(alpha T, x []T) {
	for i := range r.n {
		row, j := r.from(i)
		addMultiple(row, alpha*x[i], x[j:j+len(row)])
	}
}

// addProducts adds alpha*(x*yᵀ + y*xᵀ).
func (r *rows[T]) addProducts(alpha T, x, y []T) {
	for i := range r.n {
		row, j := r.from(i)
		addMultiple(row, alpha*x[i], y[j:j+len(row)])
		addMultiple(row, alpha*y[i], x[j:j+len(row)])
	}
}
