package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestRotateRows64 compares every implementation with single rotations, on views at both ends of memory.
func TestRotateRows64(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(41, 42))
		for n := range 40 {
			checkRotateRows(t, r, r.IntN(12), n, r.IntN(10))
			checkRotateRows(t, r, n, r.IntN(12), r.IntN(10))
			checkRotateRows(t, r, 2+n%9, 1+r.IntN(80), 1+n%10)
		}
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
		checkRotateRows(t, r, 70, 130, 33)
	})
}

func checkRotateRows(t *testing.T, r *rand.Rand, rows, cols, sweeps int) {
	t.Helper()
	backward := r.IntN(2) == 1
	pa := randomView(r, rows, cols, false)
	pairs := max(rows-1, 0)
	pc := randomView(r, sweeps, pairs, false)
	x := normals[float64](r, pa.size())
	c, s := pc.of64(normals[float64](r, pc.size())), pc.of64(normals[float64](r, pc.size()))
	want := slices.Clone(x)
	for k := range sweeps {
		for p := range pairs {
			i := p
			if backward {
				i = pairs - 1 - p
			}
			rotateOne(pa.of64(want), i, c.Data[k*c.Stride+i], s.Data[k*s.Stride+i], backward)
		}
	}
	got := guard64(t, x)
	RotateRows64(pa.of64(got), c, s, backward)
	for i := range want {
		if math.Float64bits(got[i]) != math.Float64bits(want[i]) {
			t.Fatalf("%d sweeps, backward %v, %+v: element %d is %v, want %v",
				sweeps, backward, pa, i, got[i], want[i])
		}
	}
}

// rotateOne rotates rows i and i+1 as the documentation of RotateRows64 says.
func rotateOne(a Matrix64, i int, c, s float64, backward bool) {
	for j := range a.Cols {
		x, y := &a.Data[i*a.Stride+j], &a.Data[(i+1)*a.Stride+j]
		if backward {
			*x, *y = math.FMA(s, *y, c**x), math.FMA(c, *y, -(s**x))
		} else {
			*x, *y = math.FMA(c, *x, s**y), math.FMA(-s, *x, c**y)
		}
	}
}

// TestRotateRows64Special: infinities, zeros and subnormal numbers are those of the definition.
func TestRotateRows64Special(t *testing.T) {
	r := rand.New(rand.NewPCG(43, 44))
	for _, backward := range []bool{false, true} {
		x, c, s := values[float64](r, 9*37), values[float64](r, 6*8), values[float64](r, 6*8)
		of := func(x []float64) Matrix64 { return Matrix64{Rows: 9, Cols: 37, Stride: 37, Data: x} }
		mc, ms := Matrix64{6, 8, c, 8}, Matrix64{6, 8, s, 8}
		want := slices.Clone(x)
		rotateRowsGeneric(of(want), mc, ms, backward)
		eachBackend(t, func(t *testing.T) {
			got := slices.Clone(x)
			RotateRows64(of(got), mc, ms, backward)
			for i := range want {
				if math.Float64bits(got[i]) != math.Float64bits(want[i]) && got[i] == got[i] {
					t.Fatalf("element %d is %v, want %v", i, got[i], want[i])
				}
			}
		})
	}
}

// TestRotateRows64Allocs: nothing is allocated in the steady state.
func TestRotateRows64Allocs(t *testing.T) {
	a, c := NewMatrix64(50, 40), NewMatrix64(7, 49)
	if n := testing.AllocsPerRun(20, func() { RotateRows64(a, c, c, true) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestRotateRows64Panics(t *testing.T) {
	a := NewMatrix64(5, 3)
	for _, c := range [][2]Matrix64{
		{NewMatrix64(1, 5), NewMatrix64(1, 5)}, {NewMatrix64(2, 4), NewMatrix64(1, 4)},
		{{Rows: 1, Cols: 4, Stride: 4, Data: a.Data}, NewMatrix64(1, 4)},
	} {
		func() {
			defer func() {
				if r := fmt.Sprint(recover()); !strings.HasPrefix(r, "kernels: RotateRows64:") {
					t.Errorf("%v", r)
				}
			}()
			RotateRows64(a, c[0], c[1], false)
		}()
	}
}

func BenchmarkRotateRows64(b *testing.B) {
	a, c, s := NewMatrix64(500, 500), NewMatrix64(32, 499), NewMatrix64(32, 499)
	for i := range c.Data {
		c.Data[i], s.Data[i] = 0.8, 0.6
	}
	for b.Loop() {
		RotateRows64(a, c, s, false)
	}
	b.ReportMetric(6*32*499*500*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GF/s")
}
