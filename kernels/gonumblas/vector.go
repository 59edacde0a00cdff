package gonumblas

import "unsafe"

// vector is an operand of levels 1 and 2, whose length the routine knows: element i is data[first+i*inc].
// With a negative increment the elements lie backwards and first is that of the last place.
type vector[T float] struct {
	data []T
	inc  int
}

type (
	vector32 = vector[float32]
	vector64 = vector[float64]
)

// beside reports whether n elements, of which there are some, lie side by side.
func (x vector[T]) beside(n int) bool { return beside(n, x.data, x.inc) }

func beside[T float](n int, x []T, inc int) bool { return inc == 1 && uint(n-1) < uint(len(x)) }

// mustStep panics where the increment is 0. The operand's name is x or y.
func (x vector[T]) mustStep(name string) {
	if x.inc == 0 {
		panicZeroIncrement(name)
	}
}

// mustReach panics where the operand named has fewer than n elements, n > 0.
func (x vector[T]) mustReach(n int, name string) {
	if x.inc != 1 || len(x.data) < n {
		x.mustReachFar(n, name)
	}
}

func (x vector[T]) mustReachFar(n int, name string) {
	if len(x.data) <= (n-1)*max(x.inc, -x.inc) {
		panicShort(name)
	}
}

// mustHave reports whether n elements are any, and panics where n is negative.
func mustHave(n int) bool {
	if n < 0 {
		panic("blas: n < 0")
	}
	return n > 0
}

//go:noinline
func panicZeroIncrement(name string) { panic("blas: zero " + name + " index increment") }

//go:noinline
func panicShort(name string) { panic("blas: insufficient length of " + name) }

// first is the place of element 0 of n.
func (x vector[T]) first(n int) int {
	if x.inc < 0 {
		return (1 - n) * x.inc
	}
	return 0
}

// gather sets dst to the elements from to from+len(dst)-1 of n, which are there.
func (x vector[T]) gather(dst []T, from, n int) {
	if len(dst) == 0 {
		return
	}
	size := int(unsafe.Sizeof(dst[0]))
	base, at, step := unsafe.Pointer(&x.data[x.first(n)+from*x.inc]), 0, x.inc*size
	_ = x.data[x.first(n)+(from+len(dst)-1)*x.inc] // all lie between these two
	for ; len(dst) >= 4; dst = dst[4:] {
		dst[0] = *(*T)(unsafe.Add(base, at))
		dst[1] = *(*T)(unsafe.Add(base, at+step))
		dst[2] = *(*T)(unsafe.Add(base, at+2*step))
		dst[3] = *(*T)(unsafe.Add(base, at+3*step))
		at += 4 * step
	}
	for i := range dst {
		dst[i] = *(*T)(unsafe.Add(base, at))
		at += step
	}
}

// part is size elements from a place on side by side, for which it may use the buffer of that size.
func (x vector[T]) part(buffer []T, from, n int) []T {
	if x.inc == 1 {
		return x.data[from : from+len(buffer)]
	}
	x.gather(buffer, from, n)
	return buffer
}

// scatter sets the elements to src.
func (x vector[T]) scatter(src []T) {
	if x.inc == 1 {
		copy(x.data, src)
		return
	}
	at := x.first(len(src))
	for _, v := range src {
		x.data[at] = v
		at += x.inc
	}
}

// copyInto sets dst to all elements.
func (x vector[T]) copyInto(dst []T) []T {
	if x.inc == 1 {
		copy(dst, x.data)
	} else {
		x.gather(dst, 0, len(dst))
	}
	return dst
}

// scale multiplies n elements by a, and sets them to 0 without reading them where a is 0.
func (x vector[T]) scale(n int, a T) {
	if x.inc == 1 {
		scale(x.data[:n], a)
		return
	}
	at := x.first(n)
	if a == 0 {
		for range n {
			x.data[at] = 0
			at += x.inc
		}
		return
	}
	for range n {
		x.data[at] *= a
		at += x.inc
	}
}

// takeSum sets n elements to sum + beta*y, where beta*y is rounded first, and y is not read where beta is 0.
func (y vector[T]) takeSum(sum []T, beta T) {
	const long = 16 // elements that are worth a call
	switch {
	case beta == 0:
		y.scatter(sum)
	case y.inc == 1 && len(sum) >= long:
		addScaled(y.data[:len(sum)], sum, beta)
	default:
		y.takeFew(sum, beta)
	}
}

// takeFew is takeSum for few elements.
func (y vector[T]) takeFew(sum []T, beta T) {
	at := y.first(len(sum))
	for _, v := range sum {
		y.data[at] = plus(v, beta, &y.data[at])
		at += y.inc
	}
}
