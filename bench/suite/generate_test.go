package main

import (
	"math"
	"testing"
)

// TestProblems makes finite rows of the described shapes.
func TestProblems(t *testing.T) {
	shapes := map[string][2]int{
		"8gaussians": {10_000, 2}, "moons": {10_000, 2}, "checkerboard": {10_000, 2}, "people": {2000, 5},
		"shop": {2000, 3}, "thirty": {30, 2}, "tail": {2000, 2}, "scales": {2000, 2},
		"subspace": {1000, 150}, "wide": {400, 2000}, "digits": {750, 64},
	}
	list := problems("")
	if len(list) != len(shapes) {
		t.Errorf("%d sets, want %d", len(list), len(shapes))
	}
	for _, p := range list {
		set, fresh, other, err := p.load()
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]int{set.X.Rows, set.X.Cols}; got != shapes[p.name] {
			t.Errorf("%s is %v, want %v", p.name, got, shapes[p.name])
		}
		if fresh.Rows != p.samples || other.Rows != p.samples {
			t.Errorf("%s: %d and %d true rows, want %d", p.name, fresh.Rows, other.Rows, p.samples)
		}
		for i := range set.X.Rows {
			for j, v := range set.X.Row(i) {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%s: row %d, column %d is %v", p.name, i, j, v)
				}
			}
		}
	}
}
