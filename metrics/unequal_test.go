package metrics

import (
	"math"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// numbers returns a table of normals.
func numbers(rows, cols int, seed uint64) kernels.Matrix64 {
	x, z := kernels.NewMatrix64(rows, cols), normals(rows, cols, seed)
	for i, v := range z.Data {
		x.Data[i] = float64(v)
	}
	return x
}

// TestUnequalSets: sets of different sizes are compared as what they are, each by its own size.
func TestUnequalSets(t *testing.T) {
	a, b, more := numbers(90, 2, 1), numbers(200, 2, 2), numbers(150, 2, 3)
	for i := range 90 {
		a.Data[2*i] += 0.3
	}
	columns := []dataset.Column{{Kind: dataset.Number}, {Kind: dataset.Category}}
	for _, x := range []kernels.Matrix64{a, b, more} {
		for i := range x.Rows {
			x.Data[2*i+1] = math.Round(x.Data[2*i+1])
		}
	}
	all, _, err := CompareColumns(a, b, more, columns, 1)
	if err != nil {
		t.Fatal(err)
	}
	ks, _, err := KS(Column(a, 0), Column(b, 0))
	if err != nil || all[0].Value != ks {
		t.Errorf("KS of a column is %v (%v), want %v", all[0].Value, err, ks)
	}
	if want := must(TotalVariation(Column(a, 1), Column(b, 1))); math.Abs(all[1].Value-want) > 1e-15 {
		t.Errorf("total variation of a column is %v, want %v", all[1].Value, want)
	}
	x, y := []float64{1, 2, 6}, []float64{4, 9}
	if got := made(MeanMeasure(x, y)).Value(); got != 3-6.5 {
		t.Errorf("means differ by %v, want -3.5", got)
	}
	if got := made(MeanMeasure(y, x)).Value(); got != 6.5-3 {
		t.Errorf("means differ by %v, want 3.5", got)
	}
}

// TestOneColumn: a table may have one column, and whole numbers of many values are compared as numbers.
func TestOneColumn(t *testing.T) {
	x := [3]kernels.Matrix64{}
	for s := range x {
		x[s] = numbers(300, 1, uint64(s+1))
		for i := range x[s].Data {
			x[s].Data[i] = math.Round(100 * x[s].Data[i])
		}
	}
	all, farthest, err := CompareColumns(x[0], x[1], x[2], []dataset.Column{{Kind: dataset.Integer}}, 1)
	if err != nil || len(all) != 1 || all[0].Distance != KSDistance || farthest.Where != "column 1, KS" {
		t.Errorf("%+v, %+v, %v", all, farthest, err)
	}
	if all[0].Told {
		t.Errorf("equal distributions are told apart: %+v", all[0])
	}
}

// TestInputsAreLeft: samples with capacity to spare are read, and neither they nor what follows them is written.
func TestInputsAreLeft(t *testing.T) {
	whole := []float64{3, 1, 2, 77, 78, 79, 80}
	before := slices.Clone(whole)
	b := []float64{5, 4}
	if _, _, err := KS(whole[:3], b); err != nil {
		t.Fatal(err)
	}
	must(TotalVariation(whole[:3], b))
	made(MeanMeasure(whole[:3], b)).Value()
	if !slices.Equal(whole, before) || !slices.Equal(b, []float64{5, 4}) {
		t.Errorf("samples become %v and %v", whole, b)
	}
}

// TestCorrelationPair: the pair that is reported is the one that differs, wherever it stands.
func TestCorrelationPair(t *testing.T) {
	for first := range 4 {
		for second := first + 1; second < 4; second++ {
			a, b := numbers(400, 4, 1), numbers(400, 4, 1)
			for i := range 400 {
				b.Data[4*i+second] = b.Data[4*i+first] + 0.1*b.Data[4*i+second]
			}
			c, _, _, err := CorrelationError(a, b)
			if err != nil || c < 0.8 {
				t.Fatalf("correlations differ by %v, %v", c, err)
			}
			if _, i, k, _ := CorrelationError(a, b); i != first || k != second {
				t.Errorf("columns %d and %d, want %d and %d", i, k, first, second)
			}
			if got := made(CorrelationMeasure(a, b)).Value(); math.Abs(got-c) > 1e-5 {
				t.Errorf("as a measure %v, want %v", got, c)
			}
		}
	}
}
