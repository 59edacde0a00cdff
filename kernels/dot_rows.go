package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// DotRows sets dst[i] to Dot(a.Row(i), x), with the same bits. dst has a.Rows elements and x a.Cols. dst must
// overlap neither a nor x.
func DotRows(dst []float32, a Matrix, x []float32) {
	a.check("DotRows", "a")
	checkLen("DotRows", "dst", dst, a.Rows)
	checkLen("DotRows", "x", x, a.Cols)
	checkApart("DotRows", "dst", regionOf(dst), "a", a.region())
	checkDisjoint("DotRows", "dst", dst, "x", x)
	switch {
	case a.Cols == 0:
		clear(dst)
	case oneBlock(a.Cols) && onePiece(a.Rows*a.Cols):
		dotRows(dst, a, x)
	case oneBlock(a.Cols):
		dotRowsKernel.call(dst, a, x, a.Cols)
	default:
		for i := range dst {
			dst[i] = Dot(a.Row(i), x)
		}
	}
}

// DotRows64 is DotRows in float64, with the bits of Dot64.
func DotRows64(dst []float64, a Matrix64, x []float64) {
	a.check("DotRows64", "a")
	checkLen("DotRows64", "dst", dst, a.Rows)
	checkLen("DotRows64", "x", x, a.Cols)
	checkApart("DotRows64", "dst", regionOf(dst), "a", a.region())
	checkDisjoint("DotRows64", "dst", dst, "x", x)
	switch {
	case a.Cols == 0:
		clear(dst)
	case oneBlock(a.Cols) && onePiece(a.Rows*a.Cols):
		dotRows64(dst, a, x)
	case oneBlock(a.Cols):
		dotRowsKernel64.call(dst, a, x, a.Cols)
	default:
		for i := range dst {
			dst[i] = Dot64(a.Row(i), x)
		}
	}
}

var (
	dotRowsKernel   = newDotRows(func(dst []float32, a Matrix, x []float32) { dotRows(dst, a, x) })
	dotRowsKernel64 = newDotRows(func(dst []float64, a Matrix64, x []float64) { dotRows64(dst, a, x) })
)

// dotRowsOn is DotRows for a type of matrices whose rows are one block.
type dotRowsOn[T float, M interface{ Slice(from, to int) M }] struct {
	op    func(dst []T, a M, x []T)
	calls freelist[dotRowsCall[T, M]]
}

func newDotRows[T float, M interface{ Slice(from, to int) M }](op func([]T, M, []T)) *dotRowsOn[T, M] {
	return &dotRowsOn[T, M]{op: op}
}

// dotRowsCall is one call.
type dotRowsCall[T float, M interface{ Slice(from, to int) M }] struct {
	fork
	kernel *dotRowsOn[T, M]
	dst, x []T
	a      M
	rows   int // of a chunk
}

func (k *dotRowsOn[T, M]) call(dst []T, a M, x []T, cols int) {
	rows, cores := sumBlock/cols, 1
	if n := len(dst) * cols; sharesSweep(n) {
		if cores = Cores(); cores > 1 {
			rows = max(8, sweepChunk/cols&^7)
		}
	}
	c := k.calls.get()
	c.kernel, c.dst, c.a, c.x, c.rows = k, dst, a, x, rows
	c.run(c, ceil.Div(len(dst), rows), cores)
	var none M
	c.dst, c.a, c.x = nil, none, nil
	k.calls.put(c, 0)
}

func (c *dotRowsCall[T, M]) chunk(i, _ int) {
	from, to := i*c.rows, min((i+1)*c.rows, len(c.dst))
	c.kernel.op(c.dst[from:to], c.a.Slice(from, to), c.x)
}
