package smld

import (
	"math"
	"testing"
)

// TestBasisSpread: two equal columns of whole numbers have variance across their diagonal too. It is that of
// the bins over which they are spread.
func TestBasisSpread(t *testing.T) {
	const n = 600
	values := make([]float64, n)
	for i := range values {
		values[i] = float64(i % 6)
	}
	e, points := encodedPoints(t, tableOf(values, values))
	m, err := NewModel(points, ModelConfig{
		Hidden: []int{8}, Preconditioning: Linear, Encoding: e, Sigmas: []float32{4, 1, 0.1}, Seed: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Spread) != 2 {
		t.Fatalf("%d axes, want 2", len(m.Spread))
	}
	bin := float64(e.Bins()[0])
	if got, want := float64(m.Spread[1]), bin/math.Sqrt(12); !(math.Abs(got-want) < 1e-5*want) {
		t.Errorf("standard deviation across is %v, want %v", got, want)
	}
	if corner := float32(bin / 2 * math.Sqrt2); !(m.Ends[0][1] <= -corner && m.Ends[1][1] >= corner) {
		t.Errorf("ends %v and %v across, want the bins' corners %v within",
			m.Ends[0][1], m.Ends[1][1], corner)
	}
}
