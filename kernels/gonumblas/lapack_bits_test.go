package gonumblas_test

import (
	"runtime"
	"slices"
	"sync"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// sequence calls routines of LAPACK one after the other on matrices of one order.
type sequence struct {
	l       gonumblas.Lapack
	n       int
	x, b, p matrix[float64]
	tau     []float64
	work    []float64
	pivots  []int
	iwork   []int
	results []float64
}

var turns = []blas.Transpose{blas.NoTrans, blas.Trans}

func newSequence(n int) *sequence {
	s := &sequence{
		n: n, x: random[float64](n, n, 1), b: random[float64](n, n, 2), p: random[float64](n, n, 3),
		tau: make([]float64, n), work: make([]float64, 40*n+64*64), pivots: make([]int, n), iwork: make([]int, n),
	}
	for i := range n { // b is positive definite
		s.b.data[i*s.b.stride+i] += float64(n)
	}
	return s
}

func (s *sequence) note(x matrix[float64]) { s.results = append(s.results, x.data...) }

// run has all routines leave their results.
func (s *sequence) run() []float64 {
	s.results = s.results[:0]
	s.linear()
	for _, ul := range uplos {
		s.definite(ul)
	}
	s.orthogonal()
	return s.results
}

func (s *sequence) linear() {
	x, b, n, l := s.x.clone(), s.b.clone(), s.n, s.l
	l.Dgetrf(n, n, x.data, x.stride, s.pivots)
	s.note(x)
	for _, t := range turns {
		for _, columns := range []int{1, n} {
			l.Dgetrs(t, n, columns, x.data, x.stride, s.pivots, b.data, b.stride)
			s.note(b)
		}
	}
	rcond := l.Dgecon(lapack.MaxRowSum, n, x.data, x.stride, 1, s.work, s.iwork)
	l.Dgetri(n, x.data, x.stride, s.pivots, s.work, len(s.work))
	s.note(x)
	s.results = append(s.results, rcond)
}

func (s *sequence) definite(ul blas.Uplo) {
	x, b, n, l := s.b.clone(), s.p.clone(), s.n, s.l
	l.Dpotrf(ul, n, x.data, x.stride)
	s.note(x)
	l.Dpotrs(ul, n, n, x.data, x.stride, b.data, b.stride)
	rcond := l.Dpocon(ul, n, x.data, x.stride, 1, s.work, s.iwork)
	l.Dpotri(ul, n, x.data, x.stride)
	s.note(x)
	s.note(b)
	s.results = append(s.results, rcond)
}

func (s *sequence) orthogonal() {
	n, l, half := s.n, s.l, (s.n+1)/2
	x, y := s.x.clone(), s.p.clone()
	l.Dgeqrf(n, half, x.data, x.stride, s.tau[:half], s.work, len(s.work))
	s.note(x)
	for _, side := range sides {
		for _, t := range turns {
			l.Dormqr(side, t, n, n, half, x.data, x.stride, s.tau[:half], y.data, y.stride, s.work, len(s.work))
			s.note(y)
		}
	}
	rcond := l.Dtrcon(lapack.MaxColumnSum, blas.Upper, blas.NonUnit, half, x.data, x.stride, s.work, s.iwork)
	l.Dorgqr(n, n, half, x.data, x.stride, s.tau[:half], s.work, len(s.work))
	s.note(x)
	x = s.x.clone()
	l.Dgelqf(half, n, x.data, x.stride, s.tau, s.work, len(s.work))
	s.note(x)
	for _, side := range sides {
		for _, t := range turns {
			l.Dormlq(side, t, n, n, half, x.data, x.stride, s.tau, y.data, y.stride, s.work, len(s.work))
			s.note(y)
		}
	}
	l.Dorglq(n, n, half, x.data, x.stride, s.tau, s.work, len(s.work))
	s.note(x)
	s.results = append(s.results, rcond)
}

// TestLapackBits: all implementations return the same bits on any number of threads, and leave what lies between
// rows alone.
func TestLapackBits(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	defer implementation.Processors(implementation.Processors(3))
	for _, n := range []int{3, 11, 40, 70, 200} {
		if n > 100 && testing.Short() {
			continue
		}
		var want []float64
		everywhere(t, func(t *testing.T) {
			for _, threads := range []int{1, 3} {
				runtime.GOMAXPROCS(threads)
				got := newSequence(n).run()
				switch {
				case want == nil:
					want = got
				case !slices.Equal(got, want):
					t.Errorf("order %d: other bits on %d threads", n, threads)
				}
			}
		})
		if want != nil {
			testGaps(t, n, want)
		}
	}
}

// testGaps fails where elements between the rows of the first result, a factorization, have changed.
func testGaps(t *testing.T, n int, results []float64) {
	x := newSequence(n).x
	for i := range x.data {
		if i%x.stride >= n && results[i] != gap {
			t.Fatalf("order %d: element %d is %v", n, i, results[i])
		}
	}
}

// TestLapackGoroutines: calls at the same time have the bits of one call.
func TestLapackGoroutines(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	defer implementation.Processors(implementation.Processors(3))
	sizes := []int{5, 33, 90}
	var want [3][]float64
	for i, n := range sizes {
		want[i] = newSequence(n).run()
	}
	var group sync.WaitGroup
	for g := range 64 {
		group.Go(func() {
			i := g % len(sizes)
			if !slices.Equal(newSequence(sizes[i]).run(), want[i]) {
				t.Errorf("order %d: another result", sizes[i])
			}
		})
	}
	group.Wait()
}

// TestLapackAllocs: nothing is allocated in the steady state but the copies of the test.
func TestLapackAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector empties pools at random")
	}
	for _, n := range []int{6, 100} {
		s := newSequence(n)
		s.run()
		const copies = 9
		allocs := 0.0
		for range 10 { // the garbage collector may empty pools
			if allocs = testing.AllocsPerRun(5, func() { s.run() }); allocs <= copies {
				break
			}
		}
		if allocs > copies {
			t.Errorf("order %d: %v allocations, of which %d are the test's", n, allocs, copies)
		}
	}
}
