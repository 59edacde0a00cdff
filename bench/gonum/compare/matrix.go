package compare

import "gonum.org/v1/gonum/blas"

// square is the operands of levels 2 and 3: n by n matrices by rows and vectors of n elements.
type square[T Float] struct {
	n       int
	a, b, c []T
	// t is a lower triangle and small the factor of an update that is repeated.
	t, x, y, small []T
}

func newSquare[T Float](level int) func(n int) any {
	return func(n int) any {
		o := &square[T]{n: n, a: normals[T](n*n, 1, 1), t: triangle[T](n, 2)}
		if level == 2 {
			o.x, o.y, o.small = normals[T](n, 3, 1), normals[T](n, 4, 1), normals[T](n, 5, 1e-6)
			return o
		}
		o.b, o.c = normals[T](n*n, 3, 1), normals[T](n*n, 4, 1)
		return o
	}
}

func (o *square[T]) result() []float64 { return doubles(o.a, o.b, o.c, o.x, o.y) }

// matrixRow is a routine of level 2 or 3.
type matrixRow[T Float] struct {
	name string
	call func(b *routines[T], o *square[T])
}

func matrixRows[T Float](level int, precision string, of func(p Peer) *routines[T]) []Row {
	group, list, sizes := "level2", level2List[T](), []int{1_000}
	if level == 3 {
		group, list, sizes = "level3", level3List[T](), []int{64, 256, 1_000}
	}
	var rows []Row
	for _, r := range list {
		bind := func(p Peer, operands any) task {
			o := operands.(*square[T])
			if b := of(p); b != nil {
				return task{run: repeat(func() { r.call(b, o) }), result: o.result}
			}
			return task{run: bindSquare(p, r.name, o), result: o.result}
		}
		rows = append(rows, Row{r.name, group, sizes, precision, newSquare[T](level), bind})
	}
	return rows
}

// bindSquare returns a loop over a peer's function on square matrices, or nil.
func bindSquare[T Float](p Peer, name string, o *square[T]) func(times int) {
	functions := p.Functions64
	if _, single := any(o.a).([]float32); single {
		functions = p.Functions32
	}
	f, _ := functions[name].(func(dst, a, b []T, n int))
	switch {
	case f == nil:
		return nil
	case o.b == nil:
		return repeat(func() { f(o.y, o.a, o.x, o.n) })
	}
	return repeat(func() { f(o.c, o.a, o.b, o.n) })
}

func level2List[T Float]() []matrixRow[T] {
	return []matrixRow[T]{
		{"gemv", func(b *routines[T], o *square[T]) {
			b.Gemv(blas.NoTrans, o.n, o.n, 1, o.a, o.n, o.x, 1, 0, o.y, 1)
		}},
		{"gemvT", func(b *routines[T], o *square[T]) {
			b.Gemv(blas.Trans, o.n, o.n, 1, o.a, o.n, o.x, 1, 0, o.y, 1)
		}},
		{"ger", func(b *routines[T], o *square[T]) {
			b.Ger(o.n, o.n, -1, o.small, 1, o.y, 1, o.a, o.n)
		}},
		{"symv", func(b *routines[T], o *square[T]) {
			b.Symv(blas.Upper, o.n, 1, o.a, o.n, o.x, 1, 0, o.y, 1)
		}},
		{"trmv", func(b *routines[T], o *square[T]) {
			b.Trmv(blas.Lower, blas.NoTrans, blas.NonUnit, o.n, o.t, o.n, o.x, 1)
		}},
		{"trmvT", func(b *routines[T], o *square[T]) {
			b.Trmv(blas.Lower, blas.Trans, blas.NonUnit, o.n, o.t, o.n, o.x, 1)
		}},
		{"trsv", func(b *routines[T], o *square[T]) {
			b.Trsv(blas.Lower, blas.NoTrans, blas.NonUnit, o.n, o.t, o.n, o.x, 1)
		}},
		{"trsvT", func(b *routines[T], o *square[T]) {
			b.Trsv(blas.Lower, blas.Trans, blas.NonUnit, o.n, o.t, o.n, o.x, 1)
		}},
	}
}
