package kernels

import (
	"sync"
	"testing"
)

// TestAllocs: a product in its steady state allocates nothing. The table of kernels has the others.
func TestAllocs(t *testing.T) {
	a, b, c := NewMatrix(100, 90), NewMatrix(90, 110), NewMatrix(100, 110)
	eachBackend(t, func(t *testing.T) {
		check := func(name string, f func()) {
			if n := testing.AllocsPerRun(5, f); n != 0 {
				t.Errorf("%s allocates %v times", name, n)
			}
		}
		check("Gemm", func() { Gemm(false, false, 0.5, a, b, 1, c) })
		row, column := NewMatrix(1, 110), NewMatrix(1, 90)
		check("Gemm of one row", func() { Gemm(false, true, 1, row, b, 0, column) })
	})
}

// TestConcurrent calls kernels from many goroutines at once; each must get its own result.
func TestConcurrent(t *testing.T) {
	want := make([]float32, 50000)
	noise.Fill(want, 0)
	a, b, product := NewMatrix(96, 96), NewMatrix(96, 96), NewMatrix(96, 96)
	noise.Fill(a.Data, 0)
	noise.Fill(b.Data, 1<<20)
	MatMul(product, a, b)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			x, c := make([]float32, len(want)), NewMatrix(96, 96)
			for range 10 {
				noise.Fill(x, 0)
				MatMul(c, a, b)
			}
			for i := range want {
				if x[i] != want[i] {
					t.Errorf("Fill: element %d is %v, want %v", i, x[i], want[i])
					break
				}
			}
			for i := range product.Data {
				if c.Data[i] != product.Data[i] {
					t.Errorf("MatMul: element %d is %v, want %v", i, c.Data[i], product.Data[i])
					break
				}
			}
		})
	}
	group.Wait()
}
