package metrics

import "math"

// Comparison is a measure of samples next to its floor, the same measure of true samples.
type Comparison struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"` // between samples and true samples
	Floor float64 `json:"floor"` // between true samples and true samples
	Ratio float64 `json:"ratio"` // Value/Floor
}

// Compare returns the comparison of a measure between samples and true ones with that between as many true ones and
// these. Where the floor is zero there is no ratio.
func Compare(name string, value, floor float64) Comparison {
	c := Comparison{Name: name, Value: value, Floor: floor}
	if floor != 0 {
		c.Ratio = value / floor
	}
	return c
}

// Ratio returns the ratio of two means over the same repetitions, as of a measure and its floor, and its standard error
// by the delta method, which knows that both vary together.
func Ratio(values, floors []float64) (ratio, standardError float64) {
	n := float64(len(values))
	value, _ := Mean(values)
	floor, _ := Mean(floors)
	ratio = value / floor
	sum := 0.0
	for i, v := range values {
		d := v - float64(ratio*floors[i])
		sum += float64(d * d)
	}
	return ratio, math.Sqrt(sum/(n*max(n-1, 1))) / floor
}
