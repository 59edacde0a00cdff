//go:build (amd64 || arm64) && !purego

package kernels

import (
	"math/rand/v2"
	"testing"
	"unsafe"
)

// narrowCase is a call of a kernel of few columns. Rows of A are apart elements apart, or columns if
// transposed.
type narrowCase struct {
	cols, m, k, apart int
	transposed        bool
	start             string
}

// TestNarrow compares every kernel of few columns with chains of fused multiply-adds, with rows of A close
// together and so far apart that they crowd the cache, in each precision that has such kernels.
func TestNarrow(t *testing.T) {
	eachFast(t, func(t *testing.T, fast string) {
		use(t, fast)
		double := shape{size: 8}
		inDouble := double.narrows(blockingInUse())
		r := rand.New(rand.NewPCG(95, 96))
		for cols := 1; cols <= narrowCols; cols++ {
			for _, m := range []int{8, 9, 12, 15, 16, 17, 21, 24, 27, 32, 33, 39, 40, 45, 57, 67, 80} {
				for k := 1; k < 22; k++ {
					c := narrowCase{
						cols: cols, m: m, k: k, transposed: r.IntN(2) == 0,
						start: []string{"zero", "bias", "c"}[r.IntN(3)],
					}
					c.apart = max(c.k, c.m) + r.IntN(3)
					if r.IntN(4) == 0 {
						c.apart = 512
					}
					checkNarrow[float32](t, r, c)
					if inDouble {
						checkNarrow[float64](t, r, c)
					}
				}
			}
		}
	})
}

func checkNarrow[T float](t *testing.T, r *rand.Rand, c narrowCase) {
	t.Helper()
	bRow, bCol, cRow := c.cols+r.IntN(3), 1, c.cols+r.IntN(3)
	if r.IntN(2) == 0 {
		bRow, bCol = 1, c.k+r.IntN(3)
	}
	aRow, aCol := c.apart, 1
	if c.transposed {
		aRow, aCol = 1, c.apart
	}
	a := guarded[T](t, r, (c.m-1)*aRow+(c.k-1)*aCol+1)
	b := guarded[T](t, r, (c.k-1)*bRow+(c.cols-1)*bCol+1)
	out, bias := guarded[T](t, r, (c.m-1)*cRow+c.cols), guarded[T](t, r, c.cols)
	q := panelProduct[T]{
		m: c.m, k: c.k, a: &a[0], aRow: c.apart, b: &b[0], bRow: bRow, c: &out[0], cRow: cRow, width: c.cols,
	}
	switch c.start {
	case "zero":
		q.start = (*T)(zeros)
	case "bias":
		q.start = &bias[0]
	case "c":
		q.start, q.startRow = q.c, cRow
	}
	want := append([]T(nil), out...)
	for i := range c.m {
		for j := range c.cols {
			sum := T(0)
			switch c.start {
			case "bias":
				sum = bias[j]
			case "c":
				sum = want[i*cRow+j]
			}
			for p := range c.k {
				sum = fma(a[i*aRow+p*aCol], b[p*bRow+j*bCol], sum)
			}
			want[i*cRow+j] = sum
		}
	}
	q.multiplyNarrow(bCol, c.transposed)
	for i, w := range want {
		if out[i] != w {
			t.Fatalf("%d bytes, %+v: element %d is %v, want %v", sizeOf[T](), c, i, out[i], w)
		}
	}
}

// guarded returns n random numbers that end where memory ends, or begin where it begins.
func guarded[T float](t testing.TB, r *rand.Rand, n int) []T {
	words := guard(t, n*sizeOf[T]()/4, r.IntN(2) == 0)
	x := unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(words))), n)
	for i := range x {
		x[i] = T(r.NormFloat64())
	}
	return x
}
