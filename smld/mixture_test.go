package smld

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// TestMixtureScore compares the score with the central difference of the log-density, computed apart from it.
func TestMixtureScore(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, dim := range []int{1, 2, 5} {
		const components = 3
		means := kernels.NewMatrix(components, dim)
		for i := range means.Data {
			means.Data[i] = float32(2 * r.NormFloat64())
		}
		weights, std := []float64{0.5, 2, 1.5}, []float64{0.3, 1, 0}
		m, err := NewGaussianMixture(weights, means, std)
		if err != nil {
			t.Fatal(err)
		}
		for _, sigma := range []float32{0.5, 3, 50} {
			logDensity := func(x []float64) float64 {
				sum := 0.0
				for k := range components {
					v := std[k]*std[k] + float64(sigma)*float64(sigma)
					square := 0.0
					for j := range x {
						d := x[j] - float64(means.Row(k)[j])
						square += d * d
					}
					sum += weights[k] * math.Exp(-square/(2*v)) / math.Pow(v, float64(dim)/2)
				}
				return math.Log(sum)
			}
			x, s := kernels.NewMatrix(20, dim), kernels.NewMatrix(20, dim)
			for i := range x.Data {
				x.Data[i] = float32(3 * r.NormFloat64())
			}
			m.At(s, x, sigma)
			for i := range x.Rows {
				p := make([]float64, dim)
				for j, v := range x.Row(i) {
					p[j] = float64(v)
				}
				for j := range p {
					const h = 1e-5
					at := p[j]
					p[j] = at + h
					up := logDensity(p)
					p[j] = at - h
					down := logDensity(p)
					p[j] = at
					want := (up - down) / (2 * h)
					if got := float64(s.Row(i)[j]); math.Abs(got-want) > 1e-6*(1+math.Abs(want)) {
						t.Errorf("dim %d, sigma %v, x %v: score[%d] is %v, want %v",
							dim, sigma, p, j, got, want)
					}
				}
			}
		}
	}
}

// TestMixtureFar: where every component's density underflows, the score is still that of the nearest.
func TestMixtureFar(t *testing.T) {
	m := ncsnMixture(t)
	x := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{1e6, 1e6}}
	s := kernels.NewMatrix(1, 2)
	m.At(s, x, 1)
	if want := float32((5 - 1e6) / 2.0); s.Data[0] != want || s.Data[1] != want {
		t.Errorf("score far out is %v, want %v", s.Data, want)
	}
}

func TestMixtureDraw(t *testing.T) {
	m := ncsnMixture(t)
	x := kernels.NewMatrix(20000, 2)
	m.Draw(x, Numbers{Seed: 9})
	if got, tol := firstMode(x), 5*math.Sqrt(0.8*0.2/20000); math.Abs(got-0.8) > tol {
		t.Errorf("share of the first mode is %v, want 0.8 within %v", got, tol)
	}
	one := kernels.NewMatrix(1, 2)
	m.Draw(one, Numbers{Seed: 9, First: 777})
	if one.Data[0] != x.Row(777)[0] || one.Data[1] != x.Row(777)[1] {
		t.Error("a point depends on those drawn with it")
	}
}

func TestMixtureErrors(t *testing.T) {
	means := kernels.NewMatrix(2, 2)
	for _, c := range []struct {
		want         string
		weights, std []float64
	}{
		{"1 weights", []float64{1}, []float64{1, 1}},
		{"3 standard deviations", []float64{1, 1}, []float64{1, 1, 1}},
		{"weight 2 of a mixture is 0", []float64{1, 0}, []float64{1, 1}},
		{"standard deviation 1 of a mixture is NaN", []float64{1, 1}, []float64{math.NaN(), 1}},
	} {
		if _, err := NewGaussianMixture(c.weights, means, c.std); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
}
