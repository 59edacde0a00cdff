package kernels

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/internal/fpcontrol"
)

// TestArithmeticError: whatever C code may leave a thread in is found out, and only while it lasts.
func TestArithmeticError(t *testing.T) {
	if err := ArithmeticError(); err != nil {
		t.Fatal(err)
	}
	for _, m := range fpcontrol.Modes {
		var err error
		fpcontrol.Under(m, func() { err = ArithmeticError() })
		want := "than to nearest:"
		if !strings.HasPrefix(m.Name, "round") {
			want = "thread takes subnormal numbers for zero:"
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", m.Name, err, want)
		}
		if err := ArithmeticError(); err != nil {
			t.Errorf("after %s: %v", m.Name, err)
		}
	}
}

// TestArithmeticMatters: each of these modes changes bits in every implementation, so that ArithmeticError
// does not complain for nothing.
func TestArithmeticMatters(t *testing.T) {
	x := []float32{1, -1, 0x1p-126, 0x1p-140, 3, -3, 7, 0x1p-149}
	x = append(append(x, x...), x...)
	eachBackend(t, func(t *testing.T) {
		call := func() []float32 {
			y := make([]float32, len(x))
			Axpby(y, 1.0/3, x, 0x1p-30, x)
			return y
		}
		want := call()
		for _, m := range fpcontrol.Modes {
			var got []float32
			fpcontrol.Under(m, func() { got = call() })
			if slices.Equal(got, want) {
				t.Errorf("%s changes nothing", m.Name)
			}
		}
		if got := call(); !slices.Equal(got, want) {
			t.Error("bits are others afterwards")
		}
	})
}

// TestModeIsLeft: no kernel changes how its caller's thread rounds.
func TestModeIsLeft(t *testing.T) {
	if !fpcontrol.Supported() {
		t.Skip("no program reads the mode here")
	}
	fpcontrol.Under(fpcontrol.Mode{}, func() {
		before := fpcontrol.Word()
		eachBackend(t, func(t *testing.T) {
			testModeIsLeft(t, table(), before)
			testModeIsLeft(t, table64(), before)
			r := rand.New(rand.NewPCG(21, 22))
			for range 50 {
				callProduct(r, func(n int) []float32 { return values[float32](r, n) })
				if got := fpcontrol.Word(); got != before {
					t.Fatalf("a product changes the mode from %#x to %#x", before, got)
				}
			}
		})
	})
}

func testModeIsLeft[T float](t *testing.T, rows []rowOf[T], before uint32) {
	r := rand.New(rand.NewPCG(23, 24))
	for _, row := range rows {
		s := callShape{rows: 3, cols: 2000, at: 5}
		if !row.onMatrices() {
			s.rows = 1
		}
		row.run(row.on(row.inputs(r, s, values[T]), s, values[T](r, row.scalars())))
		if got := fpcontrol.Word(); got != before {
			t.Fatalf("%s changes the mode from %#x to %#x", row.name, before, got)
		}
	}
}

// callProduct multiplies in either precision.
func callProduct(r *rand.Rand, numbers func(n int) []float32) {
	m, n, k := r.IntN(40), r.IntN(60), r.IntN(30)
	a, b, c := Matrix{m, k, k, numbers(m * k)}, Matrix{k, n, n, numbers(k * n)}, NewMatrix(m, n)
	Gemm(false, false, 0.3, a, b, 0, c)
	Gemm64(false, false, math.Pi, NewMatrix64(m, k), NewMatrix64(k, n), 0, NewMatrix64(m, n))
}

// BenchmarkArithmeticError measures what a check costs. BenchmarkSet of internal/fpcontrol has what it would
// cost a kernel to set the mode and to set it back.
func BenchmarkArithmeticError(b *testing.B) {
	for b.Loop() {
		if ArithmeticError() != nil {
			b.Fatal("another mode")
		}
	}
}
