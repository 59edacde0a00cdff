package metrics

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

func matrix64(rows [][]float64) kernels.Matrix64 {
	x := kernels.NewMatrix64(len(rows), len(rows[0]))
	for i, row := range rows {
		copy(x.Data[i*x.Stride:], row)
	}
	return x
}

// TestColumnsNumPy compares with NumPy, see testdata/columns.py. The tables have ties, categories, a constant column and
// one that is 10^9 standard deviations from zero.
func TestColumnsNumPy(t *testing.T) {
	var want struct {
		A, B          [][]float64
		KS, Variation []float64
		Correlation   float64
		Pair          []int
	}
	text, err := os.ReadFile("testdata/columns.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	a, b := matrix64(want.A), matrix64(want.B)
	for j := range a.Cols {
		ks, _, err := KS(Column(a, j), Column(b, j))
		if err != nil || math.Abs(ks-want.KS[j]) > 1e-15 {
			t.Errorf("column %d: KS %v (%v), NumPy has %v", j, ks, err, want.KS[j])
		}
		if v := must(TotalVariation(Column(a, j), Column(b, j))); math.Abs(v-want.Variation[j]) > 1e-14 {
			t.Errorf("column %d: total variation %v, NumPy has %v", j, v, want.Variation[j])
		}
	}
	got, i, k, err := CorrelationError(a, b)
	if err != nil || math.Abs(got-want.Correlation) > 1e-9 || !slices.Equal([]int{i, k}, want.Pair) {
		t.Errorf("correlation of %d and %d differs by %v (%v), NumPy has %v of %v", i, k, got, err, want.Correlation, want.Pair)
	}
	m, err := CorrelationMeasure(a, b)
	if err != nil || math.Abs(m.Value()-got) > 1e-5 {
		t.Errorf("as a measure %v (%v), want %v", m.Value(), err, got)
	}
}

// TestKSProbability: the usual critical values are 1.3581 at 5% and 1.6276 at 1%.
func TestKSProbability(t *testing.T) {
	for _, c := range []struct{ t, want float64 }{{1.3581, 0.05}, {1.6276, 0.01}, {0.1, 1}, {0.5, 0.9639}, {20, 0}} {
		const n = 20_000 // and as many others
		if got := KSProbability(c.t/100, n, n); math.Abs(got-c.want) > 1e-5+1e-4*c.want {
			t.Errorf("t = %v: %v, want %v", c.t, got, c.want)
		}
	}
}

// TestCorrelationExtremes: of values whose squares overflow or vanish, and of columns without spread.
func TestCorrelationExtremes(t *testing.T) {
	for _, scale := range []float64{1, 1e300, 1.7e308, 1e-300} {
		a := matrix64([][]float64{{-scale, -scale, 3}, {scale, scale, 3}, {0, 0, 3}, {scale / 2, scale / 4, 3}})
		b := matrix64([][]float64{{-scale, scale, 4}, {scale, -scale, 5}, {0, 0, 3}, {scale / 2, -scale / 4, 3}})
		got, i, k, err := CorrelationError(a, b)
		if err != nil || i != 0 || k != 1 || math.Abs(got-1.978951) > 1e-6 {
			t.Errorf("scale %v: %v of %d and %d (%v), want 1.978951 of 0 and 1", scale, got, i, k, err)
		}
	}
	constant := matrix64([][]float64{{1, 2}, {1, 3}})
	if got, i, k, err := CorrelationError(constant, constant); got != 0 || i != -1 || k != -1 || err != nil {
		t.Errorf("a constant column: %v of %d and %d (%v)", got, i, k, err)
	}
	if _, _, _, err := CorrelationError(matrix64([][]float64{{1, math.NaN()}, {1, 3}}), constant); err == nil {
		t.Error("NaN is no error")
	}
}

// TestCompareColumns: of three columns one is moved, and only that one is told. A column of whole numbers and one of
// categories are compared value by value.
func TestCompareColumns(t *testing.T) {
	const n = 400
	table := func(seed uint64, moved float64) kernels.Matrix64 {
		z, x := normals(n, 4, seed), kernels.NewMatrix64(n, 4)
		for i := range n {
			row := x.Data[i*x.Stride:]
			row[0], row[1] = float64(z.Row(i)[0]), 1000*float64(z.Row(i)[1])+moved
			row[2] = math.Round(float64(z.Row(i)[2]))
			if row[3] = 0; z.Row(i)[3] > 0 {
				row[3] = 1
			}
		}
		return x
	}
	columns := []dataset.Column{{Kind: dataset.Number}, {Name: "moved", Kind: dataset.Number}, {Name: "whole", Kind: dataset.Integer},
		{Name: "c", Kind: dataset.Category, Categories: []string{"a", "b"}}}
	for _, moved := range []float64{0, 500} {
		all, farthest, err := CompareColumns(table(1, moved), table(2, 0), table(3, 0), columns, 1)
		if err != nil {
			t.Fatal(err)
		}
		for j, c := range all {
			if c.Told != (moved > 0 && j == 1) || !(c.Floor > 0) || !(c.Spread > 0) {
				t.Errorf("moved by %v: %+v", moved, c)
			}
		}
		if all[0].Name != "column 1" || all[1].Distance != KSDistance || all[2].Distance != TotalVariationDistance ||
			all[3].Distance != TotalVariationDistance {
			t.Errorf("columns are %+v", all)
		}
		if farthest.Told != (moved > 0) || moved > 0 && farthest.Where != "moved, KS" {
			t.Errorf("moved by %v: %+v", moved, farthest)
		}
		if ks, _, _ := KS(Column(table(1, moved), 1), Column(table(2, 0), 1)); all[1].Value != ks {
			t.Errorf("distance %v, want %v", all[1].Value, ks)
		}
	}
	x, names := Indicators(table(1, 0), columns)
	if !slices.Equal(names, []string{"column 1", "moved", "whole", "c=a", "c=b"}) || x.Cols != 5 {
		t.Errorf("indicators %v", names)
	}
	for i := range n {
		if row := x.Data[i*x.Stride:]; row[3]+row[4] != 1 {
			t.Fatalf("row %d has the categories %v", i, row[3:5])
		}
	}
}
