package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

// TestRowsAnyCores: neither the number of cores nor how rows are split over calls changes a bit.
func TestRowsAnyCores(t *testing.T) {
	const rows, cols = 5000, 7
	eachBackend(t, func(t *testing.T) {
		x, y, f := NewMatrix(rows, cols), NewMatrix(rows, cols), NewMatrix(rows, cols)
		noise.Fill(y.Data, 0)
		noise.Fill(f.Data, 1<<20)
		factors, loss := normals[float32](rand.New(rand.NewPCG(1, 2)), rows), make([]float32, rows)
		var want []float32
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
		for _, cores := range []int{1, 2, 5} {
			runtime.GOMAXPROCS(cores)
			for _, cut := range []int{rows, 1234} {
				for from := 0; from < rows; from += cut {
					to := min(from+cut, rows)
					v := factors[from:to]
					MatchScoreRows(x.Slice(from, to), loss[from:to], y.Slice(from, to), f.Slice(from, to),
						ScoreFactors{v, v, v}, noise, uint64(3+from*cols))
				}
				got := append(append([]float32(nil), x.Data...), loss...)
				if want == nil {
					want = got
				}
				same(t, fmt.Sprintf("%d cores, %d rows a call", cores, cut), got, want)
			}
		}
	})
}

// TestRowSums: sums over rows are those of the squares of the elements and of the normals of Fill, but for
// rounding.
func TestRowSums(t *testing.T) {
	const rows, cols, at = 6, 1300, 11
	r := rand.New(rand.NewPCG(8, 9))
	z, x, y, d := NewMatrix(rows, cols), NewMatrix(rows, cols), NewMatrix(rows, cols), NewMatrix(rows, cols)
	noise.Fill(z.Data, at)
	copy(x.Data, normals[float32](r, len(x.Data)))
	copy(y.Data, normals[float32](r, len(y.Data)))
	a, b := normals[float32](r, rows), normals[float32](r, rows)
	loss, ofX, ofNoise := make([]float32, rows), make([]float32, rows), make([]float32, rows)
	MatchScoreRows(d, loss, x, y, ScoreFactors{a, b, a}, noise, at)
	SumSquaresRows(ofX, ofNoise, x, noise, at)
	for i := range rows {
		check := func(what string, got float32, v func(j int) float64) {
			t.Helper()
			want := 0.0
			for j := range cols {
				want += v(j) * v(j)
			}
			if !(math.Abs(float64(got)-want) <= 2e-6*want) {
				t.Errorf("%s, row %d: %v, want %v", what, i, got, want)
			}
		}
		check("squares of x", ofX[i], func(j int) float64 { return float64(x.Row(i)[j]) })
		check("squares of the noise", ofNoise[i], func(j int) float64 { return float64(z.Row(i)[j]) })
		check("loss", loss[i], func(j int) float64 {
			inputs := float64(a[i]) * float64(x.Row(i)[j])
			return inputs + float64(b[i])*float64(y.Row(i)[j]) + float64(z.Row(i)[j])
		})
	}
}
