package metrics

import (
	"math"
	"testing"
	"time"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

func made(m Measure, err error) Measure {
	if err != nil {
		panic(err)
	}
	return m
}

// TestMeasures: a measure's value is what its function returns.
func TestMeasures(t *testing.T) {
	a, b := normals(60, 3, 1), normals(60, 3, 2)
	for i := range a.Rows {
		a.Row(i)[0] += 0.5
	}
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"sliced", made(SlicedMeasure(a, b, 16, 1)).Value(), must(SlicedWasserstein(Sample{X: a}, Sample{X: b}, 1, 16, 1))},
		{"Wasserstein", made(WassersteinMeasure(a, b)).Value(), must(Wasserstein(a, b, 2))},
		{"MMD", made(MMDMeasure(a, b, 1.5)).Value(), must(MMD(a, b, 1.5))},
		{"Frechet", made(FrechetMeasure(a, b)).Value(), must(Frechet(a, b))},
		{"mean", made(MeanMeasure([]float64{1, 5}, []float64{1})).Value(), 2},
	} {
		if math.Abs(c.got-c.want) > 1e-10 {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	m, err := smld.NamedMixture("2gaussians")
	if err != nil {
		t.Fatal(err)
	}
	x, y := kernels.NewMatrix(200, 2), kernels.NewMatrix(200, 2)
	m.Draw(x, smld.Numbers{Seed: 1})
	m.Draw(y, smld.Numbers{Seed: 2})
	ofX, ofY := CountModes(x, m), CountModes(y, m)
	p, _ := Balanced(x, ofX)
	q, _ := Balanced(y, ofY)
	got, want := made(BalancedMeasure(x, y, ofX, ofY, 16, 1)).Value(), must(SlicedWasserstein(p, q, 1, 16, 1))
	if math.Abs(got-want) > 1e-10 {
		t.Errorf("balanced: %v, want %v", got, want)
	}
}

// TestFalseAlarms: of two samples of one distribution, a measure tells one pair in a hundred, whatever the distribution.
func TestFalseAlarms(t *testing.T) {
	const trials, n = 600, 20
	told := 0
	for s := range uint64(trials) {
		z := normals(2*n, 2, s)
		for i, v := range z.Data { // a heavy tail, and ties at zero
			z.Data[i] = max(0, v*v*v*v*v)
		}
		m := made(SlicedMeasure(z.Slice(0, n), z.Slice(n, 2*n), 4, s))
		if Compare("", m, m, false, s).Told {
			told++
		}
	}
	if told > 15 { // mean 6, standard deviation 2.4
		t.Errorf("%d of %d pairs are told, want %v", told, trials, Level*trials)
	}
}

// TestCompare: a floor of zero, below zero, or lost in its spread gives no ratio.
func TestCompare(t *testing.T) {
	same := kernels.NewMatrix(20, 2)
	zero := made(SlicedMeasure(same, same, 4, 1))
	if c := Compare("", made(SlicedMeasure(normals(20, 2, 1), same, 4, 1)), zero, false, 1); c.Ratio != nil || c.Floor != 0 || !c.Told {
		t.Errorf("floor zero: %+v", c)
	}
	if c := Compare("", zero, zero, false, 1); c.Told || c.P != 1 {
		t.Errorf("equal points: %+v", c)
	}
	m := made(MMDMeasure(normals(50, 2, 1), normals(50, 2, 2), 1))
	if c := Compare("", m, m, false, 1); c.Ratio != nil {
		t.Errorf("a floor of zero on average: %+v", c)
	}
	for _, c := range []struct{ floor, spread float64 }{{-1, 0.1}, {0, 0}, {1e-320, 0}, {1, 3}} {
		if r := ratio(5, c.floor, c.spread); r != nil {
			t.Errorf("floor %v ± %v: ratio %v", c.floor, c.spread, *r)
		}
	}
	if r := ratio(5, 2, 1); r == nil || *r != 2.5 {
		t.Errorf("ratio %v", r)
	}
}

// TestOrder: every place is as likely for every element, within 4.5 standard deviations.
func TestOrder(t *testing.T) {
	const n, seeds = 5, 5000
	var counts [n][n]float64
	for s := range uint64(seeds) {
		for i, k := range Order(n, s) {
			counts[i][k]++
		}
	}
	for i := range counts {
		for k, c := range counts[i] {
			if math.Abs(c-seeds/n) > 4.5*math.Sqrt(seeds/n*(1-1./n)) {
				t.Errorf("element %d is at %d in %v of %d orders", k, i, c, seeds)
			}
		}
	}
}

// TestWeights: weights of which no distribution can be made are errors, where they hung.
func TestWeights(t *testing.T) {
	x := normals(3, 2, 1)
	for _, w := range [][]float64{{0, 0, 0}, {1, math.NaN(), 1}, {2, -1, 1}, {1, math.Inf(1), 1}, {1e308, 1e308, 1e308}} {
		done := make(chan error, 1)
		go func() {
			_, err := SlicedWasserstein(Sample{x, w}, Sample{X: x}, 1, 4, 1)
			done <- err
		}()
		select {
		case err := <-done:
			if err == nil {
				t.Errorf("weights %v are no error", w)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("weights %v hang", w)
		}
	}
	if d := must(SlicedWasserstein(Sample{x, []float64{0, 5, 0}}, Sample{X: x.Slice(1, 2)}, 1, 4, 1)); d != 0 {
		t.Errorf("points without weight count: %v", d)
	}
	bad := normals(3, 2, 1)
	bad.Data[3] = float32(math.NaN())
	for name, err := range map[string]error{
		"Wasserstein": second(Wasserstein(bad, x, 1)), "MMD": second(MMD(x, bad, 1)), "Frechet": second(Frechet(x, bad)),
		"SlicedWasserstein": second(SlicedWasserstein(Sample{X: x}, Sample{X: bad}, 1, 4, 1)), "bandwidth": second(MMD(x, x, 0)),
		"order": second(Wasserstein(x, x, 3)),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func second(_ float64, err error) error { return err }

// TestKL compares with the integral. The model's modes are too narrow, which points without noise would praise.
func TestKL(t *testing.T) {
	const sigma = 0.02
	means := kernels.Matrix{Rows: 2, Cols: 1, Stride: 1, Data: []float32{-1, 1}}
	p, err := smld.NewGaussianMixture([]float64{0.7, 0.3}, means, []float64{0.05, 0.05})
	if err != nil {
		t.Fatal(err)
	}
	q, err := smld.NewGaussianMixture([]float64{0.7, 0.3}, means, []float64{0.04, 0.04})
	if err != nil {
		t.Fatal(err)
	}
	density := func(x, std float64) float64 {
		std = math.Hypot(std, sigma)
		return (0.7*math.Exp(-(x+1)*(x+1)/(2*std*std)) + 0.3*math.Exp(-(x-1)*(x-1)/(2*std*std))) / (std * math.Sqrt(2*math.Pi))
	}
	want := 0.0
	const step = 1e-4
	for x := -1.5; x < 1.5; x += step {
		if a, b := density(x, 0.05), density(x, 0.04); a > 1e-100 {
			want += step * a * math.Log(a/b)
		}
	}
	x := kernels.NewMatrix(50_000, 1)
	p.Draw(x, smld.Numbers{Seed: 1})
	got, se, err := KL(p, func(dst []float64, y kernels.Matrix) error {
		q.LogDensity(dst, y, sigma)
		return nil
	}, x, sigma, 1)
	if err != nil || math.Abs(got-want) > 4*se || se > want/10 {
		t.Errorf("KL %v ± %v (%v), want %v", got, se, err, want)
	}
}
