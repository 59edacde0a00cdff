package metrics

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

func normals(rows, cols int, seed uint64) kernels.Matrix {
	x := kernels.NewMatrix(rows, cols)
	kernels.Noise{Seed: seed}.Fill(x.Data[:rows*cols], 0)
	return x
}

func must(v float64, err error) float64 {
	if err != nil {
		panic(err)
	}
	return v
}

// TestAssign compares with the best of all permutations.
func TestAssign(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for n := 1; n <= 7; n++ {
		for trial := range 50 {
			cost := make([]float64, n*n)
			for i := range cost {
				cost[i] = r.NormFloat64()
				if trial%3 == 0 { // many ties
					cost[i] = math.Round(cost[i])
				}
			}
			total := func(p []int) float64 {
				sum := 0.0
				for i, k := range p {
					sum += cost[i*n+k]
				}
				return sum
			}
			best := math.Inf(1)
			var search func(p []int, used int)
			search = func(p []int, used int) {
				if len(p) == n {
					best = min(best, total(p))
					return
				}
				for k := range n {
					if used>>k&1 == 0 {
						search(append(p, k), used|1<<k)
					}
				}
			}
			search(nil, 0)
			got, seen := assign(cost, n), make([]bool, n)
			for _, k := range got {
				if seen[k] {
					t.Fatalf("column %d is assigned twice: %v", k, got)
				}
				seen[k] = true
			}
			if math.Abs(total(got)-best) > 1e-12 {
				t.Errorf("n %d: cost %v of %v, the least is %v", n, total(got), got, best)
			}
		}
	}
}

// TestAssignLarge compares with the order on the line, which is the best assignment there.
func TestAssignLarge(t *testing.T) {
	const n = 400
	a, b := normals(n, 1, 1), normals(n, 1, 2)
	for _, order := range []int{1, 2} {
		got := must(Wasserstein(a, b, order))
		want := must(SlicedWasserstein(Sample{X: a}, Sample{X: b}, order, 3, 1)) // on the line every direction is the same
		if math.Abs(got/want-1) > 1e-9 {
			t.Errorf("order %d: %v by assignment, %v in order", order, got, want)
		}
	}
}

// TestSlicedWasserstein checks a shift, whose projection on a random direction of the plane has the mean 2/pi and the
// mean square 1/2; and that weights count as copies do.
func TestSlicedWasserstein(t *testing.T) {
	a := normals(500, 2, 1)
	b := kernels.NewMatrix(500, 2)
	for i := range b.Rows {
		b.Row(i)[0], b.Row(i)[1] = a.Row(i)[0]+3, a.Row(i)[1]
	}
	one := must(SlicedWasserstein(Sample{X: a}, Sample{X: b}, 1, 4000, 1))
	two := must(SlicedWasserstein(Sample{X: a}, Sample{X: b}, 2, 4000, 1))
	if math.Abs(one/(3*2/math.Pi)-1) > 0.03 || math.Abs(two/(3/math.Sqrt2)-1) > 0.03 {
		t.Errorf("a shift by 3 has the distances %v and %v, want %v and %v", one, two, 3*2/math.Pi, 3/math.Sqrt2)
	}
	weights := make([]float64, 100)
	copies := kernels.NewMatrix(0, 2)
	for i := range weights {
		weights[i] = float64(1 + i%3)
		for range 1 + i%3 {
			copies.Data = append(copies.Data, a.Row(i)...)
			copies.Rows++
		}
	}
	got := must(SlicedWasserstein(Sample{a.Slice(0, 100), weights}, Sample{X: b}, 2, 20, 1))
	want := must(SlicedWasserstein(Sample{X: copies}, Sample{X: b}, 2, 20, 1))
	if math.Abs(got/want-1) > 1e-9 {
		t.Errorf("with weights %v, with copies %v", got, want)
	}
}

// TestMMD compares with plain loops, and checks that the mean between equal distributions is zero, unlike that of the
// biased estimate.
func TestMMD(t *testing.T) {
	a, b := normals(40, 3, 1), normals(30, 3, 2)
	const bandwidth = 1.3
	kernel := func(x, y []float32) float64 {
		sum := 0.0
		for _, f := range []float64{0.25, 0.5, 1, 2, 4} {
			sum += math.Exp(-detmath.SquaredDistance(x, y)/(2*f*f*bandwidth*bandwidth)) / 5
		}
		return sum
	}
	var aa, bb, ab float64
	for i := range 40 {
		for k := range 40 {
			if i != k {
				aa += kernel(a.Row(i), a.Row(k)) / (40 * 39)
			}
		}
		for k := range 30 {
			ab += kernel(a.Row(i), b.Row(k)) / (40 * 30)
		}
	}
	for i := range 30 {
		for k := range 30 {
			if i != k {
				bb += kernel(b.Row(i), b.Row(k)) / (30 * 29)
			}
		}
	}
	if got, want := must(MMD(a, b, bandwidth)), aa+bb-2*ab; math.Abs(got-want) > 1e-12 {
		t.Errorf("MMD %v, want %v", got, want)
	}
	var values []float64
	for s := range uint64(300) {
		values = append(values, must(MMD(normals(20, 2, 2*s+10), normals(20, 2, 2*s+11), 1)))
	}
	if mean, se := Mean(values); math.Abs(mean) > 4*se {
		t.Errorf("between equal distributions the mean is %v, standard error %v", mean, se)
	}
	if d := MedianDistance(normals(900, 1, 5)); math.Abs(d-0.9539) > 0.03 { // sqrt(2) times the quartile .6745
		t.Errorf("median distance %v, want .954", d)
	}
}

// TestFrechet compares large samples with the closed form by gonum for their distributions.
func TestFrechet(t *testing.T) {
	covA := mat.NewSymDense(2, []float64{2, 0.5, 0.5, 1})
	covB := mat.NewSymDense(2, []float64{1, -0.3, -0.3, 0.5})
	draw := func(mean []float64, cov mat.Symmetric, seed uint64) kernels.Matrix {
		n, ok := distmv.NewNormal(mean, cov, rand.NewPCG(seed, 1))
		if !ok {
			t.Fatal("gonum fails")
		}
		x := kernels.NewMatrix(200_000, 2)
		for i := range x.Rows {
			for j, v := range n.Rand(nil) {
				x.Row(i)[j] = float32(v)
			}
		}
		return x
	}
	meanA, meanB := []float64{1, 2}, []float64{0, 2.5}
	got, err := Frechet(draw(meanA, covA, 1), draw(meanB, covB, 2))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := distmv.NewNormal(meanA, covA, nil)
	b, _ := distmv.NewNormal(meanB, covB, nil)
	want := distmv.Wasserstein{}.DistNormal(a, b)
	if math.Abs(got-want) > 0.02 && math.Abs(math.Sqrt(got)-want) > 0.02 {
		t.Errorf("Frechet distance %v, gonum has %v", got, want)
	}
	if _, err := Frechet(kernels.NewMatrix(1, 2), kernels.NewMatrix(5, 2)); err == nil {
		t.Error("one row is no error")
	}
}

func TestModes(t *testing.T) {
	m, err := smld.NamedMixture("2gaussians")
	if err != nil {
		t.Fatal(err)
	}
	x := kernels.NewMatrix(10_000, 2)
	m.Draw(x, smld.Numbers{Seed: 1})
	modes := CountModes(x, m)
	if modes.Covered != 2 || modes.LargestError > 4 || modes.PValue < 1e-4 || modes.Counts[0]+modes.Counts[1] != 10_000 {
		t.Errorf("true samples: %+v", modes.Shares)
	}
	s, err := Balanced(x, modes)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i, l := range modes.Labels {
		if l == 0 {
			sum += s.Weights[i]
		}
	}
	if math.Abs(sum-0.8) > 1e-9 {
		t.Errorf("balanced, the first mode weighs %v", sum)
	}
	one := kernels.NewMatrix(100, 2) // all between the modes, nearer to the first by its weight
	modes = CountModes(one, m)
	if modes.Covered != 1 || modes.LargestError < 4 || modes.PValue > 1e-4 {
		t.Errorf("collapsed samples: %+v", modes)
	}
	if _, err := Balanced(one, modes); err == nil || !strings.Contains(err.Error(), "component 2") {
		t.Errorf("a mode without samples: %v", err)
	}
}

func TestNearest(t *testing.T) {
	data := normals(50, 3, 1)
	itself := Nearest(data, data)
	for i, d := range itself.Distances {
		if d != 0 || itself.Rows[i] != i || itself.Ratios[i] != 0 {
			t.Errorf("row %d: neighbour %d at %v, ratio %v", i, itself.Rows[i], d, itself.Ratios[i])
		}
	}
	if share := ShareBelow(itself.Ratios, 0.5); share != 1 {
		t.Errorf("a share of %v of the data repeat the data, want 1", share)
	}
	x := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{0, 0}}
	points := kernels.Matrix{Rows: 4, Cols: 2, Stride: 2, Data: []float32{9, 9, 6, 8, 3, 4, 9, 9}}
	if n := Nearest(x, points); n.Rows[0] != 2 || n.Distances[0] != 5 || n.Ratios[0] != 0.5 {
		t.Errorf("%+v, want row 2 at 5, half as far as the next", n)
	}
	if n := Nearest(x, points.Slice(0, 1)); n.Ratios[0] != 1 {
		t.Errorf("of one row: %+v, want a ratio of 1", n)
	}
}

// scaled is a score that is off by a factor.
type scaled struct {
	*smld.GaussianMixture
	factor float32
}

func (s scaled) At(dst, x kernels.Matrix, sigma float32) {
	s.GaussianMixture.At(dst, x, sigma)
	for i := range dst.Data {
		dst.Data[i] *= s.factor
	}
}

// TestScoreErrors: of data without extent the score at level sigma is -z/sigma, so that half of it has an error of 1/4.
func TestScoreErrors(t *testing.T) {
	m, err := smld.NewGaussianMixture([]float64{1}, kernels.NewMatrix(1, 2), []float64{0})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ factor, want float64 }{{1, 0}, {0.5, 0.25}, {0, 1}} {
		errors, err := ScoreErrors(scaled{m, float32(c.factor)}, m, []float32{10, 0.1}, 20_000, 1)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range errors {
			if math.Abs(e-c.want) > 0.03*c.want {
				t.Errorf("factor %v, level %d: error %v, want %v", c.factor, i, e, c.want)
			}
		}
	}
}

func TestRatio(t *testing.T) {
	ratio, se := Ratio([]float64{2, 4, 6}, []float64{1, 2, 3})
	if ratio != 2 || se != 0 {
		t.Errorf("ratio %v ± %v, want 2 ± 0", ratio, se)
	}
	if ratio, se := Ratio([]float64{2}, []float64{4}); ratio != 0.5 || !math.IsNaN(se) {
		t.Errorf("of one repetition: ratio %v ± %v, want 0.5 and no error", ratio, se)
	}
	if ratio, se := Ratio([]float64{2, 3}, []float64{0, 0}); !math.IsNaN(ratio) || !math.IsNaN(se) {
		t.Errorf("floor zero: ratio %v ± %v", ratio, se)
	}
	if mean, se := Mean([]float64{0.1, 0.1, 0.1}); mean != 0.1 || se != 0 {
		t.Errorf("of equal values: mean %v ± %v", mean, se)
	}
	if mean, se := Mean([]float64{1, 2, 3}); mean != 2 || math.Abs(se-1/math.Sqrt(3)) > 1e-12 {
		t.Errorf("mean %v ± %v", mean, se)
	}
}
