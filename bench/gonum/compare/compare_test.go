package compare

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// testPeers are one of ours, one of others that is inaccurate at dot, and one that lacks axpy.
func testPeers() []Peer {
	dot := func(x, y []float32) float32 {
		var s float32
		for i := range x {
			s += x[i] * y[i]
		}
		return s
	}
	axpy := func(dst []float32, a float32, x []float32) {
		for i := range x {
			dst[i] += a * x[i]
		}
	}
	return []Peer{
		{Name: "a", Ours: true, Functions32: Functions{"dot": dot, "axpy": axpy}},
		{Name: "b", Functions32: Functions{"dot": dot, "axpy": axpy}, Inaccurate: []string{"dot f32"}},
		{Name: "c", Functions32: Functions{"dot": dot}},
	}
}

func rowNamed(t *testing.T, name, precision string) Row {
	t.Helper()
	for _, r := range Rows() {
		if r.Name == name && r.Precision == precision {
			return r
		}
	}
	t.Fatalf("no row %s %s", name, precision)
	return Row{}
}

// The best of the others is an accurate one, and what a peer lacks has no time.
func TestBestIsAccurate(t *testing.T) {
	s := Settings{Rounds: 1, Limit: time.Second}
	dot := Measure(rowNamed(t, "dot", "f32"), 10, testPeers(), s)
	if dot.Ours != 0 || dot.Best != 2 {
		t.Errorf("dot: ours is %d and best %d, want 0 and 2", dot.Ours, dot.Best)
	}
	axpy := Measure(rowNamed(t, "axpy", "f32"), 10, testPeers(), s)
	if axpy.Best != 1 || !math.IsNaN(axpy.Nanoseconds[2]) {
		t.Errorf("axpy: best is %d, the third takes %g ns, want 1 and NaN", axpy.Best, axpy.Nanoseconds[2])
	}
	double := Measure(rowNamed(t, "dot", "f64"), 10, testPeers(), s)
	if double.Ours != -1 || double.Best != -1 || !math.IsNaN(double.Ratio()) {
		t.Errorf("dot of float64 that nobody has: %+v", double)
	}
}

func TestTable(t *testing.T) {
	cells := []Cell{
		{"dot", "f32", 100, []float64{10, 5, 9.6}, 0, 2},
		{"axpy", "f32", 1000, []float64{1000, 1500.4, math.NaN()}, 0, 1},
		{"axpy", "f64", 1000, []float64{math.NaN(), 70.04, 1e6}, -1, 1},
	}
	for format, want := range map[string][]string{
		"text": {
			"dot      f32      100          10.0         ~5.00          9.60    0.96  c",
			"axpy     f32     1000         1,000         1,500             -    1.50  b",
			"axpy     f64     1000             -          70.0     1,000,000       -  b",
			"of 2 compared, 2 are at 0.95 of the best accurate one or above, 1 at 1 or above",
		},
		"markdown": {"| dot f32 | 100 | 10.0 | ~5.00 | 9.60 | 0.96 |"},
		"csv":      {"dot,f32,100,b,5,false,false", "axpy,f32,1000,a,1000,true,true"},
		"json":     {`"ns": {`, `"ratio": 0.96`, `"ratio": null`},
	} {
		var b bytes.Buffer
		table := NewTable(&b, format, testPeers())
		for _, c := range cells {
			table.Add(c)
		}
		if err := table.Close(); err != nil {
			t.Fatal(err)
		}
		for _, line := range want {
			if !strings.Contains(b.String(), line) {
				t.Errorf("%s: no %q in\n%s", format, line, &b)
			}
		}
	}
}

// A peer that has none of the rows has no column, and every size has a line.
func TestColumns(t *testing.T) {
	c := choice{rows: "axpy", sizes: "3,5", format: "text", procs: 1, settings: Settings{1, time.Nanosecond}}
	var b bytes.Buffer
	if err := c.run(&b, testPeers()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if got := strings.Fields(lines[0]); !slices.Equal(got, []string{"row", "n", "a", "b", "ratio", "best"}) {
		t.Errorf("head is %v", got)
	}
	for i, size := range []string{"3", "5"} {
		if got := strings.Fields(lines[i+1]); got[2] != size {
			t.Errorf("line %d is %v, want size %s", i+1, got, size)
		}
	}
}

// Choices that select nothing are errors, not empty tables.
func TestChoices(t *testing.T) {
	settings := Settings{Rounds: 1, Limit: time.Nanosecond}
	for _, c := range []choice{
		{rows: "dott", format: "text", procs: 1, settings: settings},
		{sizes: "0", format: "text", procs: 1, settings: settings},
		{names: "d", format: "text", procs: 1, settings: settings},
		{precision: "f16", format: "text", procs: 1, settings: settings},
		{format: "xml", procs: 1, settings: settings},
		{format: "text", procs: 0, settings: settings},
		{format: "text", procs: 1},
	} {
		if err := c.run(&bytes.Buffer{}, testPeers()); err == nil {
			t.Errorf("no error for %+v", c)
		}
	}
}
