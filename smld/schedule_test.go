package smld

import (
	"math"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// TestGeometric checks the published schedule of NCSN, and that the ratio of neighbours is constant.
func TestGeometric(t *testing.T) {
	sigmas, err := Geometric(1, 0.01, 10)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range sigmas {
		want := math.Exp(math.Log(1) + float64(i)/9*(math.Log(0.01)-math.Log(1)))
		if math.Abs(float64(s)/want-1) > 1e-7 {
			t.Errorf("level %d is %v, want %v", i+1, s, want)
		}
	}
	if sigmas[0] != 1 || sigmas[9] != 0.01 {
		t.Errorf("levels run from %v to %v", sigmas[0], sigmas[9])
	}
	for _, c := range []struct {
		high, low float64
		levels    int
		want      string
	}{
		{1, 1, 10, "want sigmaMax > sigmaMin > 0"},
		{1, 2, 10, "want sigmaMax > sigmaMin > 0"},
		{1, 0, 10, "want sigmaMax > sigmaMin > 0"},
		{math.NaN(), 1, 10, "want sigmaMax > sigmaMin > 0"},
		{1, math.NaN(), 10, "want sigmaMax > sigmaMin > 0"},
		{math.Inf(1), 1, 10, "want sigmaMax > sigmaMin > 0"},
		{1, 0.1, 1, "want at least 2"},
		{1, 0.1, math.MaxInt, "and at most"},
		{1, 0.9999999, 1000, "levels must fall"},
		{1, 1e-300, 10, "want a positive number"},
	} {
		if _, err := Geometric(c.high, c.low, c.levels); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("Geometric(%v, %v, %d): %v, want %q", c.high, c.low, c.levels, err, c.want)
		}
	}
}

func TestLargestDistance(t *testing.T) {
	x := kernels.Matrix{Rows: 4, Cols: 2, Stride: 3, Data: []float32{0, 0, 9, 1, 1, 9, -3, 0, 9, 1, 3}}
	if got := LargestDistance(x); got != 5 {
		t.Errorf("LargestDistance = %v, want 5", got)
	}
}

// TestRho checks the published schedule of EDM.
func TestRho(t *testing.T) {
	sigmas, err := Rho(80, 0.002, 7, 18)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range sigmas {
		top, bottom := math.Pow(80, 1./7), math.Pow(0.002, 1./7)
		want := math.Pow(top+float64(i)/17*(bottom-top), 7)
		if math.Abs(float64(s)/want-1) > 1e-7 {
			t.Errorf("level %d is %v, want %v", i+1, s, want)
		}
	}
	for _, c := range []struct {
		high, low, rho float64
		levels         int
	}{
		{1, 2, 7, 9}, {1, 0, 7, 9}, {2, 1, 7, 1}, {2, 1, 7, math.MaxInt}, {2, 1, 0.5, 9},
		{2, 1, math.NaN(), 9},
	} {
		if _, err := Rho(c.high, c.low, c.rho, c.levels); err == nil {
			t.Errorf("Rho(%v) is no error", c)
		}
	}
}

// TestDistanceBounds: where all pairs are too many, the bounds hold and the lower one is a distance that
// occurs.
func TestDistanceBounds(t *testing.T) {
	long(t)
	for _, dim := range []int{1, 2, 20} {
		x := kernels.NewMatrix(exactDistances+1000, dim)
		kernels.Noise{Seed: 3}.Fill(x.Data, 0)
		low, high := DistanceBounds(x)
		exact := LargestDistance(x)
		t.Logf("dimension %d: %.4f <= %.4f <= %.4f", dim, low, exact, high)
		if !(low <= exact && exact <= high && high <= 2*low) {
			t.Errorf("dimension %d: bounds %v and %v of %v", dim, low, high, exact)
		}
		if low < 0.95*exact {
			t.Errorf("dimension %d: the lower bound %v is far below %v", dim, low, exact)
		}
		if low, high := DistanceBounds(x.Slice(0, 300)); low != high ||
			low != LargestDistance(x.Slice(0, 300)) {
			t.Errorf("dimension %d: bounds %v and %v of a small set", dim, low, high)
		}
	}
}
