package metrics

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// TestGolden: measures and comparisons, with the noise and the divisions that follow from a seed, have these bits on
// every machine.
func TestGolden(t *testing.T) {
	defer implementation.Use("auto")
	a, b, more := normals(70, 3, 1), normals(110, 3, 2), normals(90, 3, 3)
	table := func(x kernels.Matrix) []float64 { return Column(numbers(x.Rows, 1, uint64(x.Rows)), 0) }
	for _, backend := range implementation.All() {
		if err := implementation.Use(backend); err != nil {
			t.Fatal(err)
		}
		mmd := Compare("MMD", made(MMDMeasure(a, b, 1)), made(MMDMeasure(more, b, 1)), true, 5)
		sliced := Compare("sliced", made(SlicedMeasure(a, b, 9, 4)), made(SlicedMeasure(more, b, 9, 4)), false, 6)
		means, err := CompareMeans("means", table(a), table(b), 7)
		if err != nil {
			t.Fatal(err)
		}
		columns, farthest, err := CompareColumns(numbers(70, 2, 1), numbers(110, 2, 2), numbers(90, 2, 3),
			[]dataset.Column{{Kind: dataset.Number}, {Kind: dataset.Number}}, 8)
		if err != nil {
			t.Fatal(err)
		}
		var values []float64
		for _, c := range []Comparison{mmd, sliced, means, farthest} {
			values = append(values, c.Value, c.Floor, c.Spread, c.P)
		}
		for _, c := range columns {
			values = append(values, c.Value, c.Floor, c.Spread, c.P)
		}
		values = append(values, scoreErrors(t)...)
		h := fnv.New64a()
		if err := binary.Write(h, binary.LittleEndian, values); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", h.Sum64()); got != "62c1e671f24a58ab" {
			t.Errorf("%s: %s of %v", backend, got, values)
		}
	}
}

// scoreErrors are those of a score that is too small by half.
func scoreErrors(t *testing.T) []float64 {
	means := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{-1, 0, 1, 0.5}}
	m, err := smld.NewGaussianMixture([]float64{0.7, 0.3}, means, []float64{0.5, 0.2})
	if err != nil {
		t.Fatal(err)
	}
	errors, err := ScoreErrors(scaled{m, 0.5}, m, []float32{10, 1, 0.1}, 40, 9)
	if err != nil {
		t.Fatal(err)
	}
	return errors
}
