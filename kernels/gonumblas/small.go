package gonumblas

// small is the order of the triangles that plain loops are fastest for, which round each product.
const small = 8

// triangularSmall is triangular for an order up to square and any increment. A product with the inverse loses
// the terms of an element in the order in which they are found, and a product with A adds those near the
// diagonal first.
func triangularSmall[T float](
	a block[T], packed, lower, trans, unit bool, n int, x vector[T], inverse bool,
) {
	var w [square]T
	v := w[:n]
	if x.inc == 1 {
		v = x.data[:n]
	} else {
		x.gather(v, 0, n)
	}
	i, step := n-1, -1
	if (lower != trans) == inverse {
		i, step = 0, 1
	}
	for range n {
		d := i * (a.stride + 1) // place of the diagonal element
		if packed {
			d = packedPlace(lower, n, i)
		}
		row, others := a.data[d-i:d], v[:i]
		if !lower {
			row, others = a.data[d+1:d+n-i], v[i+1:]
		}
		s := v[i]
		switch {
		case !trans && inverse:
			s = lose(s, row, others, lower)
			if !unit {
				s /= a.data[d]
			}
		case !trans:
			if !unit {
				s *= a.data[d]
			}
			s = gain(s, row, others, !lower)
		case inverse:
			if !unit {
				s /= a.data[d]
			}
			for l, e := range row {
				others[l] -= T(e * s)
			}
		default:
			for l, e := range row {
				others[l] += T(e * s)
			}
			if !unit {
				s *= a.data[d]
			}
		}
		v[i] = s
		i += step
	}
	if x.inc != 1 {
		x.scatter(v)
	}
}

func packedPlace(lower bool, n, i int) int {
	if lower {
		return i * (i + 3) / 2
	}
	return i * (2*n - i + 1) / 2
}

// lose subtracts the products of row and x from s, from the first on if forward, or else from the last.
func lose[T float](s T, row, x []T, forward bool) T {
	x = x[:len(row)]
	if forward {
		for l, e := range row {
			s -= T(e * x[l])
		}
		return s
	}
	for l := len(row) - 1; l >= 0; l-- {
		s -= T(row[l] * x[l])
	}
	return s
}

// gain adds the products.
func gain[T float](s T, row, x []T, forward bool) T {
	x = x[:len(row)]
	if forward {
		for l, e := range row {
			s += T(e * x[l])
		}
		return s
	}
	for l := len(row) - 1; l >= 0; l-- {
		s += T(row[l] * x[l])
	}
	return s
}

// smallRows goes through the rows of a triangle of order n with their diagonal elements.
type smallRows struct {
	at, size, column int // of the row: its place, elements and first column
	n, step          int // step leads from row to row, unless packed
	lower            bool
}

func rowsOf(lower bool, n, stride int, packed bool) smallRows {
	r := smallRows{size: n, n: n, step: stride + 1, lower: lower}
	if lower {
		r.size, r.step = 1, stride
	}
	if packed {
		r.step = 0
	}
	return r
}

// next goes to the next row.
func (r *smallRows) next() {
	r.at += r.step
	if r.step == 0 {
		r.at += r.size
	}
	if r.lower {
		r.size++
	} else {
		r.size--
		r.column++
	}
}

// symvSmall is symv for an order up to small.
func symvSmall[T float](a []T, r smallRows, alpha T, x vector[T], beta T, y vector[T]) {
	var v, sums [small]T
	n := r.n
	for i, k := 0, x.first(n); i < n; i, k = i+1, k+x.inc {
		v[i&(small-1)] = x.data[k]
	}
	for i := range n {
		row, j := a[r.at:r.at+r.size], r.column
		b := v[i&(small-1)]
		var d T
		if r.lower {
			row, d = row[:i], row[i]
		} else {
			row, d, j = row[1:], row[0], j+1
		}
		sum := T(b * d)
		for l, e := range row {
			sum += T(e * v[(j+l)&(small-1)])
			sums[(j+l)&(small-1)] += T(e * b)
		}
		sums[i&(small-1)] += sum
		r.next()
	}
	for i := range sums[:n] {
		sums[i] *= alpha
	}
	y.takeFew(sums[:n], beta)
}

// syrSmall is syr for an order up to small.
func syrSmall[T float](a []T, r smallRows, alpha T, x vector[T]) {
	i, first := x.first(r.n), x.first(r.n)
	for range r.n {
		addRowTo(a[r.at:r.at+r.size], alpha*x.data[i], x, first+r.column*x.inc)
		i += x.inc
		r.next()
	}
}

// syr2Small is syr2 for an order up to small.
func syr2Small[T float](a []T, r smallRows, alpha T, x, y vector[T]) {
	x0, y0 := x.first(r.n), y.first(r.n)
	i, j := x0, y0
	for range r.n {
		row := a[r.at : r.at+r.size]
		addRowTo(row, alpha*x.data[i], y, y0+r.column*y.inc)
		addRowTo(row, alpha*y.data[j], x, x0+r.column*x.inc)
		i += x.inc
		j += y.inc
		r.next()
	}
}
