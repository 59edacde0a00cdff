package kernels

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// TestPacked: a product with packed weights has the bits of Gemm's definition, for all sizes around the
// tiles. It still has them when the weights are packed again in place.
func TestPacked(t *testing.T) {
	eachFast(t, func(t *testing.T, fast string) {
		r := rand.New(rand.NewPCG(21, 22))
		var w Packed
		check := func(m, n, k int) {
			t.Helper()
			transA, transB := r.IntN(2) == 1, r.IntN(2) == 1
			alpha, beta := []float32{1, 1, 0.3}[r.IntN(3)], []float32{0, 1, 0.7}[r.IntN(3)]
			a, b, c := randomView(r, m, k, transA), randomView(r, k, n, transB), randomView(r, m, n, false)
			what := fmt.Sprintf("m=%d n=%d k=%d a=%+v%v b=%+v%v alpha=%v beta=%v",
				m, n, k, a, transA, b, transB, alpha, beta)
			var inputs [][]float32
			for _, v := range []placement{a, b, c} {
				inputs = append(inputs, normals[float32](r, v.size()))
			}
			compare(t, fast, what, inputs, func(x [][]float32) {
				if Backend() == string(generic) {
					Gemm(transA, transB, alpha, a.of(x[0]), b.of(x[1]), beta, c.of(x[2]))
					return
				}
				w.Pack(transB, b.of(x[1]))
				kept := slices.Clone(x[1])
				clear(x[1]) // the copy is what counts
				GemmPacked(transA, alpha, a.of(x[0]), &w, beta, c.of(x[2]))
				copy(x[1], kept)
			})
			use(t, string(generic)) // packed weights are the same for all implementations
			x := slices.Clone(inputs[2])
			GemmPacked(transA, alpha, a.of(inputs[0]), &w, beta, c.of(x))
			Gemm(transA, transB, alpha, a.of(inputs[0]), b.of(inputs[1]), beta, c.of(inputs[2]))
			same(t, what, x, inputs[2])
		}
		for n := range 36 {
			check(1+r.IntN(20), n, 1+r.IntN(10))
			check(n, 1+r.IntN(40), 1+r.IntN(10))
			check(n%3+1, 40+r.IntN(300), r.IntN(30))
			check(8+r.IntN(20), 64+r.IntN(60), n%9)
		}
		for range 20 { // the columns that fill no vector by themselves
			check(8+r.IntN(40), 1+r.IntN(40), 30+r.IntN(50))
		}
		check(100, 60, 700)
		check(30, 2100, 12)
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
		check(150, 170, 130)
		check(20, 500, 130)
	})
}

// TestDense: a layer has the bits of its parts: the bias, Gemm from there, SiLU.
func TestDense(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(23, 24))
		layers := 60
		if testing.Short() {
			layers = 10
		}
		for _, cores := range []int{1, 2} {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
			for range layers {
				m, n, k := layerSize(r, cores)
				x, w := randomView(r, m, k, false), randomView(r, k, n, false)
				slope, y := randomView(r, m, n, false), randomView(r, m, n, false)
				xs, ws := normals[float32](r, x.size()), normals[float32](r, w.size())
				bias := normals[float32](r, n)
				layer := Dense{W: w.of(ws), Bias: bias, SiLU: r.IntN(3) > 0}
				if r.IntN(4) == 0 {
					layer.Bias = nil
				}
				if r.IntN(2) == 0 {
					layer.Packed = new(Packed)
					layer.Packed.Pack(false, layer.W)
				}
				what := fmt.Sprintf("m=%d n=%d k=%d bias %v, SiLU %v, packed %v, %d cores",
					m, n, k, layer.Bias != nil, layer.SiLU, layer.Packed != nil, cores)

				wantSlope, wantY := normals[float32](r, slope.size()), normals[float32](r, y.size())
				gotSlope, gotY := slices.Clone(wantSlope), slices.Clone(wantY)
				linear := slope.of(wantSlope)
				if !layer.SiLU {
					linear = y.of(wantY)
				}
				for i := range m {
					clear(linear.Row(i))
					copy(linear.Row(i), layer.Bias)
				}
				Gemm(false, false, 1, x.of(xs), w.of(ws), 1, linear)
				if !layer.SiLU {
					layer.Forward(y.of(gotY), Matrix{}, x.of(xs))
					same(t, what, gotY, wantY)
					continue
				}
				for i := range m {
					SiLUWithSlope(y.of(wantY).Row(i), linear.Row(i), linear.Row(i))
				}
				layer.Forward(y.of(gotY), slope.of(gotSlope), x.of(xs))
				same(t, what, gotY, wantY)
				same(t, what+", slope", gotSlope, wantSlope)
				layer.Forward(y.of(gotY), Matrix{}, x.of(xs))
				same(t, what+", without slope", gotY, wantY)
			}
		}
	})
}

// TestGemmHadamard: the product has the bits of Gemm and of a multiplication.
func TestGemmHadamard(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(25, 26))
		for range 60 {
			m, n, k := r.IntN(70), r.IntN(90), r.IntN(60)
			if r.IntN(4) == 0 {
				m, n = 1+r.IntN(3), 100+r.IntN(40)
			}
			// The step after the product waits for the last of several blocks of k, and the cores share it.
			if r.IntN(5) == 0 {
				m, n, k = 60+r.IntN(40), 60+r.IntN(60), 400+r.IntN(800)
			}
			transA, transB := r.IntN(2) == 1, r.IntN(2) == 1
			alpha, beta := []float32{1, 1, 0.3, 0}[r.IntN(4)], []float32{0, 1, 0.7}[r.IntN(3)]
			a, b := randomView(r, m, k, transA), randomView(r, k, n, transB)
			c, f := randomView(r, m, n, false), randomView(r, m, n, false)
			as, bs := normals[float32](r, a.size()), normals[float32](r, b.size())
			want, fs := normals[float32](r, c.size()), normals[float32](r, f.size())
			got, packed := slices.Clone(want), slices.Clone(want)
			Gemm(transA, transB, alpha, a.of(as), b.of(bs), beta, c.of(want))
			for i := range m {
				for j, v := range f.of(fs).Row(i) {
					c.of(want).Row(i)[j] *= v
				}
			}
			GemmHadamard(transA, transB, alpha, a.of(as), b.of(bs), beta, c.of(got), f.of(fs))
			name := fmt.Sprintf("m=%d n=%d k=%d %v %v alpha=%v beta=%v", m, n, k, transA, transB, alpha, beta)
			same(t, name, got, want)
			var p Packed
			p.Pack(transB, b.of(bs))
			GemmPackedHadamard(transA, alpha, a.of(as), &p, beta, c.of(packed), f.of(fs))
			same(t, name+" packed", packed, want)
		}
	})
}

// layerSize returns the sizes of a layer, which is worth sharing if there are several cores.
func layerSize(r *rand.Rand, cores int) (m, n, k int) {
	m, n, k = r.IntN(70), r.IntN(90), r.IntN(60)
	if r.IntN(3) == 0 {
		k = 1 + r.IntN(4)
	}
	if cores > 1 {
		m, n, k = 100+r.IntN(30), 100+r.IntN(40), 100
	}
	if r.IntN(5) == 0 { // the activation waits for the last of several blocks of the inner dimension
		k = 400 + r.IntN(800)
	}
	return m, n, k
}

func TestDenseAllocs(t *testing.T) {
	x, w, y, slope := NewMatrix(100, 60), NewMatrix(60, 70), NewMatrix(100, 70), NewMatrix(100, 70)
	var p Packed
	p.Pack(false, w)
	eachBackend(t, func(t *testing.T) {
		for _, d := range []Dense{{W: w, SiLU: true, Bias: make([]float32, 70)}, {Packed: &p, SiLU: true}} {
			if n := testing.AllocsPerRun(5, func() { d.Forward(y, slope, x) }); n != 0 {
				t.Errorf("Dense.Forward allocates %v times", n)
			}
		}
		if n := testing.AllocsPerRun(5, func() { p.Pack(false, w) }); n != 0 {
			t.Errorf("packing again allocates %v times", n)
		}
	})
}

// TestDenseArena: operands may be pieces of one slice, as long as the elements that they cover are apart.
func TestDenseArena(t *testing.T) {
	arena := []float32{1, 2, 3, 4, 5, 6, 7, 8}
	y := Matrix{Rows: 1, Cols: 2, Stride: 2, Data: arena}
	w := Matrix{Rows: 1, Cols: 2, Stride: 2, Data: arena[2:]}
	x := Matrix{Rows: 1, Cols: 1, Stride: 1, Data: arena[4:]}
	Dense{W: w, Bias: arena[5:7]}.Forward(y, Matrix{}, x)
	if y.Data[0] != 5*3+6 || y.Data[1] != 5*4+7 {
		t.Errorf("y = %v, want [21 27]", y.Data[:2])
	}
}
