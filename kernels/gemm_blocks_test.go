//go:build (amd64 || arm64) && !purego

package kernels

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
)

// extent is the number of elements that m needs.
func (m Matrix) extent() int { return extent(m.Rows, m.Cols, m.Stride) }

// blockCase is a product that crosses borders of its blocks, strips or swaths, and how to see that it does.
type blockCase struct {
	m, n, k        int
	transA, transB bool
	alpha, beta    float32
	cStride        int // n if zero
	cores          int
	packed         bool // B comes in panels
	crosses        func(s *shape, p *plan, d *division) bool
}

func bothBlocks(s *shape, p *plan, _ *division) bool    { return s.n > p.cols && s.k > p.depth }
func deepNarrow(s *shape, p *plan, _ *division) bool    { return p.route == narrowRoute && s.k > p.depth }
func narrowTail(s *shape, p *plan, _ *division) bool    { return p.narrowTail && s.k > p.depth }
func thinBlocks(s *shape, p *plan, _ *division) bool    { return p.route == thinRoute && s.n > p.cols }
func severalStrips(_ *shape, _ *plan, d *division) bool { return d.strips > d.gridRows }
func severalSwaths(_ *shape, _ *plan, d *division) bool { return d.swaths > d.gridCols }
func packedStrips(_ *shape, p *plan, d *division) bool  { return p.packA && d.strips > d.gridRows }
func packedBlocks(s *shape, p *plan, d *division) bool {
	return p.packA && p.packB && bothBlocks(s, p, d)
}
func narrowStrips(_ *shape, p *plan, d *division) bool {
	return p.route == narrowRoute && d.strips > d.gridRows
}
func blocksOnTheWay(s *shape, p *plan, d *division) bool {
	return p.packB && !d.packBlock && bothBlocks(s, p, d)
}

// blockCases has its sizes from the blocking.
func blockCases(b *blocking) []blockCase {
	cols, depth, deep := b.panels*panelCols[float32](), b.depth, b.narrowDepth
	rows := max(b.stripBytes, b.wholeBytes)/(4*depth) + 7
	all := []blockCase{
		{m: 31, n: cols + 19, k: depth + 7, alpha: 1, crosses: bothBlocks},
		{m: 31, n: cols + 19, k: depth + 7, alpha: 1, packed: true, crosses: bothBlocks},
		{
			m: 31, n: cols + 19, k: 2*depth + 7, alpha: 0.3, beta: 1, transA: true, transB: true,
			crosses: packedBlocks,
		},
		{m: 25, n: cols + 19, k: depth + 7, alpha: 1, beta: 0.7, crosses: blocksOnTheWay},
		{m: 25, n: cols + 19, k: depth + 7, alpha: 1, cores: 3, crosses: bothBlocks},
		{m: 37, n: 3, k: deep + 9, alpha: 1, crosses: deepNarrow},
		{m: 37, n: 4, k: deep + 9, alpha: 0.3, beta: 1, transA: true, crosses: deepNarrow},
		{m: 39, n: 1, k: 2*deep + 9, alpha: 1, transB: true, cores: 2, crosses: deepNarrow},
		{m: 39, n: 2, k: deep + 9, alpha: 1, packed: true, crosses: deepNarrow},
		{m: rows + 40, n: 2, k: deep + 9, alpha: 1, crosses: narrowStrips},
		{m: 37, n: 35, k: depth + 5, alpha: 1, crosses: narrowTail},
		{m: 45, n: 20, k: 2*depth + 5, alpha: 0.3, transB: true, crosses: narrowTail},
		{m: 45, n: 33, k: depth + 5, alpha: 0.3, packed: true, cores: 2, crosses: narrowTail},
		{m: rows, n: 37, k: depth + 3, alpha: 1, beta: 1, crosses: severalStrips},
		{m: rows, n: b.packPanelsTrans*16 + 5, k: depth + 3, alpha: 0.3, transA: true, crosses: packedStrips},
		{m: 100, n: 300, k: 300, alpha: 1, cores: 2, crosses: severalSwaths},
		{m: 100, n: 300, k: 300, alpha: 0.3, transA: true, cores: 2, crosses: severalSwaths},
		{m: 2400, n: 100, k: 250, alpha: 1, cores: 2, crosses: severalStrips},
	}
	if !b.tiling.writesRows {
		all = append(all,
			blockCase{
				m: 30, n: cols + 83, k: 2, alpha: 0.3, beta: 1, transB: true, cores: 5,
				crosses: thinBlocks,
			},
			blockCase{m: 70, n: cols + 19, k: 3, alpha: 1, crosses: thinBlocks},
			blockCase{m: 60, n: 512, k: 12, alpha: 1, cStride: crowdBytes / 4, crosses: severalStrips},
		)
	}
	return all
}

// TestGemmBlocks compares products with the definition where they cross the borders of blocks in both
// directions, of strips and of swaths, on every route.
func TestGemmBlocks(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	eachFast(t, func(t *testing.T, fast string) {
		use(t, fast)
		r := rand.New(rand.NewPCG(51, 52))
		for _, c := range blockCases(blockingInUse()) {
			c.cores = max(1, c.cores)
			runtime.GOMAXPROCS(c.cores)
			c.check(t, fast, r)
		}
	})
}

func (c blockCase) check(t *testing.T, fast string, r *rand.Rand) {
	t.Helper()
	what := fmt.Sprintf("%dx%dx%d transposed %v %v, alpha %v, beta %v, packed %v, %d cores",
		c.m, c.n, c.k, c.transA, c.transB, c.alpha, c.beta, c.packed, c.cores)
	a, b := Matrix{Rows: c.m, Cols: c.k, Stride: c.k}, Matrix{Rows: c.k, Cols: c.n, Stride: c.n}
	if c.transA {
		a = Matrix{Rows: c.k, Cols: c.m, Stride: c.m + 3}
	}
	if c.transB {
		b = Matrix{Rows: c.n, Cols: c.k, Stride: c.k + 1}
	}
	d := Matrix{Rows: c.m, Cols: c.n, Stride: max(c.n, c.cStride)}

	s := shape{
		m: c.m, n: c.n, k: c.k, transA: c.transA, transB: c.transB && !c.packed, size: 4,
		aStride: a.Stride, bStride: b.Stride, cStride: d.Stride,
		scaled: c.alpha != 1, fresh: c.beta == 0, packed: c.packed, cores: c.cores,
	}
	p := planOf(&s, blockingInUse())
	var division division
	division.divide(&p, &s, blockingInUse(), min(c.n, p.cols))
	if p.route <= swappedRoute || !c.crosses(&s, &p, &division) {
		t.Errorf("%s: crosses no border: %+v, %+v", what, p, division)
	}

	var inputs [][]float32
	for _, size := range []int{a.extent(), b.extent(), d.extent()} {
		inputs = append(inputs, normals[float32](r, size))
	}
	compare(t, fast, what, inputs, func(x [][]float32) {
		a, b, d := a, b, d
		a.Data, b.Data, d.Data = x[0], x[1], x[2]
		if !c.packed || Backend() == string(generic) {
			Gemm(c.transA, c.transB, c.alpha, a, b, c.beta, d)
			return
		}
		var packed Packed
		packed.Pack(c.transB, b)
		GemmPacked(c.transA, c.alpha, a, &packed, c.beta, d)
	})
}

// TestGemmCores does so with random transposes, strides and factors, on more cores than there are.
func TestGemmCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	eachFast(t, func(t *testing.T, fast string) {
		use(t, fast)
		b, r := blockingInUse(), rand.New(rand.NewPCG(55, 56))
		cols := b.panels * panelCols[float32]()
		for _, cores := range []int{1, 2, 5, 100} {
			runtime.GOMAXPROCS(cores)
			testGemm(t, fast, r, 13, cols+19, 20, normals)
			testGemm(t, fast, r, 70, cols+19, 3, normals)
			testGemm(t, fast, r, 131, 45, b.depth+1, normals)
		}
	})
}

// TestGemm64Blocks multiplies in float64 across the borders of blocks in both directions.
func TestGemm64Blocks(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	eachFast(t, func(t *testing.T, fast string) {
		use(t, fast)
		b, r := blockingInUse(), rand.New(rand.NewPCG(57, 58))
		cols := b.panels * panelCols[float64]()
		for _, cores := range []int{1, 3} {
			runtime.GOMAXPROCS(cores)
			for _, m := range []int{1, 7, 25, 26} {
				checkGemm64(t, r, m, cols+11, b.depth+7)
			}
			checkGemm64(t, r, 40, cols+11, 3)
			checkGemm64(t, r, 131, 45, 2*b.depth+1)
			checkGemm64(t, r, 37, 1+r.IntN(narrowCols), b.narrowDepth+9)
		}
	})
}

// TestDenseBlocks: a layer's bias and activation reach the second block of columns, after the last block of
// the inner dimension.
func TestDenseBlocks(t *testing.T) {
	eachFast(t, func(t *testing.T, fast string) {
		use(t, fast)
		b := blockingInUse()
		m, n, k := 5, b.panels*panelCols[float32]()+21, b.depth+9
		r := rand.New(rand.NewPCG(53, 54))
		inputs := [][]float32{
			normals[float32](r, m*k), normals[float32](r, k*n), normals[float32](r, n),
			make([]float32, m*n), make([]float32, m*n),
		}
		compare(t, fast, "layer", inputs, func(x [][]float32) {
			of := func(rows, cols, i int) Matrix {
				return Matrix{Rows: rows, Cols: cols, Stride: cols, Data: x[i]}
			}
			Dense{W: of(k, n, 1), Bias: x[2], SiLU: true}.Forward(of(m, n, 3), of(m, n, 4), of(m, k, 0))
		})
	})
}
