package smld

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestNormalCDF(t *testing.T) {
	for x := -9.0; x <= 9; x += 0.0625 {
		if got, want := normalCDF(x), distuv.UnitNormal.CDF(x); math.Abs(got-want) > 2e-15 {
			t.Errorf("normalCDF(%v) = %v, gonum has %v", x, got, want)
		}
	}
}

// TestNCSNv2Ratio checks solutions against the equation, with gonum's distribution function, and known
// values.
func TestNCSNv2Ratio(t *testing.T) {
	for _, c := range []struct {
		dim  int
		want float64
	}{{5, 19.5}, {8, 4.0}, {16, 2.1}, {64, 1.36}, {784, 1.082}, {3072, 1.0398}} {
		got, err := NCSNv2Ratio(c.dim)
		if err != nil {
			t.Fatal(err)
		}
		root := math.Sqrt(2 * float64(c.dim))
		phi := distuv.UnitNormal.CDF
		if e := phi(root*(got-1)+3*got) - phi(root*(got-1)-3*got) - 0.5; math.Abs(e) > 1e-12 {
			t.Errorf("dimension %d: the equation is off by %v", c.dim, e)
		}
		if math.Abs(got/c.want-1) > 0.02 {
			t.Errorf("dimension %d: ratio %v, want %v", c.dim, got, c.want)
		}
	}
	for _, dim := range []int{-1, 2, 4} {
		if _, err := NCSNv2Ratio(dim); err == nil || !strings.Contains(err.Error(), "Geometric or Rho") {
			t.Errorf("dimension %d: %v", dim, err)
		}
		if _, err := NCSNv2Levels(1, 0.1, dim); err == nil {
			t.Errorf("dimension %d has levels", dim)
		}
	}
	sigmas, err := NCSNv2Levels(50, 0.01, 3072)
	// The equation gives 219 levels; the paper has 232.
	if err != nil || len(sigmas) < 215 || len(sigmas) > 232 {
		t.Errorf("CIFAR-10 has %d levels, %v", len(sigmas), err)
	}
	if r := float64(sigmas[0] / sigmas[1]); r > 1.0398+1e-4 {
		t.Errorf("levels with a ratio of %v", r)
	}
	if _, err := NCSNv2Levels(1, 2, 3072); err == nil {
		t.Error("swapped levels are no error")
	}
}

// TestNCSNv2StepSize recomputes the step sizes that the paper publishes.
func TestNCSNv2StepSize(t *testing.T) {
	for _, c := range []struct {
		name     string
		high     float64
		levels   int
		steps    int
		want     float64
		variance float64
	}{
		{"CIFAR-10", 50, 232, 5, 6.2e-6, 1.0555}, {"CelebA", 90, 500, 5, 3.3e-6, 0},
		{"LSUN bedroom", 190, 1086, 3, 1.8e-6, 0},
	} {
		gamma := math.Pow(c.high/0.01, 1/float64(c.levels-1))
		eps, variance, err := NCSNv2StepSize(gamma, c.steps)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: eps %.3g, published %.3g; variance %.4f", c.name, eps*1e-4, c.want, variance)
		if math.Abs(eps*1e-4/c.want-1) > 0.03 {
			t.Errorf("%s: eps %.3g, published %.3g", c.name, eps*1e-4, c.want)
		}
		if c.variance != 0 && math.Abs(variance-c.variance) > 1e-3 {
			t.Errorf("%s: variance %v, want %v", c.name, variance, c.variance)
		}
	}
	for _, c := range []struct {
		gamma float64
		steps int
	}{{1, 5}, {math.NaN(), 5}, {2, 0}} {
		if _, _, err := NCSNv2StepSize(c.gamma, c.steps); err == nil {
			t.Errorf("ratio %v with %d steps is no error", c.gamma, c.steps)
		}
	}
}
