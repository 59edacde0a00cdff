package metrics

import (
	"fmt"
	"math"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// TestComponents: along known axes, the widest first, of other points too. Components have no sign.
func TestComponents(t *testing.T) {
	const n = 500
	z, x := normals(n, 3, 1), kernels.NewMatrix(n, 4)
	s := float32(math.Sqrt(0.5))
	for i := range n {
		u, v, w := 10*z.Row(i)[0], 3*z.Row(i)[1], 0.1*z.Row(i)[2]
		copy(x.Row(i), []float32{s * (u + v), s * (u - v), 5, w}) // (1, 1, 0, 0), then (1, -1, 0, 0)
	}
	more := kernels.Matrix{Rows: 2, Cols: 4, Stride: 4, Data: []float32{s, s, 0, 0, 2 * s, -2 * s, 0, 0}}
	got, err := Components(x, 2, more, x)
	if err != nil || len(got) != 2 {
		t.Fatalf("%d projections, %v", len(got), err)
	}
	for i, want := range [][2]float64{{1, 0}, {0, 2}} {
		for j, w := range want {
			if v := math.Abs(float64(got[0].Row(i)[j])); math.Abs(v-w) > 0.05 {
				t.Errorf("point %d has the coordinates %v, want %v", i, got[0].Row(i), want)
			}
		}
	}
	if got[1].Rows != n || got[1].Cols != 2 {
		t.Errorf("projections are %dx%d", got[1].Rows, got[1].Cols)
	}
	x.Row(3)[1] = float32(math.Inf(1))
	if _, err := Components(x, 2, more); err == nil {
		t.Error("infinity is no error")
	}
}

// TestBounds: sizes that make no sense panic, each by itself, and the least that do are taken.
func TestBounds(t *testing.T) {
	x, one, none := normals(3, 2, 1), normals(1, 2, 1), kernels.NewMatrix(0, 2)
	x64 := numbers(3, 2, 1)
	for name, f := range map[string]func(){
		"components 0":        func() { _, _ = Components(x, 0) },
		"components 3":        func() { _, _ = Components(x, 3) },
		"components of one":   func() { _, _ = Components(one, 1) },
		"components of wider": func() { _, _ = Components(x, 1, normals(3, 5, 1)) },
		"MMD of one":          func() { _, _ = MMD(one, x, 1) },
		"MMD of another":      func() { _, _ = MMD(x, one, 1) },
		"MMD of wider":        func() { _, _ = MMD(x, normals(3, 5, 1), 1) },
		"Wasserstein sizes":   func() { _, _ = Wasserstein(x, one, 1) },
		"Wasserstein none":    func() { _, _ = Wasserstein(none, none, 1) },
		"measure sizes":       func() { _, _ = WassersteinMeasure(x, one) },
		"column -1":           func() { Column(x64, -1) },
		"column 2":            func() { Column(x64, 2) },
		"probability n":       func() { KSProbability(0.5, 0, 1) },
		"probability m":       func() { KSProbability(0.5, 1, 0) },
		"correlation columns": func() { _, _, _, _ = CorrelationError(x64, numbers(3, 3, 1)) },
	} {
		if message := panicOf(f); len(message) < 9 || message[:9] != "metrics: " {
			t.Errorf("%s: panic %q", name, message)
		}
	}
	two := x.Slice(0, 2)
	must(MMD(two, two, 1))
	must(Wasserstein(one, one, 1))
	if _, err := Components(two, 2); err != nil {
		t.Error(err)
	}
	if _, _, _, err := CorrelationError(numbers(1, 2, 1), x64); err == nil {
		t.Error("correlations of one row")
	}
	if _, _, _, err := CorrelationError(x64, numbers(1, 2, 1)); err == nil {
		t.Error("correlations with one row")
	}
	if _, i, _, err := CorrelationError(numbers(2, 2, 1), numbers(2, 2, 2)); err != nil || i != 0 {
		t.Errorf("correlations of two rows: %v", err)
	}
	if p := KSProbability(1, 1, 1); !(p > 0.6 && p < 1) {
		t.Errorf("of one value each, probability %v", p)
	}
}

// panicOf returns what f panics with, or an empty string.
func panicOf(f func()) (message string) {
	defer func() {
		if r := recover(); r != nil {
			message = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}
