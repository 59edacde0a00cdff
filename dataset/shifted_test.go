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
	s := NewShifted(dot{}, 5, 6, most, -1, 3)
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
	for _, size := range [][3]int{{5, 5, 1}, {5, 6, 5}, {5, 6, -1}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v: no panic", size)
				}
			}()
			NewShifted(dot{}, size[0], size[1], size[2], 0, 1)
		}()
	}
}
