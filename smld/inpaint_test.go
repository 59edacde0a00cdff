package smld

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

var hidden = float32(math.NaN())

// filled returns n draws of the coordinates of given that are NaN, with the default Inpainter from sigmaMax
// to a twentieth of the smallest standard deviation.
func filled(t *testing.T, m *GaussianMixture, sigmaMax float64, n int, given ...float32) kernels.Matrix {
	t.Helper()
	mean, std := m.Moments()
	p := must[Inpainter](t)(NewInpainter(sigmaMax, m.SmallestStd()/20, mean, std))
	x := kernels.NewMatrix(n, m.Dim())
	for i := range n {
		copy(x.Row(i), given)
	}
	evaluations, err := p.Fill(t.Context(), m, x, Numbers{Seed: 1}, nil)
	if err != nil || evaluations > 4000 {
		t.Fatalf("%v evaluations, %v", evaluations, err)
	}
	for i := range n {
		for j, v := range x.Row(i) {
			if !math.IsNaN(float64(given[j])) && v != given[j] {
				t.Fatalf("coordinate %d of row %d is %v, known to be %v", j, i, v, given[j])
			}
		}
	}
	return x
}

// modesGiven returns the weights of a mixture's isotropic components given the coordinates of a point that
// are not NaN: those of the mixture times the components' densities there.
func modesGiven(m *GaussianMixture, point []float32) []float64 {
	weights, sum := make([]float64, m.Components()), 0.0
	for k := range weights {
		v, square, known := m.variances[k*m.Dim()], 0.0, 0.0
		for j, p := range point {
			if d := float64(p) - float64(m.Mean(k)[j]); !math.IsNaN(d) {
				square += d * d
				known++
			}
		}
		weights[k] = m.Weight(k) * math.Exp(-square/(2*v)) / math.Pow(v, known/2)
		sum += weights[k]
	}
	for k := range weights {
		weights[k] /= sum
	}
	return weights
}

// modes returns the shares of rows whose nearest component is each, and the standard deviation about it, in
// units of the component's, of the coordinates that given leaves.
func modes(m *GaussianMixture, x kernels.Matrix, given []float32) (shares []float64, spread float64) {
	shares = make([]float64, m.Components())
	count := 0.0
	for i := range x.Rows {
		best := 0
		for k := range shares {
			of := func(k int) float64 { return detmath.SquaredDistance(x.Row(i), m.Mean(k)) }
			if of(k) < of(best) {
				best = k
			}
		}
		shares[best] += 1 / float64(x.Rows)
		for j, v := range x.Row(i) {
			if d := float64(v) - float64(m.Mean(best)[j]); math.IsNaN(float64(given[j])) {
				spread += d * d / m.variances[best*m.Dim()]
				count++
			}
		}
	}
	return shares, math.Sqrt(spread / count)
}

// tenDimensions returns a mixture of twelve components, and a point of which five coordinates lie between two
// of them.
func tenDimensions(t *testing.T) (*GaussianMixture, []float32) {
	means := kernels.NewMatrix(12, 10)
	kernels.Noise{Seed: 5, Stream: 1}.Fill(means.Data, 0)
	weights, stds := make([]float64, 12), make([]float64, 12)
	for k := range weights {
		weights[k], stds[k] = float64(1+k%3), 0.5
	}
	point := make([]float32, 10)
	for j := range point {
		point[j] = hidden
		if j < 5 {
			point[j] = (means.Row(3)[j] + means.Row(4)[j]) / 2
		}
	}
	return must[*GaussianMixture](t)(NewGaussianMixture(weights, means, stds)), point
}

// TestFillModes: modes have their weights given what is known. For eight Gaussians of which x is known to be
// 3.2 those of (4,0) and of its neighbours are to each other as exp(-.8^2/.18) to exp(-.372^2/.18), .030 to
// .485 and .485, and methods that set the known coordinates to noisy ones give the first one .17 to .27.
func TestFillModes(t *testing.T) {
	long(t)
	eight := must[*GaussianMixture](t)(NamedMixture("8gaussians"))
	two := must[*GaussianMixture](t)(NamedMixture("2gaussians"))
	ten, between := tenDimensions(t)
	for _, c := range []struct {
		name  string
		m     *GaussianMixture
		max   float64
		n     int
		most  float64 // largest difference of a share; the standard error is at most .5/sqrt(n)
		given []float32
	}{
		{"between three modes", eight, 8, 2000, 0.036, []float32{3.2, hidden}},
		{"between four modes", eight, 8, 1000, 0.05, []float32{1.5, hidden}},
		{"the other coordinate", eight, 8, 800, 0.05, []float32{hidden, -3.4}},
		{"where noise misleads", two, 14.3, 800, 0.01, []float32{0.5, hidden}},
		{"ten dimensions", ten, 8, 600, 0.08, between},
	} {
		x := filled(t, c.m, c.max, c.n, c.given...)
		want := modesGiven(c.m, c.given)
		got, spread := modes(c.m, x, c.given)
		t.Logf("%s: shares %.3f, want %.3f, standard deviation %.3f of the mode's", c.name, got, want, spread)
		for k := range want {
			if math.Abs(got[k]-want[k]) > c.most {
				t.Errorf("%s: the share of mode %d is %.3f, want %.3f", c.name, k, got[k], want[k])
			}
		}
		if c.name == "between three modes" && (got[0] < 0.02 || got[0] > 0.045) {
			t.Errorf("the share of the mode at (4,0) is %.4f, want .030", got[0])
		}
		if math.Abs(spread-1) > 0.08 {
			t.Errorf("%s: the standard deviation is %.3f of the mode's", c.name, spread)
		}
	}
}

// TestFillNormal: of N(m, S) given x_0 the other coordinate is normal with mean m_1 + S_01/S_00 (x_0 - m_0)
// and variance S_11 - S_01^2/S_00. Heun's method with noisy known coordinates has the slope .44 for a
// correlation of .9.
func TestFillNormal(t *testing.T) {
	long(t)
	const n = 1500
	s := mat.NewSymDense(2, []float64{1, 0.9, 0.9, 1})
	origin := kernels.NewMatrix(1, 2)
	m := must[*GaussianMixture](t)(NewFullGaussianMixture([]float64{1}, origin, []mat.Symmetric{s}))
	for _, given := range []float64{-1.5, 2.5} {
		x := filled(t, m, 8, n, float32(given), hidden)
		mean, square := 0.0, 0.0
		for i := range n {
			d := float64(x.Row(i)[1])
			mean += d / n
			square += d * d / n
		}
		slope, std := mean/given, math.Sqrt(square-mean*mean)
		t.Logf("given %v: slope %.3f, standard deviation %.3f, want .9 and .436", given, slope, std)
		if math.Abs(slope-0.9) > 0.02 || math.Abs(std/math.Sqrt(0.19)-1) > 0.06 {
			t.Errorf("given %v: slope %.3f, standard deviation %.3f, want .9 and .436", given, slope, std)
		}
	}
}

// TestFillImages: in 64 dimensions too, of which 24 are known, most samples are of the mode that the known
// part tells: the mean probability, given the known part, of the mode that a sample is of. One particle gets
// less than half of it.
func TestFillImages(t *testing.T) {
	long(t)
	const components, n, known = 100, 40, 24
	digits := must[*dataset.Set](t)(dataset.Digits())
	weights, stds := make([]float64, components), make([]float64, components)
	for k := range weights {
		weights[k], stds[k] = 1, 1.5
	}
	m := must[*GaussianMixture](t)(NewGaussianMixture(weights, digits.Float32().Slice(0, components), stds))
	mean, std := m.Moments()
	p := must[Inpainter](t)(NewInpainter(60, 0.075, mean, std))
	mask := make([]bool, 64)
	for j := known; j < len(mask); j++ {
		mask[j] = true
	}
	probability := func(p Inpainter) float64 {
		x, parts := kernels.NewMatrix(n, 64), kernels.NewMatrix(n, 64)
		m.Draw(x, Numbers{Seed: 7})
		Hide(x, mask)
		copyRows(parts, x)
		if _, err := p.Fill(t.Context(), m, x, Numbers{Seed: 1}, nil); err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i := range n {
			given := modesGiven(m, parts.Row(i))
			shares, _ := modes(m, x.Slice(i, i+1), parts.Row(i))
			for k, share := range shares {
				sum += share * given[k]
			}
		}
		return sum / n
	}
	got := probability(p)
	p.Particles, p.Sweeps = 1, 1
	one := probability(p)
	t.Logf("mean probability of the mode: %.3f, with one particle %.3f", got, one)
	if got < 0.85 || one > 0.6 {
		t.Errorf("mean probability of the mode: %.3f, with one particle %.3f", got, one)
	}
}

// TestFillRows: a row depends on its number and its own values alone, rows may have different coordinates
// hidden, and those with none or all hidden are as they should be.
func TestFillRows(t *testing.T) {
	m := must[*GaussianMixture](t)(NamedMixture("8gaussians"))
	p := must[Inpainter](t)(NewInpainter(8, 0.1, nil, 2.8))
	p.Sigmas, p.Particles, p.Sweeps = must[[]float32](t)(Geometric(8, 0.1, 10)), 3, 2
	const n = 2*inpaintBlock/3 + 5 // more than a block
	x := kernels.NewMatrix(n, 2)
	for i := range n {
		x.Row(i)[0], x.Row(i)[1] = float32(i%7)-3, hidden
		switch i % 4 {
		case 1:
			x.Row(i)[0], x.Row(i)[1] = hidden, x.Row(i)[0]
		case 2:
			x.Row(i)[1] = 1.25
		case 3:
			x.Row(i)[0] = hidden
		}
	}
	given := kernels.NewMatrix(n, 2)
	copyRows(given, x)
	last, calls := Progress{}, 0
	evaluations, err := p.Fill(t.Context(), m, x, Numbers{Seed: 1, First: 100}, func(p Progress) error {
		last = p
		calls++
		return nil
	})
	if err != nil || evaluations != 2*(9*3+1) || calls != last.Total || last.Done != last.Total ||
		last.Sigma != 0.1 {
		t.Errorf("%v evaluations, %d calls, the last one of %+v, %v", evaluations, calls, last, err)
	}
	for i := range n {
		for j, v := range given.Row(i) {
			if !math.IsNaN(float64(v)) && x.Row(i)[j] != v {
				t.Fatalf("row %d was %v, is %v", i, given.Row(i), x.Row(i))
			}
		}
	}
	part := kernels.NewMatrix(9, 2)
	copyRows(part, given.Slice(n-9, n))
	last9 := Numbers{Seed: 1, First: 100 + n - 9}
	if _, err := p.Fill(t.Context(), m, part, last9, nil); err != nil || !equal(part, x.Slice(n-9, n)) {
		t.Errorf("rows change when filled by themselves: %v", err)
	}
	if x.Row(0)[1] == x.Row(28)[1] {
		t.Error("two rows with the same known value have the same noise")
	}
	whole := x.Slice(2, 3)
	evaluations, err = p.Fill(t.Context(), m, whole, Numbers{Seed: 1}, nil)
	if evaluations != 0 || err != nil {
		t.Errorf("a row with nothing hidden: %v evaluations, %v", evaluations, err)
	}
}

// TestFillErrors: what cannot be filled is an error, and so is watch's.
func TestFillErrors(t *testing.T) {
	m := must[*GaussianMixture](t)(NamedMixture("8gaussians"))
	good := must[Inpainter](t)(NewInpainter(8, 0.1, nil, 2.8))
	for name, change := range map[string]func(p *Inpainter, x *kernels.Matrix){
		"one level":           func(p *Inpainter, _ *kernels.Matrix) { p.Sigmas = p.Sigmas[:1] },
		"rising levels":       func(p *Inpainter, _ *kernels.Matrix) { p.Sigmas = []float32{1, 2} },
		"no particles":        func(p *Inpainter, _ *kernels.Matrix) { p.Particles = 0 },
		"too many particles":  func(p *Inpainter, _ *kernels.Matrix) { p.Particles = math.MaxInt32 },
		"no sweeps":           func(p *Inpainter, _ *kernels.Matrix) { p.Sweeps = 0 },
		"too many sweeps":     func(p *Inpainter, _ *kernels.Matrix) { p.Sweeps = math.MaxInt },
		"a reference alone":   func(p *Inpainter, _ *kernels.Matrix) { p.Particles = 1 },
		"mean of a dimension": func(p *Inpainter, _ *kernels.Matrix) { p.Mean = []float32{1} },
		"negative spread":     func(p *Inpainter, _ *kernels.Matrix) { p.Std = -1 },
		"infinite value":      func(_ *Inpainter, x *kernels.Matrix) { x.Row(1)[0] = float32(math.Inf(-1)) },
		"other dimension":     func(_ *Inpainter, x *kernels.Matrix) { *x = kernels.NewMatrix(1, 3) },
	} {
		p, x := good, kernels.NewMatrix(2, 2)
		change(&p, &x)
		Hide(x, make([]bool, x.Cols))
		if _, err := p.Fill(t.Context(), m, x, Numbers{Seed: 1}, nil); err == nil {
			t.Errorf("%s is no error", name)
		}
	}
	if _, err := NewInpainter(1, 2, nil, 1); err == nil {
		t.Error("rising levels are no error")
	}
	x, stop := kernels.NewMatrix(2, 2), errors.New("stop")
	Hide(x, []bool{true, false})
	watch := func(Progress) error { return stop }
	if _, err := good.Fill(t.Context(), m, x, Numbers{Seed: 1}, watch); !errors.Is(err, stop) {
		t.Errorf("the error of watch is %v", err)
	}
}
