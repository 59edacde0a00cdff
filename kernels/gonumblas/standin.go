package gonumblas

import (
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

func lanes[T float](n int, f func(i int, acc T) T) T {
	width := 32
	if is32[T]() {
		width = 64
	}
	var total float64
	for from := 0; from < n; from += 4096 {
		var l [64]T
		for i := from; i < min(n, from+4096); i++ {
			l[(i-from)%width] = f(i, l[(i-from)%width])
		}
		for h := width / 2; h > 0; h /= 2 {
			for i := range h {
				l[i] += l[i+h]
			}
		}
		total += float64(l[0])
	}
	return T(total)
}

func dotOf[T float](x, y []T) T {
	return lanes(len(x), func(i int, a T) T { return fma(x[i], y[i], a) })
}

func dot32(x, y []float32) float32 { return dotOf(x, y) }
func dot64(x, y []float64) float64 { return dotOf(x, y) }
func asum32(x []float32) float32 {
	return lanes(len(x), func(i int, a float32) float32 { return max(x[i], -x[i]) + a })
}
func asum64(x []float64) float64 {
	return lanes(len(x), func(i int, a float64) float64 { return max(x[i], -x[i]) + a })
}
func norm32(x []float32) float32 { return float32(math.Sqrt(float64(dotOf(x, x)))) }
func norm64(x []float64) float64 { return math.Sqrt(dotOf(x, x)) }
func axpyOf[T float](y []T, a T, x []T) {
	for i, v := range x {
		y[i] = fma(a, v, y[i])
	}
}
func axpy32(y []float32, a float32, x []float32) { axpyOf(y, a, x) }
func axpy64(y []float64, a float64, x []float64) { axpyOf(y, a, x) }
func scaleOf[T float](y []T, a T, x []T) {
	for i, v := range x {
		y[i] = a * v
	}
}
func scale32(y []float32, a float32, x []float32) { scaleOf(y, a, x) }
func scale64(y []float64, a float64, x []float64) { scaleOf(y, a, x) }
func rotOf[T float](x, y []T, c, s T) {
	for i, v := range x {
		w := y[i]
		x[i], y[i] = fma(c, v, T(s*w)), fma(c, w, -T(s*v))
	}
}
func rotate32(x, y []float32, c, s float32) { rotOf(x, y, c, s) }
func rotate64(x, y []float64, c, s float64) { rotOf(x, y, c, s) }
func swapOf[T float](x, y []T) {
	for i, v := range x {
		x[i], y[i] = y[i], v
	}
}
func swap32(x, y []float32) { swapOf(x, y) }
func swap64(x, y []float64) { swapOf(x, y) }
func iamaxOf[T float](x []T) int {
	at := 0
	for i, v := range x {
		if max(v, -v) > max(x[at], -x[at]) {
			at = i
		}
	}
	return at
}
func iamax32(x []float32) int { return iamaxOf(x) }
func iamax64(x []float64) int { return iamaxOf(x) }
func dotRows32(dst []float32, a kernels.Matrix, x []float32) {
	for i := range dst {
		dst[i] = dotOf(a.Data[i*a.Stride:][:a.Cols], x)
	}
}
func dotRows64(dst []float64, a kernels.Matrix64, x []float64) {
	for i := range dst {
		dst[i] = dotOf(a.Data[i*a.Stride:][:a.Cols], x)
	}
}
