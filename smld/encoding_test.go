package smld

import (
	"math"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// tableOf returns a set of columns of numbers, whole numbers where all values are.
func tableOf(columns ...[]float64) *dataset.Set {
	s := &dataset.Set{
		Name: "table", X: kernels.NewMatrix64(len(columns[0]), len(columns)), Shape: []int{len(columns)},
	}
	for k, values := range columns {
		kind := dataset.Integer
		for i, v := range values {
			s.X.Data[i*len(columns)+k] = v
			if v != math.Trunc(v) {
				kind = dataset.Number
			}
		}
		s.Columns = append(s.Columns, dataset.Column{
			Kind: kind, Low: slices.Min(values), High: slices.Max(values),
		})
	}
	return s
}

func normals(n int, mean, std float64) []float64 {
	z := make([]float32, n)
	kernels.Noise{Seed: 8}.Fill(z, 0)
	x := make([]float64, n)
	for i := range x {
		x[i] = mean + std*float64(z[i])
	}
	return x
}

func encodedPoints(t *testing.T, set *dataset.Set) (*Encoding, kernels.Matrix) {
	e, err := NewEncoding(set, EncodingConfig{})
	if err != nil {
		t.Fatal(err)
	}
	points := kernels.NewMatrix(set.X.Rows, e.Dim())
	e.Encode(points, set.X)
	return e, points
}

// TestEncodingUnits: whatever the unit and the origin of a column, its points are the same, with mean zero
// and standard deviation one. Rows come back to half of the resolution.
func TestEncodingUnits(t *testing.T) {
	const n = 2000
	_, usual := encodedPoints(t, tableOf(normals(n, 0, 1), normals(n, 3, 0.5)))
	for _, unit := range []float64{1e-300, 1e-30, 1e-9, 1, 1e12, 1e38, 1e150, 1e300} {
		for _, origin := range []float64{0, 1e5, -1e9} {
			set := tableOf(normals(n, origin*unit, unit), normals(n, 3, 0.5))
			e, points := encodedPoints(t, set)
			mean, squares, others := 0.0, 0.0, 0
			for i := range n {
				v := float64(points.Row(i)[0])
				mean, squares = mean+v/n, squares+v*v/n
				if points.Row(i)[0] != usual.Row(i)[0] {
					others++
				}
			}
			if math.Abs(mean) > 1e-5 || math.Abs(squares-1) > 1e-5 || others > 2 {
				t.Errorf("unit %g, origin %g: points have mean %v, mean square %v, and %d are others",
					unit, origin, mean, squares, others)
			}
			back := kernels.NewMatrix64(n, 2)
			e.Decode(back, points)
			for i, v := range back.Data {
				tolerance := 1.01 * resolution / 2 * []float64{unit, 0.5}[i%2]
				if math.Abs(v-set.X.Data[i]) > tolerance {
					t.Fatalf("unit %g, origin %g: value %d comes back as %v, was %v",
						unit, origin, i, v, set.X.Data[i])
				}
			}
		}
	}
}

// TestEncodingWildRow: one value a million scales away moves neither mean nor scale of the others, and comes
// back within a thousandth.
func TestEncodingWildRow(t *testing.T) {
	values := normals(2000, 7, 2)
	calm, _ := encodedPoints(t, tableOf(values, normals(2000, 0, 1)))
	values[17] = 2e6
	set := tableOf(values, normals(2000, 0, 1))
	e, points := encodedPoints(t, set)
	a, b := calm.Coordinates[0], e.Coordinates[0]
	if math.Abs(a.Mean-b.Mean) > 0.02*a.Scale || math.Abs(a.Scale-b.Scale) > 0.05*a.Scale || !b.Tail ||
		a.Tail {
		t.Errorf("coordinate %+v with a wild row, %+v without", b, a)
	}
	if most := slices.Max(points.Data); most > 30 {
		t.Errorf("a point has the coordinate %v", most)
	}
	back := kernels.NewMatrix64(2000, 2)
	e.Decode(back, points)
	if v := back.Data[2*17]; math.Abs(v/2e6-1) > 1e-3 {
		t.Errorf("the wild value comes back as %v", v)
	}
	got, want := e.LogScaleAt(points.Row(17))-e.LogScale(), math.Log(1+(2e6-b.Mean)/b.Scale-tailStart)
	if math.Abs(got-want) > 1e-3 {
		t.Errorf("the tail adds %v to the log of the scale, want %v", got, want)
	}
}

// TestEncodingColumns: constants, flags, categories, counts and amounts that are mostly zero come back as
// they are.
func TestEncodingColumns(t *testing.T) {
	const n = 1000
	columns := make([][]float64, 6)
	z := normals(n, 0, 1)
	for i := range n {
		amount := 0.0
		if i%5 == 0 {
			amount = 1000 * math.Exp(z[i])
		}
		hours := math.Round(40 + 10*z[i])
		if i%2 == 0 {
			hours = 40
		}
		for k, v := range []float64{
			7.25, float64(i % 2), float64(i % 3), math.Round(3 * math.Abs(z[i])), amount, hours,
		} {
			columns[k] = append(columns[k], v)
		}
	}
	set := tableOf(columns...)
	set.Columns[2].Kind, set.Columns[2].Categories = dataset.Category, []string{"a", "b", "c", "never"}
	e, points := encodedPoints(t, set)
	if want := 0 + 1 + 3 + 1 + 2 + 2; e.Dim() != want {
		t.Errorf("%d coordinates, want %d: %+v", e.Dim(), want, e.Coordinates)
	}
	noisy := slices.Clone(points.Data)
	for i := range noisy {
		noisy[i] += 0.02 * float32(z[i%n])
	}
	for _, data := range [][]float32{points.Data, noisy} {
		back := kernels.NewMatrix64(n, len(columns))
		e.Decode(back, kernels.Matrix{Rows: n, Cols: e.Dim(), Stride: e.Dim(), Data: data})
		for i, v := range back.Data {
			want := set.X.Data[i]
			if k := i % len(columns); k == 4 && want != 0 {
				want, v = 0, math.Max(0, math.Abs(v-want)-150)
			} else if k == 5 && want != 40 {
				want, v = 0, math.Max(0, math.Abs(v-want)-1)
			}
			if v != want {
				t.Fatalf("row %d, column %d is %v, want %v", i/len(columns), i%len(columns), v, want)
			}
		}
	}
}

// TestEncodingImages: pixels come back whole, whatever a sampler makes of them. Each is within the range that
// the data have there.
func TestEncodingImages(t *testing.T) {
	const n = 50
	set := &dataset.Set{
		Name: "images", X: kernels.NewMatrix64(n, 4), Shape: []int{2, 2},
		Image: &dataset.Image{Height: 2, Width: 2, Channels: 1}, Whole: true,
	}
	for i := range set.X.Data {
		set.X.Data[i] = float64(i/4%4*5 + i%4*(i%3)) // to 15, 16, 19 and 21
	}
	e, points := encodedPoints(t, set)
	back := kernels.NewMatrix64(n, 4)
	e.Decode(back, points)
	if !slices.Equal(back.Data, set.X.Data) {
		t.Errorf("images come back as %v, were %v", back.Data, set.X.Data)
	}
	for _, far := range []float32{-9, 9} {
		for j := range points.Data {
			points.Data[j] = far
		}
		e.Decode(back, points)
		for j, v := range back.Row(0) {
			values := make([]float64, n)
			column(values, set.X, j)
			if want := slices.Min(values); far < 0 && v != want || far > 0 && v != slices.Max(values) {
				t.Errorf("pixel %d at %v comes back as %v, its values are %v to %v",
					j, far, v, want, slices.Max(values))
			}
		}
	}
}
