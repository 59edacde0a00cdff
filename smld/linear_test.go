package smld

import (
	"math"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels"
)

// linearModel returns an untrained model of points with their covariance.
func linearModel(t testing.TB, source Source, hidden ...int) *Model {
	x := kernels.NewMatrix(1000, source.Dim())
	source.Batch(x, 0)
	return linearModelOf(t, x, hidden...)
}

func linearModelOf(t testing.TB, x kernels.Matrix, hidden ...int) *Model {
	m, err := NewModel(x, ModelConfig{
		Hidden: hidden, Preconditioning: Linear, Sigmas: []float32{20, 1, 0.1},
		Data: Description{Shape: []int{x.Cols}}, Seed: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// dependent returns n points of dimension d that are linear functions of k normals, about a mean.
func dependent(n, d, k int) kernels.Matrix {
	z, a, x := kernels.NewMatrix(n, k), kernels.NewMatrix(k, d), kernels.NewMatrix(n, d)
	kernels.Noise{Seed: 4}.Fill(z.Data, 0)
	kernels.Noise{Seed: 5}.Fill(a.Data, 0)
	kernels.MatMul(x, z, a)
	for i := range x.Data {
		x.Data[i] += float32(i%d) - 3
	}
	return x
}

// TestLinearUntrained: with a network that returns zero, the score is that of the normal distribution with
// the data's mean and covariance, -(C + sigma^2 I)^-1 (x - mean). That holds for a singular C too.
func TestLinearUntrained(t *testing.T) {
	for _, c := range []struct{ n, d, k int }{{500, 6, 6}, {500, 6, 3}, {4, 7, 7}, {60, exactAxes + 40, 3}} {
		x := dependent(c.n, c.d, c.k)
		m := linearModelOf(t, x, 8)
		if want := min(c.k, c.n-1); len(m.Spread) != want {
			t.Errorf("%+v: %d axes, want %d", c, len(m.Spread), want)
		}
		for j := range m.Spread { // the points below are far from the data
			m.Ends[0][j], m.Ends[1][j] = -1e6, 1e6
		}
		mean, covariance := make([]float64, c.d), mat.NewSymDense(c.d, nil)
		for j := range c.d {
			for i := range c.n {
				mean[j] += float64(x.Row(i)[j]) / float64(c.n)
			}
		}
		for a := range c.d {
			for b := a; b < c.d; b++ {
				sum := 0.0
				for i := range c.n {
					sum += (float64(x.Row(i)[a]) - mean[a]) * (float64(x.Row(i)[b]) - mean[b])
				}
				covariance.SetSym(a, b, sum/float64(c.n))
			}
		}
		points, got := kernels.NewMatrix(3, c.d), kernels.NewMatrix(3, c.d)
		kernels.Noise{Seed: 6}.Fill(points.Data, 0)
		for _, sigma := range []float32{0.3, 2, 20} {
			m.Score().At(got, points, sigma)
			noisy := mat.NewSymDense(c.d, nil)
			noisy.CopySym(covariance)
			for j := range c.d {
				noisy.SetSym(j, j, covariance.At(j, j)+float64(sigma)*float64(sigma))
			}
			var cholesky mat.Cholesky
			if !cholesky.Factorize(noisy) {
				t.Fatal("not positive definite")
			}
			for i := range points.Rows {
				centred, want := mat.NewVecDense(c.d, nil), mat.NewVecDense(c.d, nil)
				for j, v := range points.Row(i) {
					centred.SetVec(j, mean[j]-float64(v))
				}
				if err := cholesky.SolveVecTo(want, centred); err != nil {
					t.Fatal(err)
				}
				for j, v := range got.Row(i) {
					if d := math.Abs(float64(v) - want.AtVec(j)); !(d <= 2e-5*mat.Norm(want, 2)) {
						t.Fatalf("%+v, sigma %v: score %v, want %v", c, sigma, v, want.AtVec(j))
					}
				}
			}
		}
	}
}

// TestLinearEnds: whatever the network says and wherever a point is, the denoised point is no further out
// along an axis than the data's last point and a standard deviation.
func TestLinearEnds(t *testing.T) {
	x := dependent(200, 3, 3)
	m := linearModelOf(t, x, 8)
	for i := range m.Net.Block {
		m.Net.Block[i] = float32(i%7-3) * 10
	}
	far, s := kernels.NewMatrix(50, 3), kernels.NewMatrix(50, 3)
	kernels.Noise{Seed: 6}.Fill(far.Data, 0)
	for i := range far.Data {
		far.Data[i] *= 100
	}
	outside := 0
	for _, sigma := range []float32{0.1, 3} {
		m.Score().At(s, far, sigma)
		for i := range far.Rows {
			for k, spread := range m.Spread {
				at := 0.0
				for j, v := range m.Basis.Row(k) {
					onAxis := float64(sigma) * float64(sigma) * float64(s.Row(i)[j])
					at += float64(v) * (float64(far.Row(i)[j]-m.Mean[j]) + onAxis)
				}
				low, high := float64(m.Ends[0][k]), float64(m.Ends[1][k])
				if slack := 1e-3 * float64(spread); at < low-slack || at > high+slack {
					t.Fatalf("sigma %v: denoised to %v along axis %d, want %v to %v", sigma, at, k, low, high)
				} else if at < low+slack || at > high-slack {
					outside++
				}
			}
		}
	}
	if outside == 0 {
		t.Error("no point was beyond an end")
	}
}

// TestLinearLoss: the loss is 1/2 |sigma score + z|^2 by the model's own score, or the error of the network's
// output. The gradient is the loss's difference quotient.
func TestLinearLoss(t *testing.T) {
	for _, weighting := range []Weighting{WeightSigma, WeightEDM} {
		_, source := ncsnModel(t, 8)
		m := linearModel(t, source, 8)
		trainer, err := NewTrainer(m, source, TrainConfig{
			Batch: 16, LearningRate: 1e-3, Seed: 3, Weighting: weighting,
		})
		if err != nil {
			t.Fatal(err)
		}
		input := inputOf(trainer, 16)
		f, dF := kernels.NewMatrix(16, 2), kernels.NewMatrix(16, 2)
		kernels.Noise{Seed: 5}.Fill(f.Data, 0)
		for from := 0; from < 16; from += 5 {
			to := min(16, from+5)
			(*objective)(trainer).Gradient(dF.Slice(from, to), f.Slice(from, to), input.Slice(from, to), from)
		}
		got := trainer.batchLoss()
		z := kernels.NewMatrix(16, 2)
		trainer.noise().Fill(z.Data, trainer.at(0))
		loss := func() float64 {
			sum := 0.0
			for i := range f.Rows {
				sigma := float64(trainer.sigma[i])
				for j, s := range m.Spread {
					s := float64(s)
					x, v := float64(trainer.x.Row(i)[j])+sigma*float64(z.Row(i)[j]), sigma*sigma+s*s
					denoised := s*s/v*x + sigma*s/math.Sqrt(v)*float64(f.Row(i)[j])
					r := (denoised - float64(trainer.x.Row(i)[j])) / sigma
					if weighting == WeightEDM {
						r *= math.Sqrt(v) / s
					}
					sum += r * r / 2
				}
			}
			return sum / 16
		}
		if want := loss(); math.Abs(got-want) > 1e-4*want {
			t.Errorf("%s: loss %v, want %v", weighting, got, want)
		}
		for i := range f.Data {
			const h = 1.0 / 64
			at := f.Data[i]
			f.Data[i] = at + h
			up := loss()
			f.Data[i] = at - h
			down := loss()
			f.Data[i] = at
			if want := (up - down) / (2 * h); math.Abs(float64(dF.Data[i])-want) > 1e-4*(1+math.Abs(want)) {
				t.Errorf("%s: gradient %d is %v, want %v", weighting, i, dF.Data[i], want)
			}
		}
	}
}

// TestLinearPrior: points of the prior have the data's covariance and the noise's.
func TestLinearPrior(t *testing.T) {
	x := dependent(500, 4, 2)
	m := linearModelOf(t, x, 8)
	testLinearPrior(t, m, x, 3, 0.6) // five standard errors: a product of normals has a variance of some 13
	testLinearPrior(t, m, x, 0, 0.15)
}

func testLinearPrior(t *testing.T, m *Model, x kernels.Matrix, sigma float32, most float64) {
	t.Helper()
	const n = 20_000
	got := kernels.NewMatrix(n, 4)
	m.Prior(got, sigma, Numbers{Seed: 1})
	mean, _ := Statistics(x)
	for a := range 4 {
		for b := range 4 {
			want, have := 0.0, 0.0
			for i := range x.Rows {
				want += float64(x.Row(i)[a]-mean[a]) * float64(x.Row(i)[b]-mean[b]) / float64(x.Rows)
			}
			if a == b {
				want += float64(sigma) * float64(sigma)
			}
			for i := range n {
				have += float64(got.Row(i)[a]-mean[a]) * float64(got.Row(i)[b]-mean[b]) / n
			}
			if !(math.Abs(have-want) <= most) {
				t.Errorf("level %v: covariance %d,%d is %.3f, want %.3f", sigma, a, b, have, want)
			}
		}
	}
	part := kernels.NewMatrix(3, 4)
	m.Prior(part, sigma, Numbers{Seed: 1, First: 1500})
	if !equal(part, got.Slice(1500, 1503)) {
		t.Error("a point depends on the others")
	}
}

// TestLinearFile: a saved model has the same score and the same bytes.
func TestLinearFile(t *testing.T) {
	x := dependent(50, 4, 2)
	m := linearModelOf(t, x, 8)
	for i := range m.Net.Block {
		m.Net.Block[i] += float32(i%7-3) / 10
	}
	path := filepath.Join(t.TempDir(), "m")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := LoadModel(path)
	if err != nil {
		t.Fatal(err)
	}
	a, b := kernels.NewMatrix(50, 4), kernels.NewMatrix(50, 4)
	m.Score().At(a, x, 0.5)
	loaded.Score().At(b, x, 0.5)
	if !equal(a, b) {
		t.Error("the score changed")
	}
}
