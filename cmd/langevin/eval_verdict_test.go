package main

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// wide is points whose first column is 30 times as wide as their second and third, which depend on each other.
func wide(n int, seed uint64, independent bool) kernels.Matrix {
	x := kernels.NewMatrix(n, 3)
	kernels.Noise{Seed: seed, Stream: 7}.Fill(x.Data[:3*n], 0)
	for i := range n {
		row := x.Row(i)
		row[0] *= 30
		if !independent {
			row[2] = 0.8*row[1] + 0.6*row[2]
		}
	}
	return x
}

// judged returns the report of samples of a finite set of points.
func judged(t *testing.T, x, all kernels.Matrix, seed uint64) report {
	t.Helper()
	points := divideRows(all, x.Rows, seed)
	points.columns = numberColumns(all.Cols)
	var r report
	if err := r.compare(x, points, seed); err != nil {
		t.Fatal(err)
	}
	r.judge()
	return r
}

// TestVerdicts: samples that are true ones cannot be told from data, and none of the usual nonsense passes.
func TestVerdicts(t *testing.T) {
	const n = 150
	all := wide(2*n, 1, false)
	alarms, measures := 0, 0
	for s := range uint64(4) {
		r := judged(t, wide(n, 100+s, false), wide(2*n, 200+s, false), s)
		alarms, measures = alarms+len(r.Verdict.By), measures+r.Verdict.Of
	}
	if measures != 4*8 || alarms > 2 { // a hundredth is expected
		t.Errorf("%d of %d measures tell true samples from data", alarms, measures)
	}

	blurred := wide(n, 3, false)
	noise := wide(n, 4, true)
	for i := range n {
		blurred.Row(i)[1] += 2 * noise.Row(i)[1]
		blurred.Row(i)[2] += 2 * noise.Row(i)[2]
	}
	repeated := kernels.NewMatrix(n, 3)
	for i := range n {
		copy(repeated.Row(i), all.Row(i))
	}
	constant := kernels.NewMatrix(n, 3)
	duplicates := kernels.NewMatrix(2*n, 3) // every row twice
	for i := range duplicates.Rows {
		copy(duplicates.Row(i), all.Row(i/2))
	}
	for _, c := range []struct {
		name    string
		x, data kernels.Matrix
		by      string // a measure that tells, or none
	}{
		{"narrow columns blurred", blurred, all, "farthest column"},
		{"independent columns", wide(n, 5, true), all, "correlation"},
		{"training data again", repeated, all, "nearest point"},
		{"a constant", constant, all, "farthest column"},
		{"data with every row twice", repeated, duplicates, ""},
		{"the same constant", constant, kernels.NewMatrix(2*n, 3), ""},
	} {
		r := judged(t, c.x, c.data, 1)
		told := slices.ContainsFunc(r.Verdict.By, func(name string) bool { return strings.Contains(name, c.by) })
		if c.by != "" && !told || c.name == "the same constant" && r.Verdict.Told {
			t.Errorf("%s: told by %q, want %q", c.name, r.Verdict.By, c.by)
		}
		for _, m := range r.Measures {
			if m.Ratio != nil && (*m.Ratio > 1e4 || math.IsNaN(*m.Ratio)) {
				t.Errorf("%s: %+v with ratio %v", c.name, m, *m.Ratio)
			}
		}
	}
}

// TestMissingMode: samples that lack one of eight modes are told from the mixture.
func TestMissingMode(t *testing.T) {
	const n = 300
	mixture, err := smld.NamedMixture("8gaussians")
	if err != nil {
		t.Fatal(err)
	}
	labels := make([]int, 2*n)
	drawn, truths := kernels.NewMatrix(2*n, 2), &truth{data: kernels.NewMatrix(n, 2), more: kernels.NewMatrix(n, 2)}
	mixture.DrawLabelled(drawn, labels, smld.Numbers{Seed: 1})
	mixture.Draw(truths.data, smld.Numbers{Seed: 2})
	mixture.Draw(truths.more, smld.Numbers{Seed: 3})
	truths.columns = numberColumns(drawn.Cols)
	var kept []int
	for i, l := range labels {
		if l != 3 {
			kept = append(kept, i)
		}
	}
	for _, rows := range [][]int{nil, kept[:n]} {
		x := drawn.Slice(0, n)
		if rows != nil {
			x = pick(drawn, rows)
		}
		var r report
		if err := r.compare(x, truths, 1); err != nil {
			t.Fatal(err)
		}
		if err := r.compareModes(x, truths, mixture, 1); err != nil {
			t.Fatal(err)
		}
		if err := r.compareDensity(x, truths, mixture, 1); err != nil {
			t.Fatal(err)
		}
		r.judge()
		if missing := rows != nil; r.Verdict.Told != missing || r.Modes.Told != missing {
			t.Errorf("a mode is missing: %v; told by %q, %d modes covered", missing, r.Verdict.By, r.Modes.Covered)
		}
	}
}

// TestWarnings: of levels that do not reach the data's extent, and of those that training does not reach.
func TestWarnings(t *testing.T) {
	for _, c := range []struct {
		name  string
		reach levelReach
		want  string
	}{
		{"the largest distance", levelReach{SigmaMax: 10, Largest: 10}, ""},
		{"levels of ten for a ring of radius four", levelReach{SigmaMax: 10, Largest: 11}, ""},
		{"too low", levelReach{SigmaMax: 1, Largest: 20}, "below the largest distance"},
		{"a hundredth of the standard deviation", levelReach{SigmaMax: 10, Largest: 10, SigmaMin: 0.03, Std: 3}, ""},
		{"too high", levelReach{SigmaMax: 10, Largest: 10, SigmaMin: 1, Std: 3}, "lack what is finer"},
		{"log-normal, reached", levelReach{SigmaMax: 10, Largest: 10, LogMean: -0.5, LogStd: 1.2}, ""},
		{"log-normal, not reached", levelReach{SigmaMax: 500, Largest: 500, LogMean: -0.5, LogStd: 1.2}, "not seen"},
	} {
		got := warnings(c.reach)
		if c.want == "" && len(got) != 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// TestKLOfReport: the KL divergence is that at the model's smallest level, with its noise on the points.
func TestKLOfReport(t *testing.T) {
	mixture, err := smld.NamedMixture("8gaussians")
	if err != nil {
		t.Fatal(err)
	}
	points := kernels.NewMatrix(400, 2)
	mixture.Draw(points, smld.Numbers{Seed: 1})
	sigmas, err := smld.Geometric(10, 0.3, 5)
	if err != nil {
		t.Fatal(err)
	}
	model, err := smld.NewModel(points, smld.ModelConfig{Hidden: []int{4}, Sigmas: sigmas})
	if err != nil {
		t.Fatal(err)
	}
	set := &truth{data: points.Slice(0, 100), more: points.Slice(100, 200), columns: numberColumns(2)}
	var r report
	if err := r.compareMixture(t.Context(), points.Slice(200, 300), set, model, mixture, 1); err != nil {
		t.Fatal(err)
	}
	want, _, err := metrics.KL(mixture, func(dst []float64, y kernels.Matrix) error {
		_, err := modelLikelihood(model).LogDensity(t.Context(), dst, model.Score(), y, smld.Numbers{})
		return err
	}, set.data, 0.3, 1)
	if err != nil || r.KL.Value != want || r.KL.Points != 100 {
		t.Errorf("KL %+v, want %v, %v", r.KL, want, err)
	}
}
