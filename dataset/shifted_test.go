package dataset

import (
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// dot is a source of images of 5x6 pixels, of which one, in row 2 and column 3, is set.
type dot struct{}

func (dot) Dim() int { return 30 }

func (dot) Batch(dst kernels.Matrix, _ uint64) {
	for r := range dst.Rows {
		clear(dst.Row(r))
		dst.Row(r)[2*6+3] = 7
	}
}

// TestShifted: displacements have a triangular distribution, labels that tell them, and follow from seed and number alone.
func TestShifted(t *testing.T) {
	const n, most = 5000, 2
	s := NewShifted(dot{}, Image{Height: 5, Width: 6, Channels: 1}, most, slices.Repeat([]float32{-1}, 30), 3)
	x, again, labels := kernels.NewMatrix(n, 30), kernels.NewMatrix(70, 30), kernels.NewMatrix(n, s.AugmentLabels())
	s.AugmentedBatch(x, labels, 11)
	s.Batch(again, 11+400)
	if !slices.Equal(x.Slice(400, 470).Data, again.Data) {
		t.Error("a point depends on its batch")
	}
	var counts [2*most + 1][2*most + 1]int
	for i := range n {
		at := slices.Index(x.Row(i), 7)
		if at < 0 {
			t.Fatalf("point %d has lost its dot", i)
		}
		down, across := at/6-2, at%6-3
		for y := range 5 {
			for x0 := range 6 {
				if want := float32(0); y*6+x0 != at {
					if y < down || y >= 5+down || x0 < across || x0 >= 6+across {
						want = -1 // came in at an edge
					}
					if got := x.Row(i)[y*6+x0]; got != want {
						t.Fatalf("moved by %d and %d, pixel %d, %d is %v, want %v", down, across, y, x0, got, want)
					}
				}
			}
		}
		if l := labels.Row(i); l[0] != float32(down)/most || l[1] != float32(across)/most {
			t.Fatalf("moved by %d and %d, point %d has labels %v", down, across, i, l)
		}
		counts[down+most][across+most]++
	}
	chi := 0.0
	triangle := [...]float64{1. / 9, 2. / 9, 3. / 9, 2. / 9, 1. / 9}
	for i, row := range counts {
		for j, c := range row {
			expected := n * triangle[i] * triangle[j]
			chi += (float64(c) - expected) * (float64(c) - expected) / expected
		}
	}
	const limit = 66 // of 24 degrees of freedom, exceeded with a probability of 10^-5
	if chi > limit {
		t.Errorf("displacements %v: chi-square %v", counts, chi)
	}
}

func TestShiftedPanics(t *testing.T) {
	for _, bad := range []func(){
		func() { NewShifted(dot{}, Image{Height: 5, Width: 6, Channels: 1}, 1, make([]float32, 1), 1) },
		func() { NewShifted(dot{}, Image{Height: 5, Width: 2, Channels: 1}, 1, make([]float32, 30), 1) },
		func() { // past the last index
			s := NewShifted(dot{}, Image{Height: 5, Width: 6, Channels: 1}, 1, make([]float32, 30), 1)
			s.Batch(kernels.NewMatrix(1, 30), 1<<63)
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			bad()
		}()
	}
	for _, size := range [][3]int{{5, 5, 1}, {5, 6, 5}, {5, 6, -1}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v: no panic", size)
				}
			}()
			NewShifted(dot{}, Image{Height: size[0], Width: size[1], Channels: 1}, size[2], make([]float32, 30), 1)
		}()
	}
}

// ramp is a source of points (1, 2, 3, ..., n).
type ramp int

func (n ramp) Dim() int { return int(n) }

func (n ramp) Batch(dst kernels.Matrix, _ uint64) {
	for r := range dst.Rows {
		for j := range dst.Row(r) {
			dst.Row(r)[j] = float32(j + 1)
		}
	}
}

// TestShiftedLayouts moves all channels of a pixel together, and takes the coordinate's own value for what comes in.
func TestShiftedLayouts(t *testing.T) {
	for _, m := range []Image{
		{Height: 3, Width: 4, Channels: 1}, {Height: 4, Width: 3, Channels: 3}, {Height: 3, Width: 4, Channels: 3, ChannelsFirst: true},
	} {
		const n, most = 60, 2
		fill := make([]float32, m.Size())
		for j := range fill {
			fill[j] = -float32(j)
		}
		s := NewShifted(ramp(m.Size()), m, most, fill, 5)
		x, labels := kernels.NewMatrix(n, m.Size()), kernels.NewMatrix(n, 2)
		s.AugmentedBatch(x, labels, 0)
		for i := range n {
			down, across := int(labels.Row(i)[0]*most), int(labels.Row(i)[1]*most)
			for j := range m.Size() {
				c, y, x0 := j%m.Channels, j/m.Channels/m.Width, j/m.Channels%m.Width
				at := m.At(y, x0, c)
				want := fill[at]
				if y, x0 := y-down, x0-across; y >= 0 && y < m.Height && x0 >= 0 && x0 < m.Width {
					want = float32(m.At(y, x0, c) + 1)
				}
				if got := x.Row(i)[at]; got != want {
					t.Fatalf("%+v moved by %d and %d: channel %d of pixel %d, %d is %v, want %v", m, down, across, c, y, x0, got, want)
				}
			}
		}
	}
}
