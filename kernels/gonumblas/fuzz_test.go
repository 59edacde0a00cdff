package gonumblas_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// fuzzed is a call of a routine with operands of its own.
type fuzzed[T float32 | float64] struct {
	r       *rand.Rand
	numbers func(n int) []T
	plain   bool  // factors are ordinary numbers
	size    bool  // factors are their magnitudes
	x       [][]T // all operands in memory, and what a routine returns
	loose   bool  // the routine is not gonum's but for a sum of magnitudes
}

// vector returns n numbers with an increment of either sign.
func (c *fuzzed[T]) vector(n int) ([]T, int) {
	inc := []int{1, 1, 1, 2, 3, -1, -2}[c.r.IntN(7)]
	x := c.numbers(1 + (n-1)*max(inc, -inc) + c.r.IntN(4))
	c.x = append(c.x, x)
	return x, inc
}

// matrix returns a matrix with some stride, and beyond its end some elements more.
func (c *fuzzed[T]) matrix(rows, cols int) ([]T, int) {
	stride := max(1, cols+[]int{0, 0, 1, 5}[c.r.IntN(4)])
	x := c.numbers(rows*stride + c.r.IntN(4))
	c.x = append(c.x, x)
	return x, stride
}

// factor is a factor of which there are special ones.
func (c *fuzzed[T]) factor() T {
	all := []T{0, 1, -1, 0.3, T(math.NaN()), T(math.Inf(1)), T(math.Copysign(0, -1))}
	if c.plain {
		all = []T{0, 1, -1, 0.3, -0.7, 2, 0.1}
	}
	f := all[c.r.IntN(len(all))]
	if c.size {
		f = max(f, -f)
	}
	return f
}

// sides, triangles and the like.
func (c *fuzzed[T]) uplo() blas.Uplo      { return uplos[c.r.IntN(2)] }
func (c *fuzzed[T]) flip() blas.Transpose { return flips[c.r.IntN(3)] }
func (c *fuzzed[T]) diag() blas.Diag      { return diags[c.r.IntN(2)] }
func (c *fuzzed[T]) side() blas.Side      { return sides[c.r.IntN(2)] }
func (c *fuzzed[T]) returned(values ...T) { c.x = append(c.x, values) }

// level1 calls a routine of level 1, or Ger.
func (c *fuzzed[T]) level1(b vectors[T], n int) {
	x, incX := c.vector(n)
	y, incY := c.vector(n)
	positive := max(incX, -incX)
	switch c.r.IntN(9) {
	case 0:
		c.returned(b.dot(n, x, incX, y, incY))
	case 1:
		c.returned(b.nrm2(n, x, positive), b.asum(n, x, positive), T(b.iamax(n, x, positive)))
	case 2:
		b.axpy(n, c.factor(), x, incX, y, incY)
	case 3:
		c.loose = true
		b.rot(n, x, incX, y, incY, c.factor(), c.factor())
	case 4:
		b.scal(n, c.factor(), x, positive)
	case 5:
		b.swap(n, x, incX, y, incY)
	case 6:
		b.copy(n, x, incX, y, incY)
	case 7:
		c.loose = true
		p, q, r, z := b.rotg(x[0], y[0])
		c.returned(p, q, r, z)
	case 8:
		a, lda := c.matrix(n, n)
		b.ger(n, n, c.factor(), x, incX, y, incY, a, lda)
	}
}

// level2 calls a routine of level 2.
func (c *fuzzed[T]) level2(b vectors[T], m, n int) {
	if c.r.IntN(3) == 0 {
		c.rectangle(b, m, n)
		return
	}
	x, incX := c.vector(n)
	y, incY := c.vector(n)
	ul, k := c.uplo(), c.r.IntN(n)
	a, lda := c.matrix(n, max(n, k+1))
	switch c.r.IntN(13) {
	case 0:
		b.symv(ul, n, c.factor(), a, lda, x, incX, c.factor(), y, incY)
	case 1:
		b.sbmv(ul, n, k, c.factor(), a, lda, x, incX, c.factor(), y, incY)
	case 2:
		b.spmv(ul, n, c.factor(), a, x, incX, c.factor(), y, incY)
	case 3:
		b.syr(ul, n, c.factor(), x, incX, a, lda)
	case 4:
		b.spr(ul, n, c.factor(), x, incX, a)
	case 5:
		b.syr2(ul, n, c.factor(), x, incX, y, incY, a, lda)
	case 6:
		b.spr2(ul, n, c.factor(), x, incX, y, incY, a)
	case 7:
		b.trmv(ul, c.flip(), c.diag(), n, a, lda, x, incX)
	case 8:
		c.loose = true
		b.trsv(ul, c.flip(), c.diag(), n, a, lda, x, incX)
	case 9:
		b.tbmv(ul, c.flip(), c.diag(), n, k, a, lda, x, incX)
	case 10:
		c.loose = true
		b.tbsv(ul, c.flip(), c.diag(), n, k, a, lda, x, incX)
	case 11:
		b.tpmv(ul, c.flip(), c.diag(), n, a, x, incX)
	case 12:
		c.loose = true
		b.tpsv(ul, c.flip(), c.diag(), n, a, x, incX)
	}
}

// rectangle calls what takes a matrix of m by n.
func (c *fuzzed[T]) rectangle(b vectors[T], m, n int) {
	t := c.flip()
	inX, inY := n, m
	if t != blas.NoTrans {
		inX, inY = m, n
	}
	x, incX := c.vector(inX)
	y, incY := c.vector(inY)
	if c.r.IntN(2) == 0 {
		a, lda := c.matrix(m, n)
		b.gemv(t, m, n, c.factor(), a, lda, x, incX, c.factor(), y, incY)
		return
	}
	below, above := c.r.IntN(m), c.r.IntN(n)
	a, lda := c.matrix(min(m, n+below), below+above+1)
	b.gbmv(t, m, n, below, above, c.factor(), a, lda, x, incX, c.factor(), y, incY)
}

// level3 calls a routine of level 3.
func (c *fuzzed[T]) level3(b routines[T], m, n, k int) {
	ul, t, u, s, d := c.uplo(), c.flip(), c.flip(), c.side(), c.diag()
	turned := func(t blas.Transpose, rows, cols int) ([]T, int) {
		if t != blas.NoTrans {
			rows, cols = cols, rows
		}
		return c.matrix(rows, cols)
	}
	square := n
	if s == blas.Left {
		square = m
	}
	x, ldx := c.matrix(m, n)
	switch c.r.IntN(6) {
	case 0:
		p, ldp := turned(t, m, k)
		q, ldq := turned(u, k, n)
		b.gemm(t, u, m, n, k, c.factor(), p, ldp, q, ldq, c.factor(), x, ldx)
	case 1:
		a, lda := c.matrix(square, square)
		y, ldy := c.matrix(m, n)
		b.symm(s, ul, m, n, c.factor(), a, lda, y, ldy, c.factor(), x, ldx)
	case 2:
		a, lda := turned(t, n, k)
		y, ldy := c.matrix(n, n)
		b.syrk(ul, t, n, k, c.factor(), a, lda, c.factor(), y, ldy)
	case 3:
		p, ldp := turned(t, n, k)
		q, ldq := turned(t, n, k)
		y, ldy := c.matrix(n, n)
		b.syr2k(ul, t, n, k, c.factor(), p, ldp, q, ldq, c.factor(), y, ldy)
	case 4:
		a, lda := c.matrix(square, square)
		b.trmm(s, ul, t, d, m, n, c.factor(), a, lda, x, ldx)
	case 5:
		a, lda := c.matrix(square, square)
		c.loose = true
		b.trsm(s, ul, t, d, m, n, c.factor(), a, lda, x, ldx)
	}
}

// choice has the sizes of a call, and what chooses the rest of it.
type choice struct {
	seed           uint64
	level, m, n, k int
}

// routine calls the one that is chosen.
func (c *fuzzed[T]) routine(of choice, v vectors[T], b routines[T]) *fuzzed[T] {
	switch of.level {
	case 0:
		c.level1(v, of.n)
	case 1:
		c.level2(v, of.m, of.n)
	case 2:
		c.level3(b, of.m, of.n, of.k)
	}
	return c
}

// afterwards calls a routine in the implementation in use on numbers of any kind, and returns all operands.
func afterwards[T float32 | float64](of choice, special uint64, v vectors[T], b routines[T]) [][]T {
	r := rand.New(rand.NewPCG(of.seed, 1))
	c := &fuzzed[T]{r: r, numbers: func(n int) []T {
		x := make([]T, n)
		for i := range x {
			x[i] = T(r.NormFloat64())
			if r.IntN(1+int(of.seed%50)) == 0 {
				x[i] = anyNumber[T](r, special)
			}
		}
		return x
	}}
	return c.routine(of, v, b).x
}

// plainly calls a routine on ordinary numbers, or on their magnitudes.
func plainly[T float32 | float64](of choice, size bool, v vectors[T], b routines[T]) *fuzzed[T] {
	r := rand.New(rand.NewPCG(of.seed, 2))
	c := &fuzzed[T]{r: r, plain: true, size: size, numbers: func(n int) []T {
		x := make([]T, n)
		for i := range x {
			if x[i] = T(r.NormFloat64()); size {
				x[i] = max(x[i], -x[i])
			}
		}
		return x
	}}
	return c.routine(of, v, b)
}

// compareWithGonum compares a routine with gonum's, but for as many roundings of the sum of the magnitudes as
// there are terms. Gonum's own routine makes that sum.
func compareWithGonum[T float32 | float64](
	t *testing.T, of choice, v, gonumV vectors[T], b, gonumB routines[T],
) {
	t.Helper()
	u := T(0x1p-23)
	if _, ok := any(u).(float64); ok {
		u = T(math.Ldexp(1, -52))
	}
	got, want := plainly(of, false, v, b), plainly(of, false, gonumV, gonumB)
	if got.loose {
		return
	}
	bound := plainly(of, true, gonumV, gonumB)
	terms := T(2*max(of.m, of.n, of.k) + 16)
	for k := range want.x {
		for i, w := range want.x[k] {
			if g := got.x[k][i]; !(max(g-w, w-g) <= terms*u*bound.x[k][i]) && g != w {
				t.Fatalf("%+v: element %d of operand %d is %v, gonum has %v", of, i, k, g, w)
			}
		}
	}
}

// anyNumber is of any bits, or of bits near those given.
func anyNumber[T float32 | float64](r *rand.Rand, bits uint64) T {
	if r.IntN(2) == 0 {
		bits = r.Uint64()
	}
	if _, ok := any(T(0)).(float32); ok {
		return T(math.Float32frombits(uint32(bits>>32) ^ r.Uint32()&0xff))
	}
	return T(math.Float64frombits(bits ^ r.Uint64()&0xff))
}

// FuzzRoutines looks for a call of the BLAS on which implementations differ in a bit of any operand, or which
// differs from gonum's by more than rounding.
func FuzzRoutines(f *testing.F) {
	for level := range 3 {
		for n := range uint16(40) {
			f.Add(uint64(n), byte(level), 1+n*3, 5+2*n, 9+n, uint64(1)<<52)
		}
	}
	ours32, ours64 := gonumblas.Float32{}, gonumblas.Float64{}
	theirs := gonum.Implementation{}
	f.Fuzz(func(t *testing.T, seed uint64, level byte, m, n, k uint16, special uint64) {
		defer implementation.Use("auto")
		of := choice{seed, int(level) % 3, 1 + int(m)%150, 1 + int(n)%150, 1 + int(k)%100}
		var want32 [][]float32
		var want64 [][]float64
		for i, name := range append([]string{"generic"}, implementation.All()...) {
			if err := implementation.Use(name); err != nil {
				t.Fatal(err)
			}
			got32 := afterwards(of, special, singles(ours32), single(ours32))
			got64 := afterwards(of, special, doubles(ours64), double(ours64))
			if i == 0 {
				want32, want64 = got32, got64
			}
			sameBits(t, fmt.Sprintf("%s, %+v", name, of), got32, want32)
			sameBits(t, fmt.Sprintf("%s, %+v", name, of), got64, want64)
		}
		gonum32, gonum64 := trimmed(singles(theirs)), trimmed(doubles(theirs))
		compareWithGonum(t, of, singles(ours32), gonum32, single(ours32), single(theirs))
		compareWithGonum(t, of, doubles(ours64), gonum64, double(ours64), double(theirs))
	})
}

// sameBits compares all operands. All NaNs are one.
func sameBits[T float32 | float64](t *testing.T, what string, got, want [][]T) {
	t.Helper()
	for k := range want {
		for i, w := range want[k] {
			g := got[k][i]
			if (g == g || w == w) && (g != w || math.Signbit(float64(g)) != math.Signbit(float64(w))) {
				t.Fatalf("%s: element %d of operand %d is %v, the definition gives %v", what, i, k, g, w)
			}
		}
	}
}
