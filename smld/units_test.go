package smld

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestScales: each way to scale has the units that it says, of columns and of images.
func TestScales(t *testing.T) {
	const n = 3000
	table := tableOf(normals(n, 5, 3), normals(n, -1, 0.5))
	pixels := tableOf(normals(n, 5, 3), normals(n, -1, 0.5))
	pixels.Columns, pixels.Image = nil, &dataset.Image{Height: 1, Width: 2, Channels: 1}
	root := math.Sqrt((9 + 0.25) / 2)
	for _, c := range []struct {
		scale       Scaling
		image       bool
		mean, units [2]float64
	}{
		{ColumnScale, false, [2]float64{5, -1}, [2]float64{3, 0.5}},
		{AutoScale, false, [2]float64{5, -1}, [2]float64{3, 0.5}},
		{OneScale, false, [2]float64{5, -1}, [2]float64{root, root}},
		{NoScale, false, [2]float64{0, 0}, [2]float64{1, 1}},
		{ColumnScale, true, [2]float64{5, -1}, [2]float64{3, 0.5}},
		{AutoScale, true, [2]float64{5, -1}, [2]float64{root, root}},
		{NoScale, true, [2]float64{0, 0}, [2]float64{1, 1}},
	} {
		set := table
		if c.image {
			set = pixels
		}
		e, err := NewEncoding(set, EncodingConfig{Scale: c.scale})
		if err != nil {
			t.Fatal(err)
		}
		for j, got := range e.Coordinates {
			if math.Abs(got.Mean-c.mean[j]) > 0.2 || math.Abs(got.Scale/c.units[j]-1) > 0.06 {
				t.Errorf("%s, image %v, column %d: mean %v, scale %v, want %v and %v",
					c.scale, c.image, j, got.Mean, got.Scale, c.mean[j], c.units[j])
			}
		}
		if one := c.scale == OneScale || c.image && c.scale == AutoScale; one &&
			e.Coordinates[0].Scale != e.Coordinates[1].Scale {
			t.Errorf("%s: two scales in %+v", c.scale, e.Coordinates)
		}
	}
}

// TestScaleErrors: what nothing can be learned from is an error, and so are settings that make no sense.
func TestScaleErrors(t *testing.T) {
	good := tableOf([]float64{1, 2}, []float64{3, 5})
	for _, c := range []struct {
		set    *dataset.Set
		config EncodingConfig
		want   string
	}{
		{tableOf([]float64{1}, []float64{2}), EncodingConfig{}, "too few"},
		{good, EncodingConfig{Scale: "wide"}, `no scale "wide"`},
		{good, EncodingConfig{Bin: -2}, "bins of width -2"},
		{good, EncodingConfig{Bin: math.NaN()}, "bins of width NaN"},
		{good, EncodingConfig{Bin: math.Inf(1)}, "bins of width +Inf"},
		{tableOf([]float64{4, 4}, []float64{4, 4}), EncodingConfig{}, "all values are 4"},
		{tableOf([]float64{4, 4}, []float64{3, 3}), EncodingConfig{}, "rows are all the same"},
		{tableOf([]float64{4, 5}, []float64{-1.7e308, 1.7e308}), EncodingConfig{}, "values from -1.7e"},
		{tableOf([]float64{-1e308, 1.5e308}, []float64{1, 2}), EncodingConfig{Scale: OneScale}, "far apart"},
		{tableOf([]float64{4, 5}, []float64{0, 1e39}), EncodingConfig{Scale: NoScale}, "column 2 has"},
	} {
		if _, err := NewEncoding(c.set, c.config); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
	if _, err := NewEncoding(good, EncodingConfig{Bin: NoBin}); err != nil {
		t.Error(err)
	}
}

// TestEncodedMixture: the density of a mixture in an encoding's units is the density of its points, by the
// scales.
func TestEncodedMixture(t *testing.T) {
	means := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{4, -1, 6, 0}}
	plain, err := NewGaussianMixture([]float64{0.3, 0.7}, means, []float64{2, 0.5})
	if err != nil {
		t.Fatal(err)
	}
	full, err := NewFullGaussianMixture([]float64{0.3, 0.7}, means, []mat.Symmetric{
		mat.NewSymDense(2, []float64{4, 0.7, 0.7, 0.5}), mat.NewSymDense(2, []float64{1, -0.4, -0.4, 2}),
	})
	if err != nil {
		t.Fatal(err)
	}
	set := tableOf(normals(50, 5, 3), normals(50, -1, 0.5))
	e, points := encodedPoints(t, set)
	x := kernels.NewMatrix(50, 2)
	for i, v := range set.X.Data {
		x.Data[i] = float32(v)
	}
	for name, m := range map[string]*GaussianMixture{"plain": plain, "full": full} {
		encoded, err := m.Encoded(e)
		if err != nil {
			t.Fatal(err)
		}
		got, want := make([]float64, 50), make([]float64, 50)
		encoded.LogDensity(got, points, 0)
		m.LogDensity(want, x, 0)
		for i := range want {
			scales := math.Log(e.Coordinates[0].Scale) + math.Log(e.Coordinates[1].Scale)
			if math.Abs(got[i]-want[i]-scales) > 1e-3*max(1, math.Abs(want[i])) {
				t.Errorf("%s: log density %v, want %v and %v", name, got[i], want[i], scales)
			}
		}
	}
	e.Coordinates[1].Tail = true
	if _, err := plain.Encoded(e); err == nil || !strings.Contains(err.Error(), "coordinate 2 is no linear") {
		t.Errorf("a tail: %v", err)
	}
	e.Coordinates = e.Coordinates[:1]
	if _, err := plain.Encoded(e); err == nil || !strings.Contains(err.Error(), "as 1 coordinates") {
		t.Errorf("one coordinate: %v", err)
	}
}

// TestModelRows: without an encoding, points are the rows of the data, of which two sides make an image.
func TestModelRows(t *testing.T) {
	m := &Model{Data: Description{Shape: []int{2, 3}}, Mean: make([]float32, 6)}
	x := kernels.NewMatrix(4, 6)
	copy(x.Data, []float32{1, -2, 0.1, 3e38, 5, float32(math.NaN())})
	rows := m.Rows(x)
	if rows.Rows != 4 || rows.Cols != 6 || rows.Data[2] != float64(float32(0.1)) || rows.Data[1] != -2 {
		t.Errorf("rows are %v", rows)
	}
	for i, v := range m.Points(rows).Data {
		if v != x.Data[i] && x.Data[i] == x.Data[i] {
			t.Errorf("element %d comes back as %v, was %v", i, v, x.Data[i])
		}
	}
	if image := m.Image(); image == nil || *image != (dataset.Image{Height: 2, Width: 3, Channels: 1}) {
		t.Errorf("the image is %+v", image)
	}
	m.Data.Shape = []int{6}
	if image := m.Image(); image != nil {
		t.Errorf("a row is the image %+v", image)
	}
}
