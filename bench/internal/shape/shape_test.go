package shape

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// TestDraw checks the first shapes of a seed, that a longer list begins with the shorter one, and that the
// logarithms of sizes are uniform: mean log(1024)/2, standard deviation log(1024)/sqrt(12).
func TestDraw(t *testing.T) {
	want := []Shape{{5, 32, 1}, {30, 181, 53}, {2, 1, 209}}
	if got := Draw(1, 3); !slices.Equal(got, want) {
		t.Errorf("seed 1 gives %v, want %v", got, want)
	}
	if slices.Equal(Draw(1, 3), Draw(2, 3)) {
		t.Error("seeds 1 and 2 give the same shapes")
	}
	const count = 3000
	shapes := Draw(1, count)
	if !slices.Equal(shapes[:3], Draw(1, 3)) {
		t.Error("a longer list does not begin with the shorter one")
	}
	for name, size := range map[string]func(Shape) int{
		"m": func(s Shape) int { return s.M },
		"n": func(s Shape) int { return s.N },
		"k": func(s Shape) int { return s.K },
	} {
		sum, least, most := 0.0, Largest, 1
		for _, s := range shapes {
			sum += math.Log(float64(size(s)))
			least, most = min(least, size(s)), max(most, size(s))
		}
		full := math.Log(Largest)
		if d := math.Abs(sum/count - full/2); d > 5*full/math.Sqrt(12*count) {
			t.Errorf("%s: the mean logarithm is %.3f off", name, d)
		}
		if least != 1 || most < 1000 || most > Largest {
			t.Errorf("%s: sizes from %d to %d", name, least, most)
		}
	}
}

func TestParse(t *testing.T) {
	got, err := Parse(strings.Fields("1 2 3 40 50 60"))
	if want := []Shape{{1, 2, 3}, {40, 50, 60}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for _, wrong := range []string{"1 2", "1 2 3 4", "1 0 3", "1 -2 3", "1 x 3"} {
		if _, err := Parse(strings.Fields(wrong)); err == nil {
			t.Errorf("%q passes", wrong)
		}
	}
}
