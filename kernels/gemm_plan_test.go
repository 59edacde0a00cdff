package kernels

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/seed964deb49/langevin/internal/ceil"
)

// blockings are those of all implementations, AVX-512 on processors whose first-level cache has eight ways
// and twelve.
var blockings = map[string]blocking{
	"avx2":      avx2Blocking(),
	"avx512/8":  avx512Blocking(32<<10, 1<<20),
	"avx512/12": avx512Blocking(48<<10, 2<<20),
	"avx512/?":  avx512Blocking(-1, -1),
	"neon":      neonBlocking(),
}

// planOf returns the plan of a product.
func planOf(s *shape, b *blocking) (p plan) {
	p.choose(s, b)
	return p
}

// planned is what a test looks at of a plan: the route, and a letter for each operand that is packed. Of
// tiles, it is the vectors of a block and the columns that are narrow, and what is fetched.
func (p plan) planned() string {
	name := map[route]string{
		directRoute: "direct", flippedRoute: "flipped", swappedRoute: "swapped", thinRoute: "thin",
		narrowRoute: "narrow", panelRoute: "panels",
	}[p.route]
	if p.route == tilesRoute {
		name = fmt.Sprintf("tiles %d+%d", p.tiles.vectors, p.tiles.narrow)
		if p.tiles.ahead > 0 {
			name += " ahead"
		}
		if p.tiles.far > 0 {
			name += " far"
		}
	}
	if p.packA {
		name += " A"
	}
	if p.packB {
		name += " B"
	}
	return name
}

// plain is the shape of a product of m by k and k by n elements in float32 whose rows follow each other, with
// fresh chains.
func plain(m, n, k int) shape {
	return shape{m: m, n: n, k: k, size: 4, aStride: k, bStride: n, cStride: n, fresh: true, cores: 1}
}

// with returns the shape after some changes.
func (s shape) with(changes ...func(*shape)) shape {
	for _, c := range changes {
		c(&s)
	}
	return s
}

func transposedA(s *shape) { s.transA, s.aStride = true, s.m }
func transposedB(s *shape) { s.transB = true }
func scaledA(s *shape)     { s.scaled = true }
func added(s *shape)       { s.fresh = false }
func packed(s *shape)      { s.packed = true }
func twoCores(s *shape)    { s.cores = 2 }
func inFloat64(s *shape)   { s.size = 8 }
func followed(s *shape)    { s.follows = true }
func biased(s *shape)      { s.bias = true }

func rowsApart(n int) func(*shape)    { return func(s *shape) { s.aStride = n } }
func rowsOfCApart(n int) func(*shape) { return func(s *shape) { s.cStride = n } }

// plans has the route of shapes of every kind, at both sides of the borders between them, and what is packed.
var plans = []struct {
	shape shape
	neon  string
	avx2  string // the same if empty
	avx8  string // AVX-512 with eight ways; the same if empty
	avx12 string // and with twelve; as with eight if empty
}{
	// Small products stay as they are.
	{plain(3, 13, 7), "tiles 4+0", "tiles 2+0", "tiles 1+0", ""},
	{plain(100, 16, 30), "tiles 4+0", "tiles 2+0", "tiles 1+0", ""},
	{plain(100, 16, 30).with(twoCores), "tiles 4+0", "tiles 2+0", "tiles 1+0", ""},
	{plain(100, 16, 30).with(scaledA), "tiles 4+0", "tiles 2+0", "tiles 1+0", ""},
	{plain(100, 16, 384), "tiles 4+0", "tiles 2+0", "tiles 1+0", ""},
	{plain(23, 32, 384), "direct", "", "tiles 2+0 ahead", ""},
	{plain(23, 32, 385), "panels", "", "tiles 2+0 ahead", ""},
	{plain(24, 32, 384), "panels B", "", "tiles 2+0 ahead", ""},
	{plain(100, 16, 30).with(transposedB), "tiles 4+0", "tiles 2+0", "tiles 1+0", ""},
	{plain(200, 48, 384).with(packed), "panels", "", "direct", ""},
	// One row or two read several panels at once.
	{plain(1, 13, 7), "tiles 4+0", "tiles 2+0", "tiles 1+0", ""},
	{plain(1, 64, 7), "tiles 8+0", "", "tiles 4+0", ""},
	{plain(2, 31, 900), "tiles 8+0 ahead", "tiles 4+0 ahead", "tiles 2+0 ahead", ""},
	{plain(2, 32, 900), "tiles 8+0 ahead", "tiles 4+0 ahead", "tiles 2+0 ahead", ""},
	{plain(2, 64, 900), "tiles 8+0 ahead", "tiles 4+0 ahead", "", ""},
	{plain(2, 64, 900).with(scaledA), "tiles 8+0 ahead", "tiles 4+0 ahead", "", ""},
	{plain(1, 256, 900), "tiles 12+0 ahead", "", "tiles 8+0 ahead", ""},
	{plain(1, 256, 900).with(packed), "tiles 12+0", "", "tiles 8+0", ""},
	{plain(3, 256, 100), "tiles 8+0 ahead", "tiles 3+0 ahead", "tiles 8+0 ahead", ""},
	{plain(2, 64, 900).with(transposedB), "panels B", "", "", ""},
	// One row by a transposed matrix is the matrix by a column.
	{plain(1, 256, 900).with(transposedB), "flipped", "", "", ""},
	{plain(1, 8, 1).with(transposedB, added), "flipped", "", "", ""},
	{plain(1, 7, 900).with(transposedB), "tiles 2+0", "tiles 1+0", "", ""},
	{plain(1, 256, 900).with(transposedB, scaledA), "panels B", "", "", ""},
	{plain(1, 256, 900).with(transposedB, biased), "panels B", "", "", ""},
	{plain(1, 256, 900).with(transposedB, followed), "panels B", "", "", ""},
	{plain(1, 256, 900).with(transposedB, inFloat64), "panels B", "flipped", "", ""},
	// Few columns are vectors along the rows of A.
	{plain(8, 4, 900), "tiles 1+0", "tiles 0+4", "", ""},
	{plain(900, 1, 10000).with(transposedA, transposedB), "narrow", "", "", ""},
	{plain(16, 4, 900), "tiles 1+0", "tiles 0+4", "", ""},
	{plain(16, 4, 14), "tiles 1+0", "tiles 0+4", "", ""},
	{plain(8, 1, 900), "tiles 0+1", "", "", ""},
	{plain(7, 4, 300), "tiles 1+0", "", "", ""},
	{plain(8, 5, 300), "tiles 2+0", "tiles 1+0", "", ""},
	{plain(8, 4, 300).with(inFloat64), "tiles 2+0", "tiles 1+0", "", ""},
	{plain(8, 20, 300), "tiles 5+0", "tiles 2+0", "", ""}, // for its last four columns
	{plain(7, 20, 300), "tiles 5+0", "tiles 2+0", "", ""},
	{plain(8, 20, 300).with(scaledA), "tiles 5+0", "tiles 2+0", "", ""}, // for its last four columns
	{plain(100, 3, 30), "tiles 0+3", "", "", ""},
	{plain(100, 4, 30), "tiles 1+0", "tiles 0+4", "", ""},
	{plain(100, 4, 30).with(transposedA), "tiles 0+4", "", "", ""},
	{plain(100, 17, 30), "tiles 5+0", "tiles 2+1", "tiles 1+1", ""},
	{plain(100, 17, 30).with(transposedA), "tiles 4+1", "tiles 2+1", "tiles 1+1", ""},
	{plain(15, 3, 30), "tiles 1+0", "tiles 0+3", "", ""},
	{plain(8, 4, 48), "tiles 1+0", "tiles 0+4", "", ""},
	{plain(8, 4, 47), "tiles 1+0", "", "", ""},
	{plain(10, 3, 90), "tiles 1+0", "", "", ""},
	{plain(11, 3, 90), "tiles 1+0", "tiles 0+3", "", ""},
	{plain(7, 2, 90), "tiles 1+0", "", "", ""},
	{plain(8, 3, 128).with(inFloat64), "tiles 2+0", "tiles 0+3", "", ""},
	{plain(8, 3, 127).with(inFloat64), "tiles 2+0", "tiles 1+0", "", ""},
	{plain(16, 1, 8).with(inFloat64), "tiles 1+0", "tiles 0+1", "", ""},
	{plain(15, 1, 9).with(inFloat64), "tiles 1+0", "tiles 0+1", "", ""},
	{plain(15, 1, 8).with(inFloat64), "tiles 1+0", "", "", ""},
	{plain(7, 1, 90).with(inFloat64), "tiles 1+0", "", "", ""},
	{plain(16, 1, 7).with(inFloat64), "tiles 1+0", "", "", ""},
	{plain(16, 2, 15).with(inFloat64), "tiles 1+0", "", "", ""},
	{plain(16, 2, 16).with(inFloat64), "tiles 1+0", "tiles 0+2", "", ""},
	{plain(63, 3, 90).with(inFloat64), "tiles 2+0", "tiles 1+0", "", ""},
	{plain(64, 3, 6).with(inFloat64), "tiles 2+0", "tiles 0+3", "", ""},
	{plain(64, 3, 5).with(inFloat64), "tiles 2+0", "tiles 1+0", "", ""},
	{plain(100, 4, 90).with(inFloat64), "tiles 2+0", "tiles 1+0", "", ""},
	{plain(100, 5, 90).with(inFloat64), "tiles 3+0", "tiles 1+1", "tiles 1+0", ""},
	{plain(20, 9, 50).with(inFloat64), "tiles 5+0", "tiles 2+1", "tiles 1+1", ""},
	{plain(20, 9, 49).with(inFloat64), "tiles 5+0", "tiles 3+0", "tiles 2+0", ""},
	{plain(20, 10, 90).with(inFloat64), "tiles 5+0", "tiles 3+0", "tiles 2+0", ""},
	{plain(8, 4, 300).with(inFloat64, transposedB), "tiles 2+0", "tiles 1+0", "", ""},
	{plain(7, 4, 300).with(inFloat64, transposedB), "tiles 2+0", "tiles 1+0", "", ""},
	{plain(50, 2, 5000).with(inFloat64), "tiles 1+0 ahead", "narrow", "", ""},
	// A short inner dimension is C row by row.
	{plain(8, 64, 4), "tiles 6+0", "tiles 2+0", "tiles 4+0", ""},
	{plain(8, 63, 4), "tiles 6+0", "tiles 2+0", "tiles 4+0", ""},
	{plain(7, 64, 4), "tiles 6+0", "tiles 8+0", "tiles 4+0", ""},
	{plain(8, 64, 5), "tiles 6+0", "tiles 2+0", "tiles 4+0", ""},
	{plain(300, 90, 2), "thin B", "", "tiles 12+0 far", ""},
	{plain(8, 64, 8).with(rowsOfCApart(512)), "tiles 6+0", "tiles 2+0", "tiles 4+0", ""},
	{plain(8, 64, 9).with(rowsOfCApart(512)), "tiles 6+0", "tiles 2+0", "tiles 4+0", ""},
	{plain(8, 32, 4).with(inFloat64), "tiles 6+0", "tiles 2+0", "tiles 4+0", ""},
	{plain(8, 64, 4).with(packed), "tiles 6+0", "tiles 2+0", "tiles 4+0", ""},
	// A is packed for many panels, unless AVX-512 reads it at no loss.
	{plain(100, 300, 2), "thin B", "", "tiles 12+0 far", ""},
	{plain(100, 300, 8), "tiles 5+0 far", "tiles 2+0 far", "tiles 12+0 far", ""},
	{plain(100, 300, 9), "tiles 5+0 far", "tiles 2+0 far", "tiles 5+0 far", ""},
	{plain(100, 20, 3000), "tiles 5+0 ahead", "tiles 2+4 ahead", "tiles 1+4 ahead", ""},
	{plain(12, 1024, 100), "direct", "", "tiles 2+0 ahead", ""},
	{plain(13, 1024, 100), "direct", "", "", ""},
	{plain(13, 1025, 100), "panels", "", "tiles 5+1 ahead", ""},
	{plain(300, 16, 200).with(twoCores), "tiles 4+0", "tiles 2+0", "tiles 1+0", ""},
	{plain(20, 512, 200).with(twoCores), "panels A", "", "panels", ""},
	{plain(31, 192, 128), "panels A B", "", "panels B", ""},
	{plain(31, 191, 128), "panels B", "", "", ""},
	{plain(31, 192, 127), "panels B", "", "", ""},
	{plain(5, 192, 128), "tiles 5+0 ahead", "tiles 2+0 ahead", "tiles 4+0 ahead", ""},
	{plain(31, 192, 130).with(scaledA), "panels A B", "", "", ""},
	{plain(31, 192, 130).with(rowsApart(1024)), "panels A B", "", "", "panels B"},
	{plain(31, 192, 130).with(packed), "panels A", "", "direct", ""},
	{plain(31, 64, 130).with(transposedA), "panels A B", "", "panels B", ""},
	{plain(31, 63, 130).with(transposedA), "panels B", "", "tiles 4+0", ""},
	{plain(31, 64, 7).with(transposedA), "tiles 6+0", "tiles 2+0", "tiles 4+0", ""},
	{plain(31, 390, 130).with(transposedA), "panels A B", "", "panels B", ""},
	{plain(31, 390, 130).with(transposedA, scaledA), "panels A B", "", "", ""},
	{plain(31, 390, 130).with(transposedA, rowsApart(700)), "panels A B", "", "", ""},
	{plain(31, 383, 130).with(transposedA, rowsApart(700)), "panels A B", "", "panels B", ""},
	// A large transposed B is the left operand of the transposed product.
	{plain(70, 745, 709).with(transposedB), "panels A B", "", "swapped", ""},
	{plain(70, 745, 709).with(transposedB, twoCores, followed), "panels A B", "", "swapped", ""},
	{plain(31, 745, 709).with(transposedB), "panels A B", "", "panels B", ""},
	{plain(700, 745, 709).with(transposedB), "panels A B", "", "panels B", ""},
	{plain(70, 700, 709).with(transposedB), "panels A B", "", "panels B", ""},
	{plain(70, 745, 709).with(transposedB, added), "panels A B", "", "panels B", ""},
	{plain(70, 745, 709).with(transposedB, biased), "panels A B", "", "panels B", ""},
	{plain(70, 745, 709).with(transposedB, scaledA), "panels A B", "", "", ""},
	{plain(70, 745, 709).with(transposedB, inFloat64), "panels A B", "", "panels B", ""},
}

// TestPlan compares the plans of all blockings with the table.
func TestPlan(t *testing.T) {
	for _, c := range plans {
		want := ""
		for _, column := range []struct{ blocking, plan string }{
			{"neon", c.neon}, {"avx2", c.avx2}, {"avx512/8", c.avx8}, {"avx512/?", ""},
			{"avx512/12", c.avx12},
		} {
			if column.plan != "" {
				want = column.plan
			}
			b := blockings[column.blocking]
			if got := planOf(&c.shape, &b).planned(); got != want {
				t.Errorf("%s, %+v: %s, want %s", column.blocking, c.shape, got, want)
			}
		}
	}
}

// TestPlanOfBlocks: a block of the inner dimension is as deep as any other, and at most as deep as the
// blocking says.
func TestPlanOfBlocks(t *testing.T) {
	for name, b := range blockings {
		for _, c := range []struct{ n, k, depth, cols int }{
			{100, b.depth, b.depth, b.panels * 16},
			{100, b.depth + 1, b.depth/2 + 1, b.panels * 16},
			{100, 2*b.depth + 3, 2*b.depth/3 + 1, b.panels * 16},
			{3, 2 * b.narrowDepth, b.narrowDepth, b.panels * 16},
			{3, b.narrowDepth + 1, b.narrowDepth/2 + 1, b.panels * 16},
		} {
			s := plain(50, c.n, c.k)
			if p := planOf(&s, &b); p.depth != c.depth || p.cols != c.cols {
				t.Errorf("%s: k = %d: blocks of %d by %d, want %d by %d",
					name, c.k, p.depth, p.cols, c.depth, c.cols)
			}
		}
		s := plain(50, 100, 100).with(inFloat64)
		if p := planOf(&s, &b); p.cols != b.panels*8 {
			t.Errorf("%s: blocks of %d columns in float64", name, p.cols)
		}
	}
}

// complete reports whether the chunks are each strip by each swath once, and strips and swaths cover all rows
// and panels in order.
func (d *division) complete() bool {
	if d.strips%d.gridRows != 0 || d.swaths%d.gridCols != 0 {
		return false
	}
	seen := make([]bool, d.chunks())
	for i := range seen {
		strip, swath := d.chunk(i)
		if strip < 0 || strip >= d.strips || swath < 0 || swath >= d.swaths || seen[strip*d.swaths+swath] {
			return false
		}
		seen[strip*d.swaths+swath] = true
	}
	rows, panels := 0, 0
	for i := range d.strips {
		from, to := d.stripRows(i)
		if from != rows || to <= from || from%d.unit != 0 {
			return false
		}
		rows = to
	}
	for i := range d.swaths {
		first, end := d.swathPanels(i)
		if first != panels || end <= first {
			return false
		}
		panels = end
	}
	return rows == d.m && panels == d.panels
}

// TestDivision: every block is divided completely, whatever the shape and the number of cores.
func TestDivision(t *testing.T) {
	r := rand.New(rand.NewPCG(81, 82))
	several := map[string]int{}
	for name, b := range blockings {
		for range 3000 {
			s := plain(1+r.IntN(1+r.IntN(3000)), 1+r.IntN(1+r.IntN(3000)), 1+r.IntN(1+r.IntN(2000)))
			s.cores, s.transA = 1+r.IntN(maxSlots), r.IntN(2) == 0
			s.transB, s.size = r.IntN(2) == 0, 4+4*r.IntN(2)
			p := planOf(&s, &b)
			if p.route <= swappedRoute {
				continue
			}
			cols := min(p.cols, s.n)
			var d division
			d.divide(&p, &s, &b, cols)
			if !d.complete() || d.m != s.m || d.panels != ceil.Div(cols, s.panelCols()) ||
				d.gridRows*d.gridCols > s.cores {
				t.Fatalf("%s, %+v: %+v", name, s, d)
			}
			if d.strips > d.gridRows {
				several["strips a core"]++
			}
			if d.swaths > d.gridCols {
				several["swaths a core"]++
			}
			if d.packBlock {
				several["blocks packed before"]++
			}
		}
	}
	for _, what := range []string{"strips a core", "swaths a core", "blocks packed before"} {
		if several[what] == 0 {
			t.Errorf("no shape has %s", what)
		}
	}
}
