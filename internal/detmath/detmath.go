// Package detmath holds elementary functions of float64 that return the same bits on every architecture.
//
// Package math has assembly for some of them on some machines, and there the compiler may fuse a product with a sum.
// The functions here are fixed sequences of + - * /, math.FMA and bit operations, all of them exact or correctly
// rounded, in which no product is left for the compiler to fuse.
package detmath

import "math"

// ln2Hi + ln2Lo is ln 2 to 94 bits. ln2Hi has 41 bits, so that its product with any exponent is exact.
const (
	ln2Hi = 0x1.62e42fefa3000p-1
	ln2Lo = 0x1.3de6af278ece6p-42
)

// horner evaluates the polynomial with coefficients c, lowest power first, by Horner's rule in fused steps.
func horner(x float64, c []float64) float64 {
	y := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		y = math.FMA(y, x, c[i])
	}
	return y
}

// quickTwoSum returns a + b as a rounded sum and its error, exactly, for |a| >= |b| or a = 0 (Dekker 1971).
func quickTwoSum(a, b float64) (sum, err float64) {
	sum = a + b
	return sum, b - (sum - a)
}

// twoSum returns a + b as a rounded sum and its error, exactly (Knuth, TAOCP volume 2, 4.2.2).
func twoSum(a, b float64) (sum, err float64) {
	sum = a + b
	t := sum - a
	return sum, (a - (sum - t)) + (b - t)
}
