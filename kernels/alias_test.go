package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// elementsOf returns the set of elements of a view in a slice of at most 64.
func elementsOf(v placement) (set uint64) {
	for i := range v.rows {
		set |= (1<<v.cols - 1) << (v.offset + i*v.stride)
	}
	return set
}

// TestOverlaps compares the judgement of two views with the sets of their elements, for all views of a small
// slice.
func TestOverlaps(t *testing.T) {
	data := make([]float32, 30)
	var views []placement
	for rows := 1; rows <= 4; rows++ {
		for cols := 1; cols <= 4; cols++ {
			for stride := cols; stride <= 9; stride++ {
				for offset := 0; offset < 8; offset++ {
					if v := (placement{offset, rows, cols, stride}); v.size() <= len(data) {
						views = append(views, v)
					}
				}
			}
		}
	}
	sets, regions := make([]uint64, len(views)), make([]region, len(views))
	for i, v := range views {
		sets[i], regions[i] = elementsOf(v), v.of(data).region()
	}
	met := 0
	for i := range regions {
		for j := range regions {
			x, y := regions[i], regions[j]
			want := sets[i]&sets[j] != 0
			if want {
				met++
			}
			if got := x.overlaps(y); got != want {
				t.Fatalf("%+v and %+v share an element: %v, want %v", views[i], views[j], got, want)
			}
		}
	}
	if met == 0 || met == len(views)*len(views) {
		t.Errorf("%d of %d pairs meet", met, len(views)*len(views))
	}
}

// TestOverlapsOfLongViews does so for views of many rows and other strides, whose rows are compared one by
// one.
func TestOverlapsOfLongViews(t *testing.T) {
	data := make([]float64, 60_000)
	r := rand.New(rand.NewPCG(71, 72))
	view := func() placement {
		stride := 1 + r.IntN(300)
		return placement{r.IntN(3000), 1 + r.IntN(180), 1 + r.IntN(1+min(stride-1, r.IntN(40))), stride}
	}
	apart := 0
	for range 4000 {
		v, w := view(), view()
		want := false
		for i := range v.rows {
			for j := range w.rows {
				at, other := v.offset+i*v.stride, w.offset+j*w.stride
				want = want || at < other+w.cols && other < at+v.cols
			}
		}
		x := viewRegion(v.rows, v.cols, v.stride, data[v.offset:])
		y := viewRegion(w.rows, w.cols, w.stride, data[w.offset:])
		if got := x.overlaps(y); got != want {
			t.Fatalf("%+v and %+v share an element: %v, want %v", v, w, got, want)
		}
		if !want && v.offset < w.offset+extent(w.rows, w.cols, w.stride) &&
			w.offset < v.offset+extent(v.rows, v.cols, v.stride) {
			apart++
		}
	}
	if apart < 100 {
		t.Errorf("only %d pairs interleave without sharing an element", apart)
	}
}

// TestOverlapsOfVectors: a vector may lie between the rows of a matrix, and a single row has no stride.
func TestOverlapsOfVectors(t *testing.T) {
	data := make([]float32, 60)
	m := Matrix{Rows: 5, Cols: 3, Stride: 12, Data: data}
	row := Matrix{Rows: 1, Cols: 4, Stride: math.MaxInt, Data: data[20:]}
	for _, c := range []struct {
		what string
		x, y region
		want bool
	}{
		{"a vector in a gap", m.region(), regionOf(data[3:12]), false},
		{"one element before", m.region(), regionOf(data[2:12]), true},
		{"one element after", m.region(), regionOf(data[3:13]), true},
		{"no vector", m.region(), regionOf(data[:0]), false},
		{"behind the last row", m.region(), regionOf(data[51:]), false},
		{"a row in a gap", m.region(), row.region(), false},
		{"a row that begins in a gap", m.region(),
			Matrix{Rows: 1, Cols: 5, Stride: math.MaxInt, Data: data[20:]}.region(), true},
		{"no columns", m.region(), Matrix{Rows: 5, Stride: 12, Data: data}.region(), false},
	} {
		if got := c.x.overlaps(c.y); got != c.want {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
		if got := c.y.overlaps(c.x); got != c.want {
			t.Errorf("%s, the other way: %v, want %v", c.what, got, c.want)
		}
	}
}

// BenchmarkOverlaps times the judgement of two views that lie apart, side by side, and with strides of their
// own.
func BenchmarkOverlaps(b *testing.B) {
	data := make([]float32, 1<<20)
	m := Matrix{Rows: 500, Cols: 100, Stride: 1000, Data: data}
	for _, c := range []struct {
		name string
		y    Matrix
	}{
		{"apart", Matrix{Rows: 500, Cols: 100, Stride: 1000, Data: data[500_000:]}},
		{"columns", Matrix{Rows: 500, Cols: 100, Stride: 1000, Data: data[100:]}},
		{"strides", Matrix{Rows: 200, Cols: 3, Stride: 2000, Data: data[200:]}},
		{"coprime", Matrix{Rows: 200, Cols: 3, Stride: 1237, Data: data[200:]}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				m.region().overlaps(c.y.region())
			}
		})
	}
}
