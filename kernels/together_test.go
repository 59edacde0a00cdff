package kernels

import (
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"
)

// TestTogether: 64 goroutines that call all kernels, short and shared out, get the bits of one that calls
// them alone on one core, while GOMAXPROCS changes and others hold the pool for a while.
func TestTogether(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	defer use(t, Backend())
	eachBackend(t, func(t *testing.T) {
		runtime.GOMAXPROCS(1)
		r := rand.New(rand.NewPCG(31, 32))
		all := append(jobsOf(r, table()), jobsOf(r, table64())...)
		all = append(all, productJobs(r)...)
		jobs := 60
		if testing.Short() {
			jobs = 15
		}
		if race {
			jobs = 3
		}
		stop := disturb()
		var group sync.WaitGroup
		for g := range uint64(64) {
			group.Go(func() {
				r := rand.New(rand.NewPCG(33, g))
				for range jobs {
					if j := all[r.IntN(len(all))]; !j.same() {
						t.Errorf("%s has other bits among other callers", j.name)
					}
				}
			})
		}
		group.Wait()
		stop()
	})
}

// job is a call whose result is known.
type job struct {
	name string
	same func() bool // calls it and compares
}

// jobsOf are calls of each row of the table, a short one and one that cores share.
func jobsOf[T float](r *rand.Rand, rows []rowOf[T]) (all []job) {
	for _, row := range rows {
		if race && r.IntN(4) > 0 { // which makes the definition slow
			continue
		}
		shapes := []callShape{{rows: 1, cols: 100, at: 3}, {rows: 1, cols: 30_000, at: 3}}
		if row.onMatrices() {
			shapes = []callShape{{rows: 3, cols: 21, at: 3}, {rows: 150, cols: 200, at: 3}}
		}
		for _, s := range shapes {
			inputs, scalars := row.inputs(r, s, normals[T]), normals[T](r, row.scalars())
			call := func() [][]T {
				x := clones(inputs)
				row.run(row.on(x, s, scalars))
				return x
			}
			want := call()
			all = append(all, job{row.name, func() bool {
				got := call()
				for i := range want {
					for j, w := range want[i] {
						if g := got[i][j]; bitsOf(g) != bitsOf(w) && (g == g || w == w) {
							return false
						}
					}
				}
				return true
			}})
		}
	}
	return all
}

// productJobs are products of several sizes.
func productJobs(r *rand.Rand) (all []job) {
	for _, s := range [][3]int{{5, 7, 9}, {60, 70, 80}, {100, 3, 300}, {2, 300, 200}} {
		m, n, k := s[0], s[1], s[2]
		a, b := Matrix{m, k, k, normals[float32](r, m*k)}, Matrix{k, n, n, normals[float32](r, k*n)}
		want := NewMatrix(m, n)
		MatMul(want, a, b)
		all = append(all, job{"MatMul", func() bool {
			got := NewMatrix(m, n)
			MatMul(got, a, b)
			for i, w := range want.Data {
				if got.Data[i] != w {
					return false
				}
			}
			return true
		}})
	}
	return all
}

// disturb changes GOMAXPROCS and calls functions that sleep, panic or end their goroutine, until stop.
func disturb() (stop func()) {
	done := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			runtime.GOMAXPROCS(1 + i%9)
			within(func() {
				Parallel(20, 1, func(_, from, _ int) {
					time.Sleep(50 * time.Microsecond)
					if from == 10 && i%3 == 1 {
						panic("broken")
					}
					if from == 10 && i%3 == 2 {
						runtime.Goexit()
					}
				})
			})
		}
	})
	return func() {
		close(done)
		group.Wait()
	}
}

// TestNothingLeft: 10,000 calls, of which some fail, leave neither a goroutine nor memory.
func TestNothingLeft(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(5))
	share = sharing{}
	x := make([]float32, 40_000)
	a, c := NewMatrix(60, 60), NewMatrix(60, 60)
	calls := func(n int) {
		var group sync.WaitGroup
		for g := range 10 {
			group.Go(func() {
				y := make([]float32, len(x))
				b := NewMatrix(c.Rows, c.Cols)
				for i := range n / 10 {
					switch (i + g) % 4 {
					case 0:
						Axpby(y[:i%len(y)], 1, x[:i%len(y)], 2, x[:i%len(y)])
					case 1:
						MatMul(b, a, c)
					case 2:
						Axpby(y, 1, x, 2, x)
					case 3:
						within(func() { Parallel(9, 1, func(_, from, _ int) { fail(i, from) }) })
					}
				}
			})
		}
		group.Wait()
	}
	calls(2000)
	goroutines, before := settled()
	calls(10_000)
	after, heap := settled()
	if after > goroutines {
		t.Errorf("%d goroutines before, %d after", goroutines, after)
	}
	if heap > before+1<<19 && !race {
		t.Errorf("%d bytes in use before, %d after", before, heap)
	}
	checkPoolWhole(t)
}

// fail panics or ends the goroutine in some of the calls.
func fail(call, from int) {
	switch {
	case from == 5 && call%16 == 3:
		panic("broken")
	case from == 5 && call%16 == 7:
		runtime.Goexit()
	}
}

// settled returns the number of goroutines once none ends any more, and the bytes in use.
func settled() (goroutines int, heap uint64) {
	goroutines = runtime.NumGoroutine()
	for last := 0; last != goroutines; {
		last = goroutines
		time.Sleep(20 * time.Millisecond)
		goroutines = runtime.NumGoroutine()
	}
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return goroutines, m.HeapAlloc
}
