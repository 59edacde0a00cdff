package metrics

import (
	"cmp"
	"math"
	"slices"
)

// line is pooled points of the line in ascending order, which all divisions of them share.
type line struct {
	at    []float64
	point []int // number of the point in the pool
}

func newLine(at []float64) line {
	l := line{make([]float64, len(at)), make([]int, len(at))}
	for i := range l.point {
		l.point[i] = i
	}
	slices.SortStableFunc(l.point, func(i, k int) int { return cmp.Compare(at[i], at[k]) })
	for i, p := range l.point {
		l.at[i] = at[p]
	}
	return l
}

// kolmogorov returns the largest difference of the two distribution functions, looked at after all equal values. The
// sums are whole numbers, so that equal distances are equal bits.
func (l line) kolmogorov(inFirst []bool, first, second int) float64 {
	sum, largest := 0, 0
	for i, p := range l.point {
		if inFirst[p] {
			sum += second
		} else {
			sum -= first
		}
		if i+1 == len(l.at) || l.at[i+1] != l.at[i] {
			largest = max(largest, sum, -sum)
		}
	}
	return float64(largest) / (float64(first) * float64(second))
}

// variation returns half the sum of the differences of the shares of each value.
func (l line) variation(inFirst []bool, first, second int) float64 {
	sum, total := 0, 0
	for i, p := range l.point {
		if inFirst[p] {
			sum += second
		} else {
			sum -= first
		}
		if i+1 == len(l.at) || l.at[i+1] != l.at[i] {
			total += max(sum, -sum)
			sum = 0
		}
	}
	return float64(total) / (2 * float64(first) * float64(second))
}

// wasserstein returns the Wasserstein distance of order 1, the area between the two distribution functions. inFirst
// points weigh weight[0][i], the others weight[1][i]; without weights all of a set weigh the same.
func (l line) wasserstein(inFirst []bool, first, second int, weights *[2][]float64) float64 {
	one, other := 1/float64(first), 1/float64(second)
	sum, area := 0.0, 0.0
	for i, p := range l.point {
		if i > 0 {
			area = math.FMA(math.Abs(sum), l.at[i]-l.at[i-1], area)
		}
		switch {
		case inFirst[p] && weights != nil:
			sum += weights[0][p]
		case inFirst[p]:
			sum += one
		case weights != nil:
			sum -= weights[1][p]
		default:
			sum -= other
		}
	}
	return area
}

// values returns the number of different values.
func (l line) values() int {
	n := 0
	for i := range l.at {
		if i == 0 || l.at[i] != l.at[i-1] {
			n++
		}
	}
	return n
}
