package smld

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// randomCovariance returns a matrix A A^T of full rank, or of rank one.
func randomCovariance(r *rand.Rand, dim int, singular bool) *mat.SymDense {
	columns := dim + 1
	if singular {
		columns = 1
	}
	a := mat.NewDense(dim, columns, nil)
	a.Apply(func(int, int, float64) float64 { return r.NormFloat64() }, a)
	var s mat.SymDense
	s.SymOuterK(1, a)
	return &s
}

// fullMixture returns a mixture of four components, one of them diagonal and one singular, and its
// parameters.
func fullMixture(t testing.TB, dim int) (m *GaussianMixture, weights []float64, covariances []mat.Symmetric) {
	r := rand.New(rand.NewPCG(7, uint64(dim)))
	means := kernels.NewMatrix(4, dim)
	for i := range means.Data {
		means.Data[i] = float32(2 * r.NormFloat64())
	}
	weights = []float64{0.1, 0.4, 0.2, 0.3}
	diagonal := mat.NewDiagDense(dim, nil)
	for j := range dim {
		diagonal.SetDiag(j, 0.1+r.Float64())
	}
	covariances = []mat.Symmetric{
		randomCovariance(r, dim, false), diagonal, randomCovariance(r, dim, true),
		randomCovariance(r, dim, false),
	}
	m, err := NewFullGaussianMixture(weights, means, covariances)
	if err != nil {
		t.Fatal(err)
	}
	return m, weights, covariances
}

// TestFullMixture compares the log-density with gonum's. It compares score, vector-Jacobian product and
// divergence with central differences of gonum's log-density and of the score.
func TestFullMixture(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, dim := range []int{1, 2, 5} {
		m, weights, covariances := fullMixture(t, dim)
		for _, sigma := range []float32{0.3, 2, 30} {
			var parts []*distmv.Normal
			for k, s := range covariances {
				sum := mat.NewSymDense(dim, nil)
				sum.CopySym(s)
				for j := range dim {
					sum.SetSym(j, j, sum.At(j, j)+float64(sigma)*float64(sigma))
				}
				n, ok := distmv.NewNormal(widen(m.Mean(k)), sum, nil)
				if !ok {
					t.Fatal("gonum fails")
				}
				parts = append(parts, n)
			}
			logDensity := func(x []float64) float64 {
				sum := 0.0
				for k, p := range parts {
					sum += weights[k] * math.Exp(p.LogProb(x))
				}
				return math.Log(sum)
			}
			const n = 20
			x, v := kernels.NewMatrix(n, dim), kernels.NewMatrix(n, dim)
			s, vjp, s2 := kernels.NewMatrix(n, dim), kernels.NewMatrix(n, dim), kernels.NewMatrix(n, dim)
			m.Draw(x, Numbers{Seed: 5})
			sigmas := make([]float32, n)
			for i := range sigmas {
				sigmas[i] = sigma
			}
			kernels.AddNoise(x.Data, x.Data, sigma, kernels.Noise{Seed: 9}, 0)
			for i := range v.Data {
				v.Data[i] = float32(r.NormFloat64())
			}
			density, divergence := make([]float64, n), make([]float64, n)
			m.LogDensity(density, x, sigma)
			m.At(s, x, sigma)
			m.ScoreDivergence(s2, divergence, x, sigmas)
			if !equal(s, s2) {
				t.Error("ScoreDivergence has another score")
			}
			m.ScoreVJP(s2, vjp, x, v, sigmas)
			if !equal(s, s2) {
				t.Error("ScoreVJP has another score")
			}
			m.AtRows(s2, x, sigmas)
			if !equal(s, s2) {
				t.Error("AtRows has another score")
			}
			h := 1e-4 * (1 + float64(sigma))
			for i := range n {
				p := widen(x.Row(i))
				if want := logDensity(p); math.Abs(density[i]-want) > 1e-9*(1+math.Abs(want)) {
					t.Errorf("dim %d, sigma %v: log-density %v, gonum has %v", dim, sigma, density[i], want)
				}
				// score = gradient, J = Hessian of the log-density
				gradient, hessian := make([]float64, dim), mat.NewDense(dim, dim, nil)
				at := func(a, b int, da, db float64) float64 {
					q := append([]float64(nil), p...)
					q[a] += da
					q[b] += db
					return logDensity(q)
				}
				for a := range dim {
					gradient[a] = (at(a, a, h, 0) - at(a, a, -h, 0)) / (2 * h)
					for b := range dim {
						second := at(a, b, h, h) - at(a, b, h, -h) - at(a, b, -h, h) + at(a, b, -h, -h)
						hessian.Set(a, b, second/(4*h*h))
					}
				}
				scale := 1/float64(sigma) + 1
				for a := range dim {
					if math.Abs(float64(s.Row(i)[a])-gradient[a]) > 1e-4*scale {
						t.Errorf("dim %d, sigma %v: score %v, want %v", dim, sigma, s.Row(i), gradient)
					}
					want := 0.0
					for b, v := range v.Row(i) {
						want += hessian.At(a, b) * float64(v)
					}
					if math.Abs(float64(vjp.Row(i)[a])-want) > 1e-3*scale*scale {
						t.Errorf("dim %d, sigma %v: vjp %v, want %v at %d", dim, sigma, vjp.Row(i), want, a)
					}
				}
				if want := mat.Trace(hessian); math.Abs(divergence[i]-want) > 1e-3*scale*scale {
					t.Errorf("dim %d, sigma %v: divergence %v, want %v", dim, sigma, divergence[i], want)
				}
			}
		}
	}
}

// TestFullIsIsotropic: covariances std^2 I are the same mixture, whichever way they are given, and whether or
// not they are rotated first.
func TestFullIsIsotropic(t *testing.T) {
	means := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 2, -3, 0.5}}
	a, err := NewGaussianMixture([]float64{1, 2}, means, []float64{0.5, 2})
	if err != nil {
		t.Fatal(err)
	}
	b, err := NewFullGaussianMixture([]float64{1, 2}, means, []mat.Symmetric{
		mat.NewDiagDense(2, []float64{0.25, 0.25}), mat.NewSymDense(2, []float64{4, 0, 0, 4}),
	})
	if err != nil {
		t.Fatal(err)
	}
	x, s, s2 := kernels.NewMatrix(100, 2), kernels.NewMatrix(100, 2), kernels.NewMatrix(100, 2)
	a.Draw(x, Numbers{Seed: 1})
	a.At(s, x, 0.7)
	b.At(s2, x, 0.7)
	if !equal(s, s2) {
		t.Error("the scores differ")
	}
	mean, std := a.Moments()
	y := kernels.NewMatrix(200_000, 2)
	a.Draw(y, Numbers{Seed: 2})
	m, gotStd := Statistics(y)
	if math.Abs(float64(gotStd/std)-1) > 0.01 || math.Abs(float64(m[0]-mean[0])) > 0.02 ||
		math.Abs(float64(m[1]-mean[1])) > 0.02 {
		t.Errorf("samples have mean %v and standard deviation %v, want %v and %v", m, gotStd, mean, std)
	}
}

// TestFullDraw compares the covariance of the samples of a component with its own, within five standard
// errors.
func TestFullDraw(t *testing.T) {
	const n, dim = 100_000, 3
	m, weights, covariances := fullMixture(t, dim)
	x, labels := kernels.NewMatrix(n, dim), make([]int, n)
	m.DrawLabelled(x, labels, Numbers{Seed: 4})
	for k, want := range covariances {
		count, sums := 0.0, mat.NewSymDense(dim, nil)
		for i, l := range labels {
			if l != k {
				continue
			}
			count++
			for a := range dim {
				for b := a; b < dim; b++ {
					offA := float64(x.Row(i)[a]) - float64(m.Mean(k)[a])
					offB := float64(x.Row(i)[b]) - float64(m.Mean(k)[b])
					d := offA * offB
					sums.SetSym(a, b, sums.At(a, b)+d)
				}
			}
		}
		if tol := 5 * math.Sqrt(weights[k]*(1-weights[k])*n); math.Abs(count-weights[k]*n) > tol {
			t.Errorf("component %d has %v points, want %v within %v", k, count, weights[k]*n, tol)
		}
		for a := range dim {
			for b := a; b < dim; b++ {
				tol := 5 * math.Sqrt((want.At(a, a)*want.At(b, b)+want.At(a, b)*want.At(a, b))/count)
				if got := sums.At(a, b) / count; math.Abs(got-want.At(a, b)) > tol {
					t.Errorf("component %d: covariance %d,%d is %v, want %v within %v",
						k, a, b, got, want.At(a, b), tol)
				}
			}
		}
	}
	one := kernels.NewMatrix(1, dim)
	m.Draw(one, Numbers{Seed: 4, First: 777})
	if !equal(one, x.Slice(777, 778)) {
		t.Error("a point depends on those drawn with it")
	}
}

func TestFullMixtureErrors(t *testing.T) {
	means := kernels.NewMatrix(1, 2)
	for _, c := range []struct {
		want string
		s    mat.Symmetric
	}{
		{"is 3x3", mat.NewSymDense(3, nil)},
		{"eigenvalue", mat.NewSymDense(2, []float64{1, 2, 2, 1})},
		{"has NaN in row 1, column 2", mat.NewSymDense(2, []float64{1, math.NaN(), math.NaN(), 1})},
	} {
		if _, err := NewFullGaussianMixture([]float64{1}, means, []mat.Symmetric{c.s}); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
	if _, err := NamedMixture("9gaussians"); err == nil || !strings.Contains(err.Error(), "8gaussians") {
		t.Errorf("unknown name: %v", err)
	}
}

// TestNamedMixtures: the toy sets' points have the exact mixtures' mean and spread.
func TestNamedMixtures(t *testing.T) {
	for _, name := range MixtureNames() {
		m, err := NamedMixture(name)
		if err != nil {
			t.Fatal(err)
		}
		source, err := dataset.Toy(name, 1)
		if err != nil {
			t.Fatal(err)
		}
		x := kernels.NewMatrix(100_000, 2)
		source.Batch(x, 0)
		mean, std := Statistics(x)
		wantMean, want := m.Moments()
		if math.Abs(float64(std/want)-1) > 0.01 || math.Abs(float64(mean[0]-wantMean[0])) > 0.05 ||
			math.Abs(float64(mean[1]-wantMean[1])) > 0.05 {
			t.Errorf("%s: points have mean %v and standard deviation %v, the mixture %v and %v",
				name, mean, std, wantMean, want)
		}
	}
}

// TestEmpirical: the distribution of a set is the mixture with a component of no extent at each point.
func TestEmpirical(t *testing.T) {
	const points, n, dim = 90, 150, 3
	data := kernels.NewMatrix(points, dim)
	kernels.Noise{Seed: 8}.Fill(data.Data, 0)
	for i := range data.Data {
		data.Data[i] += 100 // far from the origin
	}
	e, err := NewEmpirical(data)
	if err != nil {
		t.Fatal(err)
	}
	weights := make([]float64, points)
	for i := range weights {
		weights[i] = 1
	}
	m, err := NewGaussianMixture(weights, data, make([]float64, points))
	if err != nil {
		t.Fatal(err)
	}
	x, v := kernels.NewMatrix(n, dim), kernels.NewMatrix(n, dim)
	kernels.Noise{Seed: 10}.Fill(v.Data, 0)
	for _, sigma := range []float32{0.05, 1, 20} {
		sigmas := make([]float32, n)
		for i := range n {
			sigmas[i] = sigma
			kernels.AddNoise(x.Row(i), data.Row(i%points), sigma, kernels.Noise{Seed: 9}, uint64(i*dim))
		}
		s, s2 := kernels.NewMatrix(n, dim), kernels.NewMatrix(n, dim)
		v1, v2 := kernels.NewMatrix(n, dim), kernels.NewMatrix(n, dim)
		d1, d2 := make([]float64, n), make([]float64, n)
		e.At(s, x, sigma)
		m.At(s2, x, sigma)
		close32(t, "score", s, s2, 1e-5)
		e.AtRows(s2, x, sigmas)
		close32(t, "score of rows", s, s2, 0)
		e.ScoreVJP(s, v1, x, v, sigmas)
		m.ScoreVJP(s2, v2, x, v, sigmas)
		close32(t, "vjp", v1, v2, 1e-5)
		e.ScoreDivergence(s, d1, x, sigmas)
		m.ScoreDivergence(s2, d2, x, sigmas)
		l1, l2 := make([]float64, n), make([]float64, n)
		e.LogDensity(l1, x, sigma)
		m.LogDensity(l2, x, sigma)
		for i := range n {
			if math.Abs(d1[i]-d2[i]) > 1e-7*(1+math.Abs(d2[i])) ||
				math.Abs(l1[i]-l2[i]) > 1e-8*(1+math.Abs(l2[i])) {
				t.Errorf("sigma %v: divergence %v, want %v; log-density %v, want %v",
					sigma, d1[i], d2[i], l1[i], l2[i])
			}
		}
	}
	if _, err := NewEmpirical(kernels.NewMatrix(0, 2)); err == nil {
		t.Error("an empty set is no error")
	}
}

// close32 fails unless the elements of a and b are within tol of each other, relative to the largest.
func close32(t *testing.T, what string, a, b kernels.Matrix, tol float64) {
	t.Helper()
	largest := 0.0
	for _, v := range b.Data {
		largest = max(largest, math.Abs(float64(v)))
	}
	for i := range a.Data {
		if math.Abs(float64(a.Data[i])-float64(b.Data[i])) > tol*largest {
			t.Fatalf("%s %v, want %v", what, a.Data[i], b.Data[i])
		}
	}
}

func equal(a, b kernels.Matrix) bool {
	for i := range a.Rows {
		for j, v := range a.Row(i) {
			if v != b.Row(i)[j] {
				return false
			}
		}
	}
	return true
}

func widen(x []float32) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}
