package kernels

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// sideBySide returns matrices that are blocks of columns of one, and the columns of random numbers behind the
// last block.
func sideBySide(r *rand.Rand, gap int, shapes ...[2]int) (blocks []Matrix, rest Matrix) {
	rows, stride := 0, gap
	for _, s := range shapes {
		rows, stride = max(rows, s[0]), stride+s[1]
	}
	whole := Matrix{Rows: rows, Cols: stride, Stride: stride, Data: normals[float32](r, rows*stride)}
	col := 0
	for _, s := range shapes {
		blocks = append(blocks, whole.Slice(0, s[0]).Columns(col, col+s[1]))
		col += s[1]
	}
	return blocks, whole.Columns(col, stride)
}

// alone returns copies of matrices that lie apart.
func alone(blocks []Matrix) []Matrix {
	var copies []Matrix
	for _, b := range blocks {
		m := NewMatrix(b.Rows, b.Cols)
		for i := range b.Rows {
			copy(m.Row(i), b.Row(i))
		}
		copies = append(copies, m)
	}
	return copies
}

// sameBlocks compares all matrices, those that were read too.
func sameBlocks(t *testing.T, what string, got, want []Matrix) {
	t.Helper()
	for i := range want {
		for j := range want[i].Rows {
			same(t, fmt.Sprintf("%s: operand %d, row %d", what, i, j), got[i].Row(j), want[i].Row(j))
		}
	}
}

// TestProductsOfColumnBlocks multiplies blocks of columns of one matrix into others of it, as a factorisation
// does.
func TestProductsOfColumnBlocks(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(73, 74))
		for _, size := range [][3]int{
			{1, 13, 7}, {5, 3, 9}, {40, 37, 50}, {130, 90, 110}, {64, 200, 3}, {2, 300, 40}, {100, 3, 30},
		} {
			m, n, k := size[0], size[1], size[2]
			for _, trans := range [][2]bool{{false, false}, {true, false}, {false, true}, {true, true}} {
				a, b := [2]int{m, k}, [2]int{k, n}
				if trans[0] {
					a = [2]int{k, m}
				}
				if trans[1] {
					b = [2]int{n, k}
				}
				for name, product := range map[string]func(x []Matrix){
					"Gemm":         func(x []Matrix) { Gemm(trans[0], trans[1], 0.5, x[0], x[1], 1, x[2]) },
					"Gemm, beta 0": func(x []Matrix) { Gemm(trans[0], trans[1], 1, x[0], x[1], 0, x[2]) },
					"GemmHadamard": func(x []Matrix) {
						GemmHadamard(trans[0], trans[1], 1, x[0], x[1], 0, x[2], x[3])
					},
					"GemmPackedHadamard": func(x []Matrix) {
						var p Packed
						p.Pack(trans[1], x[1])
						GemmPackedHadamard(trans[0], 1, x[0], &p, 1, x[2], x[3])
					},
				} {
					blocks, _ := sideBySide(r, 2, a, b, [2]int{m, n}, [2]int{m, n})
					want := alone(blocks)
					product(want)
					product(blocks)
					sameBlocks(t, fmt.Sprintf("%s %v %v", name, size, trans), blocks, want)
				}
			}
			blocks, rest := sideBySide(r, n, [2]int{m, k}, [2]int{k, n}, [2]int{m, n}, [2]int{m, n})
			want := alone(blocks)
			layer := func(x []Matrix, bias []float32) {
				Dense{W: x[1], Bias: bias, SiLU: true}.Forward(x[2], x[3], x[0])
			}
			layer(want, slices.Clone(rest.Row(0)))
			layer(blocks, rest.Row(0))
			sameBlocks(t, fmt.Sprintf("Dense %v", size), blocks, want)
		}
	})
}

// TestProducts64OfColumnBlocks is the same in float64.
func TestProducts64OfColumnBlocks(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(75, 76))
		for _, n := range []int{1, 5, 40, 130} {
			whole, apart := NewMatrix64(n, 3*n+1), [3]Matrix64{}
			for i := range whole.Data {
				whole.Data[i] = r.NormFloat64()
			}
			for i := range apart {
				apart[i] = NewMatrix64(n, n)
				for j := range n {
					copy(apart[i].Row(j), whole.Columns(i*n, (i+1)*n).Row(j))
				}
			}
			Gemm64(false, true, -1, apart[0], apart[1], 1, apart[2])
			Gemm64(false, true, -1, whole.Columns(0, n), whole.Columns(n, 2*n), 1, whole.Columns(2*n, 3*n))
			for i := range apart {
				for j := range n {
					if got := whole.Columns(i*n, (i+1)*n).Row(j); !slices.Equal(got, apart[i].Row(j)) {
						t.Fatalf("n = %d, operand %d, row %d: %v, want %v", n, i, j, got, apart[i].Row(j))
					}
				}
			}
		}
	})
}

// TestRowsOfColumnBlocks calls the kernels on rows with blocks of columns of one matrix, and with vectors in
// the gaps between its rows.
func TestRowsOfColumnBlocks(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(77, 78))
		for _, k := range matrixRows {
			for _, size := range [][2]int{{1, 3}, {5, 7}, {6, 40}, {30, 1100}} {
				checkRowOfColumnBlocks(t, r, k, size[0], size[1])
			}
		}
	})
}

// checkRowOfColumnBlocks calls one of them with everything in one matrix, and with everything apart.
func checkRowOfColumnBlocks(t *testing.T, r *rand.Rand, k row, rows, cols int) {
	t.Helper()
	var shapes [][2]int
	var lengths []int
	width := 0
	for _, o := range k.memory() {
		switch o.kind {
		case matrix:
			shapes = append(shapes, [2]int{rows, cols})
		case perRow:
			lengths = append(lengths, rows)
			width += rows
		case perColumn:
			lengths = append(lengths, cols)
			width += cols
		}
	}
	blocks, rest := sideBySide(r, width, shapes...)
	together := operands{m: blocks, noise: noise, at: 7}
	apart := operands{m: alone(blocks), noise: noise, at: 7}
	gap, next := rest.Row(rows/2), 0
	for _, o := range k.memory() {
		if o.kind == matrix {
			continue
		}
		v := gap[:lengths[next]]
		gap, next = gap[lengths[next]:], next+1
		if o.kind == perRow {
			together.v, apart.v = append(together.v, v), append(apart.v, slices.Clone(v))
		} else {
			together.c, apart.c = append(together.c, v), append(apart.c, slices.Clone(v))
		}
	}
	k.run(apart)
	k.run(together)
	what := fmt.Sprintf("%s %dx%d", k.name, rows, cols)
	sameBlocks(t, what, together.m, apart.m)
	for i := range apart.v {
		same(t, fmt.Sprintf("%s: vector %d", what, i), together.v[i], apart.v[i])
	}
	for i := range apart.c {
		same(t, fmt.Sprintf("%s: vector %d of columns", what, i), together.c[i], apart.c[i])
	}
}

// TestSharedElementsPanic: views that share a single element are refused, whatever their strides.
func TestSharedElementsPanic(t *testing.T) {
	x := make([]float32, 200)
	view := func(offset, rows, cols, stride int) Matrix {
		return Matrix{Rows: rows, Cols: cols, Stride: stride, Data: x[offset:]}
	}
	vector := make([]float32, 4)
	for want, call := range map[string]func(){
		"Gemm: c overlaps a": func() { MatMul(view(3, 4, 4, 20), view(0, 4, 4, 20), NewMatrix(4, 4)) },
		"Gemm: c overlaps b": func() { MatMul(view(3, 4, 4, 20), NewMatrix(4, 4), view(0, 4, 4, 21)) },
		"GemmHadamard: c overlaps f": func() {
			c, f := view(0, 4, 4, 20), view(23, 4, 4, 20)
			GemmHadamard(false, false, 1, NewMatrix(4, 4), NewMatrix(4, 4), 0, c, f)
		},
		"Dense.Forward: y overlaps Bias": func() {
			Dense{W: NewMatrix(4, 4), Bias: x[37:41]}.Forward(view(0, 4, 4, 20), Matrix{}, NewMatrix(4, 4))
		},
		"LangevinRows: x overlaps score": func() {
			LangevinRows(view(0, 4, 4, 20), view(63, 4, 4, 20), vector, vector, noise, 0)
		},
		"LangevinRows: x overlaps drift": func() {
			LangevinRows(view(0, 4, 4, 20), NewMatrix(4, 4), x[17:21], vector, noise, 0)
		},
		"CombineRows: dst and x overlap": func() {
			CombineRows(view(0, 4, 4, 20), view(3, 4, 4, 20), NewMatrix(4, 4), vector, vector)
		},
		"SumColumns: dst overlaps a": func() { SumColumns(x[17:21], view(0, 4, 4, 20)) },
	} {
		if got := panicOf(call); got[:min(len(got), len("kernels: "+want))] != "kernels: "+want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}
}
