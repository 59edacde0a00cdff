//go:build (amd64 || arm64) && !purego

package kernels

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/seed964deb49/langevin/internal/ceil"
)

// tileCase is a call of a kernel of blocks.
type tileCase struct {
	vectors, cut, rows, m, k int // cut is how many lanes of the last vector are missing
	start                    string
	packed, transA           bool
	ahead, far               int
}

// TestBlocks compares every kernel of blocks with chains of fused multiply-adds, at every height, in both
// precisions.
func TestBlocks(t *testing.T) {
	eachFast(t, func(t *testing.T, fast string) {
		use(t, fast)
		tiling := blockingInUse().tiling
		r := rand.New(rand.NewPCG(91, 92))
		for v := 1; v <= blockVectors; v++ {
			for rows := 1; rows <= int(tiling.most[0][v]); rows++ {
				for i := range 8 {
					c := tileCase{
						vectors: v, rows: rows, m: 1 + r.IntN(3*rows), k: 1 + r.IntN(9),
						cut:    i % 2 * (1 + r.IntN(1<<tiling.shift-1)),
						start:  []string{"", "bias", "c"}[r.IntN(3)],
						packed: r.IntN(2) == 0, transA: r.IntN(2) == 0,
						ahead: r.IntN(2) * 8, far: r.IntN(2),
					}
					c.m = max(c.m, rows)
					checkBlock[float32](t, r, tiling, c)
					c.cut %= 1 << tiling.vectorShift(8)
					checkBlock[float64](t, r, tiling, c)
				}
			}
		}
	})
}

func checkBlock[T float](t *testing.T, r *rand.Rand, tiling *tiling, c tileCase) {
	t.Helper()
	if c.cut > 0 && c.rows > int(tiling.most[1][c.vectors]) {
		c.rows = int(tiling.most[1][c.vectors])
	}
	lanes, wide := 1<<tiling.vectorShift(sizeOf[T]()), panelCols[T]()
	n := c.vectors*lanes - c.cut
	q := blockProduct[T]{m: c.m, rows: c.rows, k: c.k, far: c.far, width: lanes - c.cut}
	q.aRow, q.aCol, q.bRow, q.bPanel, q.cRow = c.k+r.IntN(3), 1, n+r.IntN(3), wide, n+r.IntN(3)
	extentA := (c.m-1)*q.aRow + c.k
	if c.transA {
		q.aRow, q.aCol = 1, c.m+r.IntN(3)
		extentA = (c.k-1)*q.aCol + c.m
	}
	extentB := (c.k-1)*q.bRow + n
	if c.packed {
		q.bRow, q.bPanel = wide, wide*c.k
		extentB = ceil.Div(n, wide) * q.bPanel
	} else {
		q.ahead = c.ahead * q.bRow
	}
	a, b := guarded[T](t, r, extentA), guarded[T](t, r, extentB)
	out := guarded[T](t, r, (c.m-1)*q.cRow+n)
	bias := guarded[T](t, r, n)
	q.a, q.b, q.c = &a[0], &b[0], &out[0]
	switch c.start {
	case "bias":
		q.start = &bias[0]
	case "c":
		q.start, q.startRow = q.c, q.cRow
	}
	want := append([]T(nil), out...)
	for i := range c.m {
		for j := range n {
			sum := T(0)
			switch c.start {
			case "bias":
				sum = bias[j]
			case "c":
				sum = want[i*q.cRow+j]
			}
			for p := range c.k {
				sum = fma(a[i*q.aRow+p*q.aCol], b[j/wide*q.bPanel+p*q.bRow+j%wide], sum)
			}
			want[i*q.cRow+j] = sum
		}
	}
	q.multiply(c.vectors, tiling)
	for i, w := range want {
		if out[i] != w {
			t.Fatalf("%d bytes, %+v: element %d is %v, want %v", sizeOf[T](), c, i, out[i], w)
		}
	}
}

// TestTiles compares products in tiles with the definition around the borders between widths, heights and
// depths, and where B and C are far.
func TestTiles(t *testing.T) {
	eachFast(t, func(t *testing.T, fast string) {
		r := rand.New(rand.NewPCG(93, 94))
		for _, n := range []int{1, 4, 5, 8, 9, 16, 17, 33, 36, 47, 64, 100, 191, 192, 193, 400} {
			for _, m := range []int{1, 2, 3, 7, 12, 13, 16, 24, 25, 40} {
				testGemm(t, fast, r, m, n, 1+r.IntN(20), normals)
			}
		}
		for _, s := range [][3]int{
			{3, 100, 200}, {24, 40, 300}, {300, 90, 2}, {60, 700, 9}, {30, 20, 60}, {50, 17, 100},
			{130, 1, 1}, {130, 1, 7}, {16, 3, 20}, {40, 35, 70}, {17, 2, 4100}, {90, 33, 50},
		} {
			for range 6 {
				testGemm(t, fast, r, s[0], s[1], s[2], normals)
			}
		}
		// Few columns of float64, alone and beside whole vectors; rows of A close together and half a page
		// apart.
		for _, n := range []int{1, 2, 3, 4, 5, 9} {
			for _, m := range []int{8, 15, 16, 17, 23, 30, 64, 69, 100} {
				for _, k := range []int{1 + r.IntN(8), 9 + r.IntN(30), 256} {
					checkGemm64(t, r, m, n, k)
				}
			}
		}
		// The last of several cores has few rows or columns left.
		defer func(n int) { processors = n }(processors)
		processors = 4
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
		for _, s := range [][3]int{{97, 2, 2040}, {97, 4, 1020}, {3, 65, 4000}, {65, 17, 481}} {
			m, n, k := s[0], s[1], s[2]
			var inputs [][]float32
			for _, size := range []int{m * k, k * n, m * n} {
				inputs = append(inputs, normals[float32](r, size))
			}
			compare(t, fast, fmt.Sprint(s), inputs, func(x [][]float32) {
				for range 20 { // until a worker is awake
					a, b := Matrix{m, k, k, x[0]}, Matrix{k, n, n, x[1]}
					Gemm(false, false, 1, a, b, 0, Matrix{m, n, n, x[2]})
				}
			})
		}
	})
}

// TestViewOfMatrix: the fields of a view are those of a matrix, where the one is taken for the other.
func TestViewOfMatrix(t *testing.T) {
	m := Matrix{Rows: 2, Cols: 3, Stride: 5, Data: make([]float32, 8)}
	if v, w := *m.view(), view32(m); fmt.Sprint(v) != fmt.Sprint(w) || &v.data[0] != &w.data[0] {
		t.Errorf("a view of %+v is %+v", m, v)
	}
}

// TestTileChoices: every choice is one that there are kernels for, and that is not beaten by another.
func TestTileChoices(t *testing.T) {
	for _, tiling := range []*tiling{tilingAVX2, tilingAVX512, tilingNEON} {
		for m := 1; m <= tilingSide; m++ {
			for vectors := 1; vectors <= tilingSide; vectors++ {
				for deep, k := range []float64{shallowSteps, deepSteps} {
					v := tiling.choices[deep][m][vectors]
					most := min(vectors, blockVectors)
					if v < 1 || v > most || tiling.height(m, v, true) > int(tiling.most[1][v]) {
						t.Fatalf("%d rows of %d vectors: blocks of %d", m, vectors, v)
					}
					for other := 1; other <= most; other++ {
						if tiling.cost(m, vectors, other, k) < tiling.cost(m, vectors, v, k) {
							t.Fatalf("%d by %d vectors: blocks of %d cost more than %d", m, vectors, v, other)
						}
					}
				}
			}
		}
	}
}
