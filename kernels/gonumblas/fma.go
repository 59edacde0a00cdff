package gonumblas

import "math"

// chain adds the products alpha*a[i]*b[j] to sum in order, each rounded with its sum alone, but for
// alpha*a[i]. The elements of a and b are k, with steps between them.
func chain[T float](sum, alpha T, a []T, aStep int, b []T, bStep, k int) T {
	i, j := 0, 0
	if is32[T]() {
		for range k {
			sum = fma32(alpha*a[i], b[j], sum)
			i += aStep
			j += bStep
		}
		return sum
	}
	for range k {
		sum = T(math.FMA(float64(alpha*a[i]), float64(b[j]), float64(sum)))
		i += aStep
		j += bStep
	}
	return sum
}

// addMultipleStrided is Axpy for n elements of x and y from a place on, with steps between them.
func addMultipleStrided[T float](n int, a T, x []T, i, xStep int, y []T, j, yStep int) {
	if is32[T]() {
		for range n {
			y[j] = fma32(a, x[i], y[j])
			i += xStep
			j += yStep
		}
		return
	}
	for range n {
		y[j] = T(math.FMA(float64(a), float64(x[i]), float64(y[j])))
		i += xStep
		j += yStep
	}
}

// rotateStrided is Rotate in the same way.
func rotateStrided[T float](n int, x []T, i, xStep int, y []T, j, yStep int, c, s T) {
	if is32[T]() {
		for range n {
			v, w := x[i], y[j]
			x[i], y[j] = fma32(c, v, T(s*w)), fma32(c, w, -T(s*v))
			i += xStep
			j += yStep
		}
		return
	}
	for range n {
		v, w := x[i], y[j]
		x[i] = T(math.FMA(float64(c), float64(v), float64(T(s*w))))
		y[j] = T(math.FMA(float64(c), float64(w), float64(-T(s*v))))
		i += xStep
		j += yStep
	}
}

// fma32 is x*y + z, rounded once, for T of float32.
func fma32[T float](x, y, z T) T {
	p := float64(float64(x) * float64(y)) // exact
	s := p + float64(z)
	const below, midway, normal = 1<<29 - 1, 1 << 28, (1023 - 126) << 52
	if b := math.Float64bits(s); b&below != midway && b&^(1<<63) >= normal {
		// s is not midway between two values, nor subnormal: rounding twice does no harm.
		return T(float32(s))
	}
	return T(float32(sumToOdd(p, float64(z), s)))
}

// sumToOdd is p + z rounded to odd, where s is p + z rounded to nearest: its last bit tells whether anything
// was lost.
func sumToOdd(p, z, s float64) float64 {
	if math.IsInf(s, 0) || math.IsNaN(s) {
		return s
	}
	t := s - p
	lost := (p - (s - t)) + (z - t) // Knuth's two-sum: s + lost = p + z
	b := math.Float64bits(s)
	if lost == 0 || b&1 != 0 {
		return s
	}
	if (lost > 0) == (s > 0) {
		return math.Float64frombits(b + 1)
	}
	return math.Float64frombits(b - 1)
}
