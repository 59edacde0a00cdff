package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

// rowCall is a call of a kernel on rows: matrices x of one shape and vectors v with a number for each row.
type rowCall struct {
	name              string
	matrices, vectors int
	call              func(x []Matrix, v [][]float32)
}

var rowKernels = []rowCall{
	{"AddNoiseRows", 2, 1, func(x []Matrix, v [][]float32) { AddNoiseRows(x[0], x[1], v[0], noise, 7) }},
	{"AddNoiseRows/in place", 1, 1, func(x []Matrix, v [][]float32) { AddNoiseRows(x[0], x[0], v[0], noise, 1<<34-50) }},
	{"PerturbRows", 2, 2, func(x []Matrix, v [][]float32) {
		PerturbRows(x[0], x[1], rowShift(x[0].Cols), v[0], v[1], noise, 16)
	}},
	{"PerturbRows/no noise", 2, 1, func(x []Matrix, v [][]float32) {
		PerturbRows(x[0], x[1], rowShift(x[0].Cols), nil, v[0], noise, 3)
	}},
	{"PerturbRows/in place", 1, 2, func(x []Matrix, v [][]float32) { PerturbRows(x[0], x[0], nil, v[0], v[1], noise, 3) }},
	{"LangevinRows", 2, 2, func(x []Matrix, v [][]float32) { LangevinRows(x[0], x[1], v[0], v[1], noise, 5) }},
	{"LangevinRows/no noise", 2, 1, func(x []Matrix, v [][]float32) { LangevinRows(x[0], x[1], v[0], nil, noise, 5) }},
	{"CombineRows", 3, 2, func(x []Matrix, v [][]float32) { CombineRows(x[0], x[1], x[2], v[0], v[1]) }},
	{"CombineRows/in place", 2, 2, func(x []Matrix, v [][]float32) { CombineRows(x[0], x[0], x[1], v[0], v[1]) }},
	{"SumSquaresRows", 1, 2, func(x []Matrix, v [][]float32) { SumSquaresRows(v[0], v[1], x[0], noise, 9) }},
	{"SumSquaresRows/x alone", 1, 1, func(x []Matrix, v [][]float32) { SumSquaresRows(v[0], nil, x[0], noise, 9) }},
	{"MatchScoreRows", 3, 4, func(x []Matrix, v [][]float32) {
		MatchScoreRows(x[0], v[0], x[1], x[2], v[1], v[2], v[3], noise, 21)
	}},
	{"MatchScoreRows/in place", 2, 4, func(x []Matrix, v [][]float32) {
		MatchScoreRows(x[0], v[0], x[1], x[0], v[1], v[2], v[3], noise, 0)
	}},
}

// rowShift returns numbers for every column.
func rowShift(cols int) []float32 { return normals(rand.New(rand.NewPCG(5, 6)), cols) }

// run calls the kernel on views of slices, the first of which hold the matrices.
func (k rowCall) run(x [][]float32, rows, cols int, pads []int) {
	var m []Matrix
	for i := range k.matrices {
		m = append(m, Matrix{Rows: rows, Cols: cols, Stride: max(1, cols+pads[i%len(pads)]), Data: x[i]})
	}
	k.call(m, x[k.matrices:])
}

// inputs returns slices for run, of which the matrices have no gap after their last row.
func (k rowCall) inputs(r *rand.Rand, rows, cols int, pads []int, values func(*rand.Rand, int) []float32) [][]float32 {
	var x [][]float32
	for i := range k.matrices {
		x = append(x, values(r, extent(rows, cols, max(1, cols+pads[i%len(pads)]))))
	}
	for range k.vectors {
		x = append(x, values(r, rows))
	}
	return x
}

// TestRows compares every implementation with the definition bit for bit: short and long rows, with and without gaps
// between them, whose elements are left alone.
func TestRows(t *testing.T) {
	type shape struct{ rows, cols int }
	shapes := []shape{{0, 3}, {3, 0}, {700, 2}, {40, 64}, {9, 784}, {3, 1023}, {3, 1024}, {2, 1025}, {2, 2500}, {2, 9000}, {4100, 5}}
	for cols := 1; cols < 49; cols++ {
		shapes = append(shapes, shape{1, cols}, shape{5, cols})
	}
	eachFast(t, func(t *testing.T, fast string) {
		for _, k := range rowKernels {
			t.Run(k.name, func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, 2))
				for _, s := range shapes {
					for _, pads := range [][]int{{0}, {3, 0, 8}} {
						what := fmt.Sprintf("%s, %dx%d, pads %v", k.name, s.rows, s.cols, pads)
						compare(t, fast, what, k.inputs(r, s.rows, s.cols, pads, values), func(x [][]float32) {
							k.run(x, s.rows, s.cols, pads)
						})
					}
				}
			})
		}
	})
}

// TestRowsAnyCores: neither the number of cores nor how rows are split over calls changes a bit.
func TestRowsAnyCores(t *testing.T) {
	const rows, cols = 5000, 7
	eachBackend(t, func(t *testing.T) {
		x, y, f := NewMatrix(rows, cols), NewMatrix(rows, cols), NewMatrix(rows, cols)
		noise.Fill(y.Data, 0)
		noise.Fill(f.Data, 1<<20)
		factors, loss := normals(rand.New(rand.NewPCG(1, 2)), rows), make([]float32, rows)
		var want []float32
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
		for _, cores := range []int{1, 2, 5} {
			runtime.GOMAXPROCS(cores)
			for _, cut := range []int{rows, 1234} {
				for from := 0; from < rows; from += cut {
					to := min(from+cut, rows)
					v := factors[from:to]
					MatchScoreRows(x.Slice(from, to), loss[from:to], y.Slice(from, to), f.Slice(from, to), v, v, v, noise,
						uint64(3+from*cols))
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

// TestRowsAgainstNoise: the kernels on rows see the normals of Fill, and compute what their documentation says, but for
// rounding.
func TestRowsAgainstNoise(t *testing.T) {
	const rows, cols, at = 6, 1300, 11
	r := rand.New(rand.NewPCG(8, 9))
	z, x, y := NewMatrix(rows, cols), NewMatrix(rows, cols), NewMatrix(rows, cols)
	noise.Fill(z.Data, at)
	copy(x.Data, normals(r, len(x.Data)))
	copy(y.Data, normals(r, len(y.Data)))
	a, b, g, shift := normals(r, rows), normals(r, rows), normals(r, rows), normals(r, cols)
	near := func(what string, got float32, want, scale float64) {
		t.Helper()
		if !(math.Abs(float64(got)-want) <= 4e-7*scale) {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	d, loss, ofNoise := NewMatrix(rows, cols), make([]float32, rows), make([]float32, rows)
	each := func(what string, want func(a, b, g, s, x, y, z float64) (value, scale float64)) {
		t.Helper()
		for i := range rows {
			for j := range cols {
				value, scale := want(float64(a[i]), float64(b[i]), float64(g[i]), float64(shift[j]),
					float64(x.Row(i)[j]), float64(y.Row(i)[j]), float64(z.Row(i)[j]))
				near(fmt.Sprintf("%s: element %d, %d", what, i, j), d.Row(i)[j], value, scale)
			}
		}
	}
	PerturbRows(d, x, shift, a, b, noise, at)
	each("PerturbRows", func(a, b, _, s, x, _, z float64) (float64, float64) {
		return b * (x - s + a*z), math.Abs(b) * (math.Abs(x) + math.Abs(s) + math.Abs(a*z))
	})
	copy(d.Data, x.Data)
	LangevinRows(d, y, a, b, noise, at)
	each("LangevinRows", func(a, b, _, _, x, y, z float64) (float64, float64) {
		return x + a*y + b*z, math.Abs(x) + math.Abs(a*y) + math.Abs(b*z)
	})
	CombineRows(d, x, y, a, b)
	each("CombineRows", func(a, b, _, _, x, y, _ float64) (float64, float64) {
		return a*x + b*y, math.Abs(a*x) + math.Abs(b*y)
	})
	MatchScoreRows(d, loss, x, y, a, b, g, noise, at)
	each("MatchScoreRows", func(a, b, g, _, x, y, z float64) (float64, float64) {
		return g * (a*x + b*y + z), math.Abs(g) * (math.Abs(a*x) + math.Abs(b*y) + math.Abs(z))
	})
	squares := func(v func(i, j int) float64) []float64 {
		sums := make([]float64, rows)
		for i := range sums {
			for j := range cols {
				sums[i] += v(i, j) * v(i, j)
			}
		}
		return sums
	}
	for i, want := range squares(func(i, j int) float64 {
		return float64(a[i])*float64(x.Row(i)[j]) + float64(b[i])*float64(y.Row(i)[j]) + float64(z.Row(i)[j])
	}) {
		near(fmt.Sprintf("loss %d", i), loss[i], want, 4*want)
	}
	SumSquaresRows(loss, ofNoise, x, noise, at)
	for i, want := range squares(func(i, j int) float64 { return float64(x.Row(i)[j]) }) {
		near(fmt.Sprintf("squares of x, row %d", i), loss[i], want, 4*want)
	}
	for i, want := range squares(func(i, j int) float64 { return float64(z.Row(i)[j]) }) {
		near(fmt.Sprintf("squares of the noise, row %d", i), ofNoise[i], want, 4*want)
	}
}
