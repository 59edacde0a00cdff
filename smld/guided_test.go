package smld

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels"
)

// measured returns the posterior score of points under a normal prior, of which a.x is measured as y with
// noise of variance noise. With u = v^T times the Jacobian matrix of the denoised point d, for v = a, the
// clean point given x is normal around d with a covariance C for which C a = sigma^2 u. So y is normal around
// a.d with the variance noise + sigma^2 a.u, and the gradient of its log-density is u (y - a.d) over that.
// This is the gradient of diffusion posterior sampling with the variance of moment projection (Boys et al.
// 2023).
func measured(prior Differentiable, a []float32, y, noise float32) Guided {
	return Guided{prior, func(grad, x, denoised kernels.Matrix, sigma []float32) {
		v := kernels.NewMatrix(x.Rows, x.Cols)
		for i := range v.Rows {
			copy(v.Row(i), a)
		}
		DenoisedVJP(prior, grad, x, v, sigma)
		for i, s := range sigma {
			u, d := grad.Row(i), denoised.Row(i)
			residual, variance := y, noise
			for j := range a {
				residual -= a[j] * d[j]
				variance += s * s * a[j] * u[j]
			}
			for j := range u {
				u[j] *= residual / variance
			}
		}
	}}
}

// TestGuidedMeasurement: the score of a posterior is that of the exact posterior of a normal prior, and
// samples have its mean and covariance.
func TestGuidedMeasurement(t *testing.T) {
	mean := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{1, -2}}
	cov := mat.NewSymDense(2, []float64{2, 0.8, 0.8, 0.5})
	prior := must[*GaussianMixture](t)(NewFullGaussianMixture([]float64{1}, mean, []mat.Symmetric{cov}))
	a, y, noise := []float64{1, 2}, 1.5, 0.1
	// With K = S a/(a.S a + noise), the posterior is N(m + K (y - a.m), S - K (S a)^T).
	sa := []float64{2*a[0] + 0.8*a[1], 0.8*a[0] + 0.5*a[1]}
	variance := a[0]*sa[0] + a[1]*sa[1] + noise
	shift := (y - (a[0]*1 + a[1]*-2)) / variance
	want := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{
		float32(1 + sa[0]*shift), float32(-2 + sa[1]*shift),
	}}
	wantCov := mat.NewSymDense(2, []float64{
		2 - sa[0]*sa[0]/variance, 0.8 - sa[0]*sa[1]/variance, 0.8 - sa[0]*sa[1]/variance,
		0.5 - sa[1]*sa[1]/variance,
	})
	exact := must[*GaussianMixture](t)(NewFullGaussianMixture([]float64{1}, want, []mat.Symmetric{wantCov}))
	guided := measured(prior, []float32{1, 2}, float32(y), float32(noise))

	x, got, truth := kernels.NewMatrix(50, 2), kernels.NewMatrix(50, 2), kernels.NewMatrix(50, 2)
	kernels.Noise{Seed: 3}.Fill(x.Data, 0)
	for _, sigma := range []float32{0.01, 0.3, 2} {
		guided.At(got, x, sigma)
		exact.At(truth, x, sigma)
		for i := range got.Data {
			g, want := float64(got.Data[i]), float64(truth.Data[i])
			if math.Abs(g-want) > 2e-4*(1+math.Abs(want)) {
				t.Fatalf("sigma %v: element %d of the score is %v, want %v", sigma, i, g, want)
			}
		}
	}
	const n = 20000
	sampler := Heun{Sigmas: must[[]float32](t)(Geometric(20, 0.01, 60))}
	samples := kernels.NewMatrix(n, 2)
	Prior(samples, want.Data, 20, Numbers{Seed: 1})
	if _, err := sampler.Sample(t.Context(), guided, samples, Numbers{Seed: 1}, nil); err != nil {
		t.Fatal(err)
	}
	m, c := planeMoments(samples)
	for j := range 2 {
		if d := math.Abs(m[j] - float64(want.Data[j])); d > 4*math.Sqrt(wantCov.At(j, j)/n)+0.005 {
			t.Errorf("the mean is %v, want %v", m, want.Data)
		}
		for k := range 2 {
			size := math.Sqrt(wantCov.At(j, j) * wantCov.At(k, k))
			if math.Abs(c[j][k]-wantCov.At(j, k)) > 0.05*size {
				t.Errorf("the covariance is %v, want %v", c, mat.Formatted(wantCov))
			}
		}
	}
}

// planeMoments returns the mean and the covariance of points of the plane.
func planeMoments(x kernels.Matrix) (m [2]float64, c [2][2]float64) {
	n := float64(x.Rows)
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			m[j] += float64(v) / n
		}
	}
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			for k, w := range x.Row(i) {
				c[j][k] += (float64(v) - m[j]) * (float64(w) - m[k]) / n
			}
		}
	}
	return m, c
}

// classifier returns the gradient of log p(component k|x) of a mixture, times a strength: the score of
// component k alone less that of the mixture.
func classifier(t *testing.T, mixture *GaussianMixture, k int, strength float32) func(
	grad, x, denoised kernels.Matrix, sigma []float32,
) {
	mean := kernels.Matrix{Rows: 1, Cols: mixture.Dim(), Stride: mixture.Dim(), Data: mixture.Mean(k)}
	alone := must[*GaussianMixture](t)(NewGaussianMixture([]float64{1}, mean, []float64{mixture.std[k]}))
	return func(grad, x, _ kernels.Matrix, sigma []float32) {
		whole := kernels.NewMatrix(x.Rows, x.Cols)
		alone.AtRows(grad, x, sigma)
		mixture.AtRows(whole, x, sigma)
		for i := range x.Rows {
			kernels.Axpby(grad.Row(i), strength, grad.Row(i), -strength, whole.Row(i))
		}
	}
}

// TestGuidedClassifier: with the exact classifier of a mixture's components, samples are of one component,
// from every sampler, and a score that looks at each row at a level of its own sees the same.
func TestGuidedClassifier(t *testing.T) {
	means := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{-3, 0, 3, 1}}
	mixture := must[*GaussianMixture](t)(NewGaussianMixture([]float64{3, 1}, means, []float64{0.5, 0.7}))
	guided := Guided{mixture, classifier(t, mixture, 1, 1)}
	exact := must[*GaussianMixture](t)(NewGaussianMixture([]float64{1}, means.Slice(1, 2), []float64{0.7}))
	for name, sampler := range allSamplers(t) {
		a, b := kernels.NewMatrix(200, 2), kernels.NewMatrix(200, 2)
		for x, score := range map[*kernels.Matrix]Score{&a: guided, &b: exact} {
			Prior(*x, []float32{1, 2}, sampler.Start(), Numbers{Seed: 5})
			if _, err := sampler.Sample(t.Context(), score, *x, Numbers{Seed: 5}, nil); err != nil {
				t.Fatal(name, err)
			}
		}
		for i := range a.Data {
			if math.Abs(float64(a.Data[i]-b.Data[i])) > 2e-3*(1+math.Abs(float64(b.Data[i]))) {
				t.Errorf("%s: element %d is %v, want %v of one component", name, i, a.Data[i], b.Data[i])
				break
			}
		}
	}
}

// TestGuidedConditions: a gradient may come on top of conditions for each row.
func TestGuidedConditions(t *testing.T) {
	m := conditionalModel(t, EDM)
	score := must[*ConditionalScore](t)(m.Conditional(m.ClassConditions(0, 1, 2), 1))
	push := func(grad, _, denoised kernels.Matrix, _ []float32) {
		for i := range grad.Rows {
			copy(grad.Row(i), denoised.Row(i))
		}
	}
	x, plain, got := kernels.NewMatrix(3, 2), kernels.NewMatrix(2, 2), kernels.NewMatrix(2, 2)
	kernels.Noise{Seed: 3}.Fill(x.Data, 0)
	guided := Guided{score, push}
	if guided.Rows() != 3 {
		t.Errorf("%d rows, want 3", guided.Rows())
	}
	guided.Of([]int{2, 1}).At(got, x.Slice(1, 3), 0.5)
	score.Of([]int{2, 1}).At(plain, x.Slice(1, 3), 0.5)
	for i := range got.Rows {
		for j, s := range plain.Row(i) {
			if want := s + (x.Row(1 + i)[j] + 0.25*s); math.Abs(float64(got.Row(i)[j]-want)) > 1e-5 {
				t.Errorf("row %d: %v, want %v", i, got.Row(i)[j], want)
			}
		}
	}
}
