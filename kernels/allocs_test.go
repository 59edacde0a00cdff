package kernels

import (
	"runtime"
	"runtime/debug"
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

// TestAllocsOnCores: nor does work that two cores share. AllocsPerRun would measure it on one.
func TestAllocsOnCores(t *testing.T) {
	if race {
		t.Skip("the race detector allocates")
	}
	defer func(n int) { processors = n }(processors)
	processors = 2
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // which empties pools
	tall, square := NewMatrix(400, 200), NewMatrix(200, 200)
	few, out := NewMatrix(200, 16), NewMatrix(400, 200)
	tall64, few64, out64 := wide(tall), wide(few), NewMatrix64(400, 16)
	long, bias := make([]float32, 1<<18), make([]float32, 200)
	layer := Dense{W: square, Bias: bias, SiLU: true}
	eachFast(t, func(t *testing.T, fast string) {
		use(t, fast)
		for name, f := range map[string]func(){
			"Gemm in tiles":        func() { Gemm(false, false, 1, tall, few, 0, out.Columns(0, 16)) },
			"Gemm of a scaled A":   func() { Gemm(false, false, 0.3, tall, few, 1, out.Columns(0, 16)) },
			"Gemm in panels":       func() { Gemm(false, false, 1, tall, square, 0, out) },
			"Gemm of a turned B":   func() { Gemm(false, true, 0.3, tall, square, 1, out) },
			"Gemm64":               func() { Gemm64(false, false, 1, tall64, few64, 0, out64) },
			"Dense":                func() { layer.Forward(out, Matrix{}, tall) },
			"Noise":                func() { noise.Fill(long, 0) },
			"SoftmaxRows":          func() { SoftmaxRows(out, tall) },
			"a function of slices": func() { Axpby(long, 1, long, 2, long) },
		} {
			const runs = 40
			for range runs { // until a worker is awake
				f()
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for range runs {
				f()
			}
			runtime.ReadMemStats(&after)
			if n := after.Mallocs - before.Mallocs; n >= runs { // others allocate now and then
				t.Errorf("%s allocates %d times in %d runs", name, n, runs)
			}
		}
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
