package dataset

import (
	"math"
	"slices"
	"testing"
)

func TestDigits(t *testing.T) {
	s, err := Digits()
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "digits" || s.X.Rows != 1500 || s.X.Cols != 64 || !slices.Equal(s.Shape, []int{8, 8}) {
		t.Fatalf("%s is %dx%d with rows of shape %v", s.Name, s.X.Rows, s.X.Cols, s.Shape)
	}
	if low, high := slices.Min(s.X.Data), slices.Max(s.X.Data); low != 0 || high != 16 {
		t.Errorf("values are %v to %v, want 0 to 16", low, high)
	}
	if s.Image == nil || *s.Image != (Image{Height: 8, Width: 8, Channels: 1}) || s.Columns != nil || !s.Whole || s.Double {
		t.Errorf("the images are %v with columns %v, whole numbers: %v, float64: %v", s.Image, s.Columns, s.Whole, s.Double)
	}
	for i, v := range s.X.Data {
		if v != math.Trunc(v) {
			t.Fatalf("value %d is %v", i, v)
		}
	}
	var classes [10]int
	for _, c := range s.Labels {
		classes[c]++
	}
	if want := [10]int{154, 153, 157, 154, 145, 151, 135, 147, 149, 155}; len(s.Labels) != 1500 || classes != want {
		t.Errorf("%d labels, of each class %v, want %v", len(s.Labels), classes, want)
	}
	s.X.Data[0] = 99
	if again, _ := Digits(); again.X.Data[0] == 99 {
		t.Error("Digits returns memory that it shares")
	}
}
