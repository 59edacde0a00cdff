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
		{1, 0.9999999, 1000, "levels must fall"},
		{1, 1e-300, 10, "want a positive number"},
	} {
		if _, err := Geometric(c.high, c.low, c.levels); err == nil || !strings.Contains(err.Error(), c.want) {
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
