package compare

import (
	"math"
	"math/rand/v2"
	"unsafe"
)

// aligned returns n zeros that begin at a multiple of 64 bytes, so that two runs meet the same alignment.
func aligned[T Float](n int) []T {
	var zero T
	size := int(unsafe.Sizeof(zero))
	x := make([]T, n+64/size)
	past := int(uintptr(unsafe.Pointer(unsafe.SliceData(x))) % 64)
	skip := (64 - past) % 64 / size
	return x[skip : skip+n : skip+n]
}

// normals returns n normals of the standard deviation, others for each stream.
func normals[T Float](n int, stream uint64, deviation float64) []T {
	random := rand.New(rand.NewPCG(1, stream))
	x := aligned[T](n)
	for i := range x {
		x[i] = T(deviation * random.NormFloat64())
	}
	return x
}

// positives returns n positive numbers around 1.
func positives[T Float](n int, stream uint64, deviation float64) []T {
	x := normals[T](n, stream, deviation)
	for i := range x {
		x[i] = T(math.Exp(float64(x[i])))
	}
	return x
}

// triangle returns an n by n matrix with a diagonal of ones whose other elements are so small that repeated
// products and solutions do not grow.
func triangle[T Float](n int, stream uint64) []T {
	x := normals[T](n*n, stream, 1e-6)
	for i := range n {
		x[i*n+i] = 1
	}
	return x
}

// doubles returns copies of the slices one after the other.
func doubles[T Float](slices ...[]T) []float64 {
	var d []float64
	for _, s := range slices {
		for _, x := range s {
			d = append(d, float64(x))
		}
	}
	return d
}
