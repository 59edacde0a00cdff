package kernels

import (
	"fmt"
	"unsafe"
)

// region is the memory of a view: rows of width bytes, whose beginnings are stride bytes apart. Rows do not
// overlap each other. Four words fit registers.
type region struct {
	start               unsafe.Pointer
	rows, width, stride int
}

// region is the memory of the elements of m, which has been checked.
func (m Matrix) region() region { return viewRegion(m.Rows, m.Cols, m.Stride, m.Data) }

// region is the memory of the elements of m, which has been checked.
func (m Matrix64) region() region { return viewRegion(m.Rows, m.Cols, m.Stride, m.Data) }

func viewRegion[T float](rows, cols, stride int, data []T) region {
	size := int(unsafe.Sizeof(*new(T)))
	switch {
	case rows == 0 || cols == 0:
		return region{}
	case rows == 1: // the stride means nothing, and may be any number
		stride = cols
	}
	return region{unsafe.Pointer(unsafe.SliceData(data)), rows, size * cols, size * stride}
}

// regionOf is the memory of a vector.
func regionOf[T float](x []T) region { return viewRegion(1, len(x), len(x), x) }

// near reports whether the stretches of x and y from first row to last have bytes in common: one begins
// inside of the other.
func (x region) near(y region) bool {
	ahead := uintptr(x.start) - uintptr(y.start)
	return ahead < y.extent() || -ahead < x.extent()
}

// extent is the distance from the first byte to the end of the last row.
func (x region) extent() uintptr { return uintptr((x.rows-1)*x.stride + x.width) }

// overlaps reports whether x and y share a byte. Views that interleave need not share any, such as blocks of
// columns of one matrix.
func (x region) overlaps(y region) bool { return x.near(y) && x.meets(y) }

// meets is overlaps for views that are near.
func (x region) meets(y region) bool {
	if x.rows == 0 || y.rows == 0 {
		return false
	}
	// A call could move the stack on which the views lie. One expression takes both addresses without one.
	ahead := int64(uintptr(x.start)) - int64(uintptr(y.start))
	step, width := int64(x.stride), int64(x.width)
	// Positions count from the beginning of y. The rows of x that end after it are those from first on, and
	// those that begin before the end of y are those up to last.
	first := int64(0)
	if ahead+width <= 0 {
		first = (-ahead-width)/step + 1
	}
	last := min(int64(x.rows)-1, (int64(y.extent())-1-ahead)/step)
	from := ahead + first*step
	switch {
	case first > last: // y lies between two rows of x
		return false
	case from < 0: // a row of x has the first byte of y
		return true
	}
	// All these rows begin between the beginning and the end of y. Each meets a row of y, or lies in a gap.
	period, covered := uint64(y.stride), uint64(y.width)
	if step == int64(period) || first == last {
		at := uint64(from) % period
		return at < covered || at+uint64(width) > period
	}
	// The row at p meets as many rows of y as begin before its end, less those that end up to its beginning:
	// floor((p+width-1)/period) - floor((p-covered)/period). The sums are exact modulo 2^64, and the number
	// is smaller.
	rows := uint64(last - first + 1)
	begun := floorSum(rows, period, uint64(step), uint64(from+width-1))
	ended := floorSum(rows, period, uint64(step), uint64(from)+period-covered) - rows
	return begun != ended
}

// floorSum is the sum of floor((a*i + b)/m) over i from 0 to n-1, modulo 2^64, by the steps of Euclid's
// algorithm. It takes off the whole part of slope and offset, and counts what is left below the line
// (a*i + b)/m along the other axis.
func floorSum(n, m, a, b uint64) (sum uint64) {
	for {
		even, odd := n, n-1
		if n%2 == 1 {
			even, odd = odd, even
		}
		sum += even/2*odd*(a/m) + n*(b/m)
		a, b = a%m, b%m
		top := a*n + b
		if top < m {
			return sum
		}
		n, m, a, b = top/m, a, m, top%m
	}
}

// checkApart panics when dst and src share an element.
func checkApart(function, dstName string, dst region, srcName string, src region) {
	if dst.near(src) && dst.meets(src) {
		panicOverlap(function, dstName, srcName)
	}
}

// checkSameOrApart panics when dst and src, of one shape, share an element without being the same matrix.
func checkSameOrApart(function, dstName string, dst Matrix, srcName string, src Matrix) {
	to, from := dst.region(), src.region()
	switch {
	case !to.overlaps(from):
	case to.start != from.start:
		panicShifted(function, dstName, srcName)
	case to.stride != from.stride:
		panic(fmt.Sprintf("kernels: %s: %s and %s share memory but have strides %d and %d",
			function, dstName, srcName, dst.Stride, src.Stride))
	}
}

// overlap reports whether x and y share memory.
func overlap[T float](x, y []T) bool {
	return len(x) > 0 && len(y) > 0 &&
		uintptr(unsafe.Pointer(&x[0])) <= uintptr(unsafe.Pointer(&y[len(y)-1])) &&
		uintptr(unsafe.Pointer(&y[0])) <= uintptr(unsafe.Pointer(&x[len(x)-1]))
}

// checkAlias panics when dst and src share memory without being the same elements: an element-wise kernel may
// work in place, but not on a shifted copy of itself.
func checkAlias[T float](function, dstName string, dst []T, srcName string, src []T) {
	if overlap(dst, src) && &dst[0] != &src[0] {
		panicShifted(function, dstName, srcName)
	}
}

func panicShifted(function, dstName, srcName string) {
	panic(fmt.Sprintf("kernels: %s: %s and %s overlap without starting at the same element",
		function, dstName, srcName))
}

// checkDisjoint panics when dst and src share memory.
func checkDisjoint[T float](function, dstName string, dst []T, srcName string, src []T) {
	if overlap(dst, src) {
		panicOverlap(function, dstName, srcName)
	}
}

func panicOverlap(function, dstName, srcName string) {
	panic(fmt.Sprintf("kernels: %s: %s overlaps %s", function, dstName, srcName))
}

// checkLen panics unless x has n elements.
func checkLen[T float](function, name string, x []T, n int) {
	if len(x) != n {
		panicLen(function, name, len(x), n)
	}
}

func panicLen(function, name string, has, want int) {
	panic(fmt.Sprintf("kernels: %s: %s has length %d, want %d", function, name, has, want))
}
