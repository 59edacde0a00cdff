package metrics

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// Level is the share of true samples that a measure says can be told from data: its false alarms.
const Level = 0.01

const (
	divisions = 199 // random ones, of which the largest two are Level
	halvings  = 40  // random halves of true points, for a floor
)

// Comparison is a measure of samples next to its floor, the same measure of true samples, and whether the samples can be
// told from true ones by it.
type Comparison struct {
	Name  string  `json:"name"`
	Where string  `json:"where,omitempty"` // column or columns of the largest difference
	Value float64 `json:"value"`           // between samples and true points
	// Floor is the mean of the same between random halves of true points, and Spread its standard deviation. Of a
	// difference with a sign it is the mean of the magnitude.
	Floor  float64 `json:"floor"`
	Spread float64 `json:"spread"`
	// Ratio is the magnitude of Value over Floor. There is none unless the floor is above half of Spread: the mean of 40
	// halves of a measure that is zero on average stays below, and a ratio to it would be chance.
	Ratio *float64 `json:"ratio,omitempty"`
	// P is the share of random divisions of the samples and the true points together that are as far apart: small where
	// the two differ. Told is P <= Level.
	P    float64 `json:"p"`
	Told bool    `json:"told"`
}

// Compare returns the comparison of a measure between samples and data with the same measure between more and data, where
// both data are the same true points and more are other ones. A measure with a sign counts by its magnitude where signed is
// set.
//
// P is that of a permutation test (Fisher 1935): the measure between samples and data is compared with those of 199 random
// divisions of both together. Where samples are true points the one that is there is as likely as any other to be the
// largest, the second largest and so on, whatever the distribution and the measure, so that Told is wrong in one of a
// hundred cases. Divisions follow from seed.
func Compare(name string, ofSamples, ofData Measure, signed bool, seed uint64) Comparison {
	value, chance := ofSamples.random(divisions, seed)
	_, floors := ofData.random(halvings, seed+1)
	reach := value
	if signed {
		reach = math.Abs(value)
		for _, values := range [][]float64{chance, floors} {
			for i, v := range values {
				values[i] = math.Abs(v)
			}
		}
	}
	c := Comparison{Name: name, Value: value, P: share(reach, chance)}
	c.Floor, c.Spread = meanAndSpread(floors)
	c.Ratio = ratio(reach, c.Floor, c.Spread)
	c.Told = c.P <= Level
	return c
}

// CompareMeans returns the comparison of the mean of a figure of samples, such as their distance to the nearest of some
// points, with that of true points, which is the floor; Spread is the standard error of the floor. Told is a permutation
// test of their difference, in either direction; see Compare.
func CompareMeans(name string, ofSamples, ofData []float64, seed uint64) (Comparison, error) {
	m, err := MeanMeasure(ofSamples, ofData)
	if err != nil {
		return Comparison{}, err
	}
	difference, chance := m.random(divisions, seed)
	for i, v := range chance {
		chance[i] = math.Abs(v)
	}
	c := Comparison{Name: name, P: share(math.Abs(difference), chance)}
	c.Value, _ = Mean(ofSamples)
	c.Floor, c.Spread = Mean(ofData)
	c.Ratio = ratio(c.Value, c.Floor, c.Spread)
	c.Told = c.P <= Level
	return c, nil
}

// share returns the share of values that are at least as large as one, that one counted.
func share(value float64, others []float64) float64 {
	const rounding = 1e-12 // of sums in another order
	n, limit := 1, value-float64(rounding*math.Abs(value))
	for _, o := range others {
		if !(o < limit) {
			n++
		}
	}
	return float64(n) / float64(len(others)+1)
}

// ratio returns the ratio of a value to its floor, or nil where there is none.
func ratio(value, floor, spread float64) *float64 {
	if !(floor > 0) || !(floor > spread/2) {
		return nil
	}
	r := value / floor
	if math.IsInf(r, 1) || math.IsNaN(r) {
		return nil
	}
	return &r
}

// Ratio returns the ratio of two means over the same repetitions, as of a measure and its floor, and its standard error
// by the delta method, which knows that both vary together. The ratio is NaN unless the mean of the floors is positive,
// and its error is NaN for a single repetition.
func Ratio(values, floors []float64) (ratio, standardError float64) {
	n := float64(len(values))
	value, _ := Mean(values)
	floor, _ := Mean(floors)
	if !(floor > 0) {
		return math.NaN(), math.NaN()
	}
	ratio = value / floor
	if n < 2 {
		return ratio, math.NaN()
	}
	sum := 0.0
	for i, v := range values {
		d := v - float64(ratio*floors[i])
		sum += detmath.Square(d)
	}
	return ratio, math.Sqrt(sum/(n*(n-1))) / floor
}
