package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"testing"
)

// columns is what argmaxRowsAsFloats keeps from call to call.
var (
	columns     []int
	columnsLock sync.Mutex
)

// argmaxRowsAsFloats calls ArgmaxRows for the table of tests, whose operands are floats. Integers cannot
// overlap a matrix, but these floats could.
func argmaxRowsAsFloats(o operands) {
	checkApart("ArgmaxRows", "dst", regionOf(o.v[0]), "x", o.m[0].region())
	columnsLock.Lock()
	defer columnsLock.Unlock()
	if n := len(o.v[0]); n > cap(columns) {
		columns = make([]int, n)
	}
	of := columns[:len(o.v[0])]
	ArgmaxRows(of, o.m[0])
	for i, j := range of {
		o.v[0][i] = float32(j)
	}
}

// TestMaxRows compares the greatest numbers of rows, and where they are, with a loop. Equal numbers, zeros of
// either sign, infinities and NaN are among them, and rows of NaN alone.
func TestMaxRows(t *testing.T) {
	inf := float32(math.Inf(1))
	nan, minusZero := inf-inf, float32(math.Copysign(0, -1))
	random := rand.New(rand.NewPCG(1, 2))
	eachBackend(t, func(t *testing.T) {
		for _, cols := range []int{0, 1, 7, 31, 32, 33, 100, 1023, 1024, 1025, 5000} {
			for _, from := range [][]float32{
				{1, 2, 3}, {nan, -1}, {nan}, {minusZero, 0}, {-inf, nan, -inf}, {inf, 1}, nil,
			} {
				x := NewMatrix(5, cols)
				for i := range x.Data {
					x.Data[i] = float32(random.NormFloat64())
					if from != nil {
						x.Data[i] = from[random.IntN(len(from))]
					}
				}
				what := fmt.Sprintf("%d columns of %v", cols, from)
				checkMaxRows(t, what, x)
			}
		}
	})
}

func checkMaxRows(t *testing.T, what string, x Matrix) {
	t.Helper()
	most, at := make([]float32, x.Rows), make([]int, x.Rows)
	MaxRows(most, x)
	ArgmaxRows(at, x)
	for i := range x.Rows {
		want, first := float32(math.Inf(-1)), -1
		for j, v := range x.Row(i) {
			if v > want || v == want && first < 0 {
				want, first = v, j
			}
		}
		if at[i] != first {
			t.Errorf("%s: the greatest of row %d is in column %d, want %d", what, i, at[i], first)
		}
		same(t, what, most[i:i+1], []float32{want + 0})
	}
}
