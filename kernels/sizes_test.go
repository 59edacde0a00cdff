package kernels

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"testing"
)

// half is such that its square overflows int by far.
const half = 1 << (bits.UintSize / 2)

// panicOf returns what f panics with, or an empty string.
func panicOf(f func()) (message string) {
	defer func() {
		if r := recover(); r != nil {
			message = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

// TestHugeSizes: where a size does not fit an int the panic names the function and the sizes, whatever the
// overflow would have come to.
func TestHugeSizes(t *testing.T) {
	const quarter = 1 << (bits.UintSize - 3) // eight rows of it begin where the first does
	far := Matrix{Rows: 9, Cols: 4, Stride: quarter, Data: make([]float32, 36)}
	far64 := Matrix64{Rows: 9, Cols: 4, Stride: quarter, Data: make([]float64, 36)}
	farC := far
	farC.Data = make([]float32, 36)
	shape := fmt.Sprintf(" is 9x4 with stride %d and needs %s elements, has 36",
		quarter, bigExtent(9, 4, quarter))
	a, b, per := NewMatrix(9, 4), NewMatrix(4, 4), make([]float32, 9)
	for _, c := range []struct {
		want string
		call func()
	}{
		{fmt.Sprintf("NewMatrix: %dx%d elements", half, half), func() { NewMatrix(half, half) }},
		{fmt.Sprintf("NewMatrix: %dx%d elements", half+1, half), func() { NewMatrix(half+1, half) }},
		{fmt.Sprintf("NewMatrix: %dx%d elements", math.MaxInt, math.MaxInt), func() {
			NewMatrix(math.MaxInt, math.MaxInt)
		}},
		{fmt.Sprintf("NewMatrix: %dx1 elements", math.MaxInt/4+1), func() { NewMatrix(math.MaxInt/4+1, 1) }},
		{fmt.Sprintf("NewMatrix: 1x%d elements", math.MaxInt), func() { NewMatrix(1, math.MaxInt) }},
		{fmt.Sprintf("NewMatrix64: %dx%d elements", half, half), func() { NewMatrix64(half, half) }},
		{fmt.Sprintf("NewMatrix64: %dx2 elements", math.MaxInt/2+1), func() {
			NewMatrix64(math.MaxInt/2+1, 2)
		}},
		{"Gemm: a" + shape, func() { MatMul(NewMatrix(9, 4), far, b) }},
		{"Gemm: b" + shape, func() { Gemm(false, true, 1, b, far, 0, NewMatrix(4, 9)) }},
		{"Gemm: c" + shape, func() { MatMul(farC, a, b) }},
		{"Gemm64: a" + shape, func() { Gemm64(true, false, 1, far64, far64, 0, NewMatrix64(4, 4)) }},
		{"GemmHadamard: f" + shape, func() { GemmHadamard(false, false, 1, a, b, 0, NewMatrix(9, 4), far) }},
		{"Packed.Pack: b" + shape, func() { new(Packed).Pack(false, far) }},
		{"Dense.Forward: x" + shape, func() { Dense{W: b}.Forward(NewMatrix(9, 4), Matrix{}, far) }},
		{"SumColumns: a" + shape, func() { SumColumns(make([]float32, 4), far) }},
		{"AddNoiseRows: dst" + shape, func() { AddNoiseRows(far, a, per, noise, 0) }},
		{"LangevinRows: x" + shape, func() { LangevinRows(far, a, per, per, noise, 0) }},
		{"CombineRows: y" + shape, func() { CombineRows(NewMatrix(9, 4), a, far, per, per) }},
		{"SumSquaresRows: x" + shape, func() { SumSquaresRows(per, nil, far, noise, 0) }},
		{"MatchScoreRows: y" + shape, func() {
			MatchScoreRows(NewMatrix(9, 4), per, far, NewMatrix(9, 4), ScoreFactors{per, per, per}, noise, 0)
		}},
		{"Matrix.Row: m" + shape, func() { far.Row(8) }},
		{"Matrix.Row: m" + shape, func() { far.Row(1) }},
		{"Matrix.Slice: m" + shape, func() { far.Slice(0, 9) }},
		{"Matrix.Columns: m" + shape, func() { far.Columns(1, 2) }},
		{"Matrix64.Row: m" + shape, func() { far64.Row(8) }},
		{"Matrix64.Slice: m" + shape, func() { far64.Slice(0, 9) }},
		{"Matrix64.Columns: m" + shape, func() { far64.Columns(1, 2) }},
	} {
		if got := panicOf(c.call); !strings.HasPrefix(got, "kernels: "+c.want) {
			t.Errorf("panic %q, want one with %q", got, c.want)
		}
	}
}

// TestEmptyHugeSizes: what has no elements needs none, however long its sides.
func TestEmptyHugeSizes(t *testing.T) {
	for _, size := range [][2]int{{0, math.MaxInt}, {math.MaxInt, 0}, {0, 0}} {
		m, m64 := NewMatrix(size[0], size[1]), NewMatrix64(size[0], size[1])
		if len(m.Data) != 0 || len(m64.Data) != 0 {
			t.Errorf("%dx%d has %d elements", size[0], size[1], len(m.Data))
		}
		NewMatrix(size[0], size[1]).check("f", "m")
	}
	for _, trans := range []bool{false, true} {
		var p Packed
		p.Pack(trans, NewMatrix(math.MaxInt, 0))
		p.Pack(trans, NewMatrix(0, math.MaxInt))
		if len(p.panels) != 0 {
			t.Errorf("an empty matrix has %d packed elements", len(p.panels))
		}
	}
}

// TestHugeStride: the distance of rows means nothing where there is only one.
func TestHugeStride(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		for _, stride := range []int{math.MaxInt, math.MaxInt/2 + 1, math.MaxInt/8 + 1} {
			row := func(n int) Matrix {
				m := NewMatrix(1, n)
				noise.Fill(m.Data, 0)
				m.Stride = stride
				return m
			}
			near := func(m Matrix) Matrix { m.Stride = m.Cols; return m }
			for _, n := range []int{3, 40, 200} {
				square := NewMatrix(n, n)
				noise.Fill(square.Data, 0)
				for name, f := range map[string]func(wrap func(Matrix) Matrix) Matrix{
					"row by matrix": func(wrap func(Matrix) Matrix) Matrix {
						c := row(n)
						MatMul(wrap(c), wrap(row(n)), square)
						return c
					},
					"row by transposed matrix": func(wrap func(Matrix) Matrix) Matrix {
						c := row(n)
						Gemm(false, true, 2, wrap(row(n)), square, 1, wrap(c))
						return c
					},
					"outer product": func(wrap func(Matrix) Matrix) Matrix {
						c := NewMatrix(n, n)
						Gemm(true, false, 1, wrap(row(n)), wrap(row(n)), 0, c)
						return c
					},
					"inner product": func(wrap func(Matrix) Matrix) Matrix {
						c := row(1)
						Gemm(false, true, 1, wrap(row(n)), wrap(row(n)), 0, wrap(c))
						return c
					},
					"sum of rows": func(wrap func(Matrix) Matrix) Matrix {
						c := row(n)
						SumColumns(c.Data, wrap(row(n)))
						return c
					},
					"packed": func(wrap func(Matrix) Matrix) Matrix {
						c, p := NewMatrix(n, n), new(Packed)
						p.Pack(false, wrap(row(n)))
						GemmPacked(true, 1, wrap(row(n)), p, 0, c)
						return c
					},
					"Langevin": func(wrap func(Matrix) Matrix) Matrix {
						c := row(n)
						LangevinRows(wrap(c), wrap(row(n)), []float32{1}, []float32{2}, noise, 0)
						return c
					},
				} {
					got, want := f(func(m Matrix) Matrix { return m }), f(near)
					if !slices.Equal(got.Data, want.Data) {
						t.Errorf("%s of %d with stride %d: not the result of stride %d", name, n, stride, n)
					}
				}
			}
		}
	})
}

// TestParallelHugeRanges: the ranges cover the indices where their ends come near the largest int.
func TestParallelHugeRanges(t *testing.T) {
	for _, c := range []struct{ n, grain int }{
		{math.MaxInt, math.MaxInt - 1}, {math.MaxInt, math.MaxInt/2 + 1},
		{math.MaxInt - 1, math.MaxInt / 5}, {math.MaxInt, math.MaxInt},
	} {
		sums := make([]int, Slots)
		Parallel(c.n, c.grain, func(slot, from, to int) {
			if from < 0 || to <= from || to > c.n || from%c.grain != 0 || to-from > c.grain {
				t.Errorf("%d in ranges of %d: %d to %d", c.n, c.grain, from, to)
			}
			sums[slot] += to - from
		})
		total := 0
		for _, sum := range sums {
			total += sum
		}
		if total != c.n {
			t.Errorf("%d in ranges of %d: %d indices", c.n, c.grain, total)
		}
	}
	for _, chunks := range []int{1, 63, 1000, math.MaxInt} {
		for _, cores := range []int{1, 2, 63, 64} {
			for r := range cores {
				first, end := firstOf(r, chunks, cores), firstOf(r+1, chunks, cores)
				if first < 0 || end < first || end > int64(chunks) {
					t.Errorf("range %d of %d chunks for %d cores: %d to %d", r, chunks, cores, first, end)
				}
			}
			if end := firstOf(cores, chunks, cores); end != int64(chunks) {
				t.Errorf("%d chunks for %d cores end at %d", chunks, cores, end)
			}
		}
	}
}
