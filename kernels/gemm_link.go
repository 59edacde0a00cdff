package kernels

import "math"

// link8 sets c[4*r+s] = float32(c[4*r+s] + pair[l][r]*fours[l][s]) for all l in ascending order. It reports
// whether no sum was midway between two float32 values. c is of no use otherwise.
//
// The float64 bits of a sum midway have 1<<28 as their lower 29 bits, so that bits<<35 is 1<<63. That is the
// only number whose lowest bit is the highest.
func link8(c *[8]float64, pair [][2]float64, fours [][4]float64) bool {
	c0, c1, c2, c3, c4, c5, c6, c7 := c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]
	fours = fours[:len(pair)]
	lowest := uint64(0)
	for l := range pair {
		a, b := &pair[l], &fours[l]
		a0, a1 := a[0], a[1]
		b0, b1, b2, b3 := b[0], b[1], b[2], b[3]

		c0 += float64(a0 * b0)
		below := math.Float64bits(c0) << 35
		lowest |= below & -below
		c0 = float64(float32(c0))

		c1 += float64(a0 * b1)
		below = math.Float64bits(c1) << 35
		lowest |= below & -below
		c1 = float64(float32(c1))

		c2 += float64(a0 * b2)
		below = math.Float64bits(c2) << 35
		lowest |= below & -below
		c2 = float64(float32(c2))

		c3 += float64(a0 * b3)
		below = math.Float64bits(c3) << 35
		lowest |= below & -below
		c3 = float64(float32(c3))

		c4 += float64(a1 * b0)
		below = math.Float64bits(c4) << 35
		lowest |= below & -below
		c4 = float64(float32(c4))

		c5 += float64(a1 * b1)
		below = math.Float64bits(c5) << 35
		lowest |= below & -below
		c5 = float64(float32(c5))

		c6 += float64(a1 * b2)
		below = math.Float64bits(c6) << 35
		lowest |= below & -below
		c6 = float64(float32(c6))

		c7 += float64(a1 * b3)
		below = math.Float64bits(c7) << 35
		lowest |= below & -below
		c7 = float64(float32(c7))
	}
	*c = [8]float64{c0, c1, c2, c3, c4, c5, c6, c7}
	return lowest>>63 == 0
}
