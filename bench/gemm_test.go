package bench

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"

	"github.com/seed964deb49/langevin/kernels"
)

// product is a matrix product to measure, m by k times k by n.
type product struct {
	transA, transB bool
	m, n, k        int
}

func (p product) flops() float64 { return 2 * float64(p.m) * float64(p.n) * float64(p.k) }

func (p product) sizes() string { return fmt.Sprintf("m=%d/n=%d/k=%d", p.m, p.n, p.k) }

// transposes names what is transposed the way BLAS does: TN has A transposed.
func (p product) transposes() string {
	letter := map[bool]string{false: "N", true: "T"}
	return letter[p.transA] + letter[p.transB]
}

// operands returns matrices of the product's shapes as they lie in memory.
func (p product) operands() (a, b, c kernels.Matrix) {
	a, b = normalMatrix(p.m, p.k, 0), normalMatrix(p.k, p.n, 1)
	if p.transA {
		a = normalMatrix(p.k, p.m, 0)
	}
	if p.transB {
		b = normalMatrix(p.n, p.k, 1)
	}
	return a, b, kernels.NewMatrix(p.m, p.n)
}

// prepare returns the call of kernels.Gemm and the matrix that it sets.
func (p product) prepare() (call func(), c kernels.Matrix) {
	a, b, c := p.operands()
	return func() { kernels.Gemm(p.transA, p.transB, 1, a, b, 0, c) }, c
}

// prepareGonum is prepare for gonum's product, the pure Go and assembly one that it has without a C library.
func (p product) prepareGonum() (call func(), c kernels.Matrix) {
	flag := map[bool]blas.Transpose{false: blas.NoTrans, true: blas.Trans}
	transA, transB := flag[p.transA], flag[p.transB]
	a, b, c := p.operands()
	return func() {
		blas32.Gemm(transA, transB, 1, general(a), general(b), 0, general(c))
	}, c
}

// general returns gonum's view of the same memory.
func general(m kernels.Matrix) blas32.General { return blas32.General(m) }

// benchmark measures the product under a name, by every implementation and gonum.
func (p product) benchmark(b *testing.B, name string) {
	rate := func(b *testing.B, call func()) { b.ReportMetric(p.flops()/measure(b, call), "GF/s") }
	each(b, name, p.flops(), func(b *testing.B) {
		call, _ := p.prepare()
		rate(b, call)
	})
	b.Run(name+"/gonum", func(b *testing.B) {
		call, _ := p.prepareGonum()
		rate(b, call)
	})
}

// BenchmarkGemm measures A*B. The sizes are squares, the layers of small and large networks for batches of
// all sizes, a single row, and sizes that fit no tile. They end with products with one very short side, such
// as a last layer for points in the plane.
func BenchmarkGemm(b *testing.B) {
	for _, s := range [][3]int{
		{64, 64, 64}, {128, 128, 128}, {256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024},
		{512, 128, 128}, {4096, 128, 128}, {128, 512, 512}, {256, 784, 784}, {128, 1024, 784},
		{1, 256, 256}, {16, 256, 256},
		{100, 100, 100}, {33, 17, 129},
		{128, 128, 2}, {512, 128, 2}, {512, 2, 128},
	} {
		p := product{m: s[0], n: s[1], k: s[2]}
		p.benchmark(b, p.sizes())
	}
}

// BenchmarkGemmCall measures products so small that the call itself is what takes time. The sizes are one
// element, less than a tile, one row, few columns, and one vector.
func BenchmarkGemmCall(b *testing.B) {
	for _, s := range [][3]int{{1, 1, 1}, {4, 4, 4}, {1, 13, 7}, {30, 2, 1}, {8, 8, 8}} {
		p := product{m: s[0], n: s[1], k: s[2]}
		p.benchmark(b, p.sizes())
	}
}

// BenchmarkGemmTransposed measures the other three forms. TN is a gradient with respect to weights, where k
// is the batch. NT is a gradient with respect to a layer's input.
func BenchmarkGemmTransposed(b *testing.B) {
	for _, t := range [][2]bool{{true, false}, {false, true}, {true, true}} {
		for _, s := range [][3]int{
			{128, 128, 128}, {512, 512, 512}, {128, 128, 512}, {512, 128, 128}, {784, 1024, 128},
			{33, 17, 129},
		} {
			p := product{transA: t[0], transB: t[1], m: s[0], n: s[1], k: s[2]}
			p.benchmark(b, p.transposes()+"/"+p.sizes())
		}
	}
}

// BenchmarkGemmPacked measures products with weights that were packed beforehand.
func BenchmarkGemmPacked(b *testing.B) {
	for _, s := range [][3]int{
		{64, 64, 64}, {128, 128, 128}, {256, 256, 256}, {512, 128, 128}, {1, 256, 256}, {16, 256, 256},
	} {
		p := product{m: s[0], n: s[1], k: s[2]}
		each(b, p.sizes(), p.flops(), func(b *testing.B) {
			x, w, c := p.operands()
			var packed kernels.Packed
			packed.Pack(false, w)
			ns := measure(b, func() { kernels.GemmPacked(false, 1, x, &packed, 0, c) })
			b.ReportMetric(p.flops()/ns, "GF/s")
		})
	}
}

// BenchmarkPack measures the packing itself.
func BenchmarkPack(b *testing.B) {
	for _, size := range []int{128, 1024} {
		for _, trans := range []bool{false, true} {
			w := normalMatrix(size, size, 0)
			each(b, fmt.Sprintf("size=%d/transposed=%v", size, trans), 0, func(b *testing.B) {
				var packed kernels.Packed
				perElement(b, size*size, func() { packed.Pack(trans, w) })
			})
		}
	}
}

// BenchmarkDense measures a layer with bias and SiLU, which BenchmarkGemm and BenchmarkSiLU measure apart.
func BenchmarkDense(b *testing.B) {
	for _, s := range [][3]int{{512, 128, 128}, {256, 256, 256}, {128, 1024, 784}} {
		p := product{m: s[0], n: s[1], k: s[2]}
		each(b, p.sizes(), p.flops(), func(b *testing.B) {
			x, w, y := p.operands()
			layer := kernels.Dense{W: w, Bias: make([]float32, p.n), SiLU: true}
			b.ReportMetric(p.flops()/measure(b, func() { layer.Forward(y, kernels.Matrix{}, x) }), "GF/s")
		})
	}
}

// BenchmarkGemm64 measures the product in float64.
func BenchmarkGemm64(b *testing.B) {
	for _, size := range []int{128, 256, 512, 1024} {
		p := product{m: size, n: size, k: size}
		x, y := kernels.NewMatrix64(size, size), kernels.NewMatrix64(size, size)
		z := kernels.NewMatrix64(size, size)
		for i := range x.Data {
			x.Data[i], y.Data[i] = float64(i%7)-3, float64(i%5)-2
		}
		each(b, p.sizes(), p.flops(), func(b *testing.B) {
			ns := measure(b, func() { kernels.Gemm64(false, false, 1, x, y, 0, z) })
			b.ReportMetric(p.flops()/ns, "GF/s")
		})
		b.Run(p.sizes()+"/gonum", func(b *testing.B) {
			a, c, d := gonum64(x), gonum64(y), gonum64(z)
			ns := measure(b, func() { blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, a, c, 0, d) })
			b.ReportMetric(p.flops()/ns, "GF/s")
		})
	}
}

func gonum64(m kernels.Matrix64) blas64.General {
	return blas64.General{Rows: m.Rows, Cols: m.Cols, Data: m.Data, Stride: m.Stride}
}

// TestSameProduct checks that the calls that are measured against each other compute the same.
func TestSameProduct(t *testing.T) {
	for _, transA := range []bool{false, true} {
		for _, transB := range []bool{false, true} {
			p := product{transA: transA, transB: transB, m: 33, n: 17, k: 129}
			call, got := p.prepare()
			call()
			call, want := p.prepareGonum()
			call()
			for i := range want.Data {
				if d := math.Abs(float64(got.Data[i] - want.Data[i])); d > 1e-4 {
					t.Fatalf("%s: element %d is %v, gonum has %v",
						p.transposes(), i, got.Data[i], want.Data[i])
				}
			}
		}
	}
}
