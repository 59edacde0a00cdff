package gonumblas

import (
	"math"
	"unsafe"
)

// strip is the elements of a strided vector that are put together at a time. It is the kernels' block of a
// sum, so that sums of strided vectors have the bits of others.
const strip = 4096

// mustFit checks two vectors of n elements, and reports whether there are any.
func mustFit[T float](n int, x, y vector[T]) bool {
	x.mustStep("x")
	y.mustStep("y")
	if !mustHave(n) {
		return false
	}
	x.mustReach(n, "x")
	y.mustReach(n, "y")
	return true
}

func dot[T float](n int, x, y vector[T]) T {
	switch {
	case x.beside(n) && y.beside(n):
		return inner(x.data[:n], y.data[:n])
	case mustFit(n, x, y):
		return dotStrided(n, x, y)
	}
	return 0
}

// fold is the terms of a strided sum that are not worth a buffer.
const fold = 16

// folded adds terms by halves, as the kernels do with their lanes, from a positive zero.
func folded[T float](p *[fold]T) T {
	for half := fold / 2; half > 2; half /= 2 {
		for l := range half {
			p[l] += p[l+half]
		}
	}
	return (p[0] + p[2]) + (p[1] + p[3]) + 0
}

func dotStrided[T float](n int, x, y vector[T]) T {
	if n <= fold {
		var p [fold]T
		i, j := x.first(n), y.first(n)
		if n == 1 {
			return T(x.data[i]*y.data[j]) + 0
		}
		for l := range n {
			p[l&(fold-1)] = x.data[i] * y.data[j]
			i += x.inc
			j += y.inc
		}
		return folded(&p)
	}
	w := borrow[T](2 * min(n, strip))
	var sum float64
	for from := 0; from < n; from += strip {
		size := min(strip, n-from)
		sum += float64(inner(x.part(w.data[:size], from, n), y.part(w.data[size:2*size], from, n)))
	}
	w.giveBack()
	return T(sum)
}

func axpy[T float](n int, a T, x, y vector[T]) {
	if x.beside(n) && y.beside(n) && a != 0 {
		p, q := x.data[:n], y.data[:n]
		if n <= few || !overlap(p, q) {
			addMultiple(q, a, p)
			return
		}
	}
	if !mustFit(n, x, y) || a == 0 {
		return
	}
	const some = 16 // elements of float32 that are worth a buffer
	if n > some && is32[T]() {
		w := borrow[T](2 * n)
		p, q := x.copyInto(w.data[:n]), y.copyInto(w.data[n:2*n])
		addMultiple(q, a, p)
		y.scatter(q)
		w.giveBack()
		return
	}
	addMultipleStrided(n, a, x.data, x.first(n), x.inc, y.data, y.first(n), y.inc)
}

func scal[T float](n int, a T, x vector[T]) {
	if x.beside(n) {
		scale(x.data[:n], a)
		return
	}
	x.mustStep("x")
	if x.inc < 0 || !mustHave(n) {
		return
	}
	x.mustReach(n, "x")
	x.scale(n, a)
}

// asum is the sum of magnitudes, and 0 for a negative increment.
func asum[T float](n int, x vector[T]) T {
	if x.beside(n) {
		return magnitudes(x.data[:n])
	}
	some := mustHave(n)
	x.mustStep("x")
	if x.inc < 0 || !some {
		return 0
	}
	x.mustReach(n, "x")
	if n <= fold {
		var p [fold]T
		for l := range n {
			p[l&(fold-1)] = abs(x.data[l*x.inc])
		}
		return folded(&p)
	}
	w := borrow[T](min(n, strip))
	var sum float64
	for from := 0; from < n; from += strip {
		p := w.data[:min(strip, n-from)]
		x.gather(p, from, n)
		sum += float64(magnitudes(p))
	}
	w.giveBack()
	return T(sum)
}

func abs[T float](x T) T { return T(math.Abs(float64(x))) }

// nrm2 is the Euclidean norm, and 0 for a negative increment.
func nrm2[T float](n int, x vector[T]) T {
	if x.beside(n) {
		if n == 1 {
			return abs(x.data[0])
		}
		return norm(x.data[:n])
	}
	x.mustStep("x")
	if x.inc < 0 || !mustHave(n) {
		return 0
	}
	x.mustReach(n, "x")
	if n == 1 {
		return abs(x.data[0])
	}
	w := borrow[T](n)
	x.gather(w.data[:n], 0, n)
	r := norm(w.data[:n])
	w.giveBack()
	return r
}

// iamax is the place of the first largest magnitude. As in the reference BLAS, NaN is the largest in place 0
// and is passed over elsewhere.
func iamax[T float](n int, x vector[T]) int {
	const long = 16 // elements that are worth a call
	if x.beside(n) {
		if n >= long {
			return largest(x.data[:n])
		}
		most, at := abs(x.data[0]), 0
		for i, v := range x.data[:n] {
			if v := abs(v); v > most {
				most, at = v, i
			}
		}
		return at
	}
	x.mustStep("x")
	if x.inc < 0 || !mustHave(n) {
		return -1
	}
	x.mustReach(n, "x")
	most, at := abs(x.data[0]), 0
	for i := 1; i < n; i++ {
		if v := abs(x.data[i*x.inc]); v > most {
			most, at = v, i
		}
	}
	return at
}

func swap[T float](n int, x, y vector[T]) {
	if x.beside(n) && y.beside(n) {
		p, q := x.data[:n], y.data[:n]
		if n >= 16 && !overlap(p, q) {
			exchange(p, q)
			return
		}
		for i, v := range p {
			p[i], q[i] = q[i], v
		}
		return
	}
	if !mustFit(n, x, y) {
		return
	}
	i, j := x.first(n), y.first(n)
	for range n {
		x.data[i], y.data[j] = y.data[j], x.data[i]
		i += x.inc
		j += y.inc
	}
}

func copyVector[T float](n int, x, y vector[T]) {
	if x.beside(n) && y.beside(n) {
		copy(y.data[:n], x.data[:n])
		return
	}
	if !mustFit(n, x, y) {
		return
	}
	i, j := x.first(n), y.first(n)
	for range n {
		y.data[j] = x.data[i]
		i += x.inc
		j += y.inc
	}
}

// overlap reports whether slices have an element in common.
func overlap[T float](x, y []T) bool {
	size := unsafe.Sizeof(*new(T))
	p, q := uintptr(unsafe.Pointer(unsafe.SliceData(x))), uintptr(unsafe.Pointer(unsafe.SliceData(y)))
	return p < q+uintptr(len(y))*size && q < p+uintptr(len(x))*size
}
