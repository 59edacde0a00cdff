package main

import (
	"math"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/bench/internal/shape"
)

// TestJudge checks best rounds, best peers, ratios and their order.
func TestJudge(t *testing.T) {
	verdicts, err := judge(example().rows)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		k     int
		peer  string
		ratio float64
	}{{500, "blis", 0.25}, {2, "blis", 1.5}, {100, "libxsmm", 2}}
	if len(verdicts) != len(want) {
		t.Fatalf("%d verdicts, want %d", len(verdicts), len(want))
	}
	for i, w := range want {
		if v := verdicts[i]; v.K != w.k || v.peer != w.peer || math.Abs(v.ratio-w.ratio) > 1e-12 {
			t.Errorf("number %d: %v %s %v, want k = %d %s %v",
				i, v.Shape, v.peer, v.ratio, w.k, w.peer, w.ratio)
		}
	}
	if got := geometricMean(next(verdicts, "blis")); math.Abs(got-math.Cbrt(0.25*1.5*2.5)) > 1e-12 {
		t.Errorf("geometric mean next to BLIS is %v", got)
	}
	for _, driver := range []string{ours, "blis"} {
		if _, err := judge([]row{{driver, shape.Shape{M: 1, N: 2, K: 3}, 1}}); err == nil {
			t.Errorf("rows of %s alone pass", driver)
		}
	}
	if _, err := judge(nil); err == nil {
		t.Error("no rows pass")
	}
}

// TestReport checks the counts, and that a product of one chain is said to be one: 1000 operations in 500
// links of 1.25 ns are 1.6 GFlop/s.
func TestReport(t *testing.T) {
	m := example()
	verdicts, err := judge(m.rows)
	if err != nil {
		t.Fatal(err)
	}
	m.link = 2.5e-9
	var text strings.Builder
	report(&text, m.conditions, verdicts)
	for _, want := range []string{
		"float32, NT, avx2, 2 threads; ", "1.60 GHz", "kernels: blis haswell, libxsmm hsw\n",
		"chains: 1, at most 0.800, 31% reached, exceeded by the peer",
		"next to the best of them    3 shapes, geometric mean 0.909, worst 0.25; " +
			"2 at 1 or above, 1 below 0.6",
		"  peer exceeds them         1 shapes",
		"next to libxsmm             1 shapes",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the report has no %q:\n%s", want, text.String())
		}
	}
	if strings.Count(text.String(), "chains: ") != 1 {
		t.Errorf("want one shape of few chains:\n%s", text.String())
	}
}

// TestLanes checks where chains no longer fill two units that take four cycles.
func TestLanes(t *testing.T) {
	for _, test := range []struct {
		use    string
		double bool
		full   int
	}{
		{"avx512", false, 128}, {"avx512", true, 64},
		{"avx2", false, 64}, {"avx2", true, 32},
		{"generic", false, 8},
	} {
		c := conditions{use: test.use, double: test.double, link: 1e-9}
		if _, _, few := c.bound(shape.Shape{M: test.full, N: 1, K: 9}); few {
			t.Errorf("%s: %d chains are few", test.use, test.full)
		}
		if _, _, few := c.bound(shape.Shape{M: 1, N: test.full - 1, K: 9}); !few {
			t.Errorf("%s: %d chains are not few", test.use, test.full-1)
		}
	}
}

func TestClassify(t *testing.T) {
	for s, want := range map[shape.Shape]class{
		{M: 8, N: 9, K: 9}: fewRows, {M: 3, N: 2, K: 9}: fewColumns,
		{M: 9, N: 9, K: 1}: shallow, {M: 9, N: 9, K: 9}: others,
		{M: 1, N: 1, K: 1}: fewRows, {M: 7, N: 3, K: 3}: fewColumns,
	} {
		if got := classify(s); got != want {
			t.Errorf("%v: %v, want %v", s, got, want)
		}
	}
}
