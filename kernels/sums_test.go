package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

// TestSumSquares: the sum is the same in all implementations on any number of cores. It is right where
// float32 would overflow or lose everything.
func TestSumSquares(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	before := Backend()
	defer use(t, before)
	lengths := []int{sweepChunk - 1, sweepChunk, sweepSerial + 1, 5*sweepChunk + 77}
	for n := range 70 {
		lengths = append(lengths, n)
	}
	for _, n := range lengths {
		x := guard(t, n, true)
		copy(x, normals[float32](r, n))
		want := 0.0
		for _, v := range x {
			want += float64(v) * float64(v)
		}
		use(t, string(generic))
		definition := SumSquares(x)
		if !(math.Abs(definition-want) <= 1e-13*want) {
			t.Errorf("%d elements: %v, want %v", n, definition, want)
		}
		for _, name := range backends() {
			use(t, name)
			for _, cores := range []int{1, 3} {
				runtime.GOMAXPROCS(cores)
				if got := SumSquares(x); got != definition {
					t.Errorf("%s, %d cores, %d elements: %v, the definition gives %v",
						name, cores, n, got, definition)
				}
			}
		}
	}
	got, want := SumSquares([]float32{3e38, 4e38 / 2, 1e-30}), 9e76+4e76
	if !(math.Abs(got-want) < 1e-6*want) {
		t.Errorf("large elements: %v, want %v", got, want)
	}
}

// TestSumRowsOrder: all implementations and numbers of cores add a column from the first row to the last.
func TestSumRowsOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	eachBackend(t, func(t *testing.T) {
		for _, s := range [][2]int{
			{0, 5}, {5, 0}, {1, 1}, {7, 3}, {300, 2}, {100, 64}, {90, 200}, {400, 131}, {2000, 65},
		} {
			rows, cols := s[0], s[1]
			data := guard(t, extent(rows, cols, cols+3), true)
			a := Matrix{Rows: rows, Cols: cols, Stride: cols + 3, Data: data}
			copy(a.Data, normals[float32](r, len(a.Data)))
			want := make([]float32, cols)
			for i := range rows {
				for j, v := range a.Row(i) {
					want[j] += v
				}
			}
			for _, cores := range []int{1, 3} {
				runtime.GOMAXPROCS(cores)
				got := guard(t, cols, true)
				SumColumns(got, a.Slice(0, rows/3)) // in parts, which go on where those before ended
				AddRows(got, a.Slice(rows/3, rows))
				same(t, fmt.Sprintf("%dx%d in parts on %d cores", rows, cols, cores), got, want)
				SumColumns(got, a)
				same(t, fmt.Sprintf("%dx%d on %d cores", rows, cols, cores), got, want)
			}
		}
	})
}
