package kernels

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"testing"
)

// TestLevel1Golden: all implementations have these bits.
func TestLevel1Golden(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		if got := level1Hash(t, level1Of32); got != "b223573538608f3b" {
			t.Errorf("float32: %s", got)
		}
		if got := level1Hash(t, level1Of64); got != "39a56da50f7130d7" {
			t.Errorf("float64: %s", got)
		}
	})
}

// level1Hash is a hash of what the functions make of normals.
func level1Hash[T float](t *testing.T, f level1[T]) string {
	h := fnv.New64a()
	for i, n := range []int{1, 31, 100, 1000, 4096, 30000} {
		x, y := drawn[T](n, 2*i), drawn[T](n, 2*i+1)
		f.axpy(y, 0.3, x)
		f.scale(x, 0.7, x)
		f.rotate(x, y, 0.8, 0.6)
		f.swap(x[:n/2], y[:n/2])
		all := append(x, y...)
		for _, reduce := range []func(x []T) T{f.sum, f.asum, f.norm, f.max} {
			all = append(all, reduce(x))
		}
		all = append(all, f.dot(x, y), T(f.argmax(x)), T(f.iamax(x)))
		if err := binary.Write(h, binary.LittleEndian, all); err != nil {
			t.Fatal(err)
		}
	}
	return fmt.Sprintf("%x", h.Sum64())
}

// drawn returns n normals.
func drawn[T float](n, at int) []T {
	z, x := make([]float32, n), make([]T, n)
	noise.Fill(z, uint64(at)<<20)
	for i, v := range z {
		x[i] = T(v) * (1 + T(v)/3)
	}
	return x
}
