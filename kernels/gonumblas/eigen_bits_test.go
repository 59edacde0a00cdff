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

// spectra calls the routines of singular values and eigenvalues on one matrix.
type spectra struct {
	x, a, u, vt matrix[float64]
	s, e, t, w  []float64
	work        []float64
	results     []float64
	m, n        int
}

func newSpectra(m, n int) *spectra {
	return &spectra{
		x: random[float64](m, n, 1), a: random[float64](m, n, 1), u: random[float64](m, m, 2),
		vt: random[float64](n, n, 3), s: make([]float64, n), e: make([]float64, n), t: make([]float64, n),
		w: make([]float64, n), work: make([]float64, 64*m), m: m, n: n,
	}
}

func (x *spectra) note(data ...[]float64) {
	for _, d := range data {
		x.results = append(x.results, d...)
	}
}

// run has all routines leave their results.
func (x *spectra) run() []float64 {
	var l gonumblas.Lapack
	x.results = x.results[:0]
	m, n, a, work := x.m, x.n, x.a, x.work
	for _, job := range []lapack.SVDJob{lapack.SVDAll, lapack.SVDNone} {
		copy(a.data, x.x.data)
		l.Dgesvd(job, job, m, n, a.data, a.stride, x.s, x.u.data, x.u.stride,
			x.vt.data, x.vt.stride, work, len(work))
		x.note(x.s, x.u.data, x.vt.data)
	}
	for _, ul := range uplos {
		for _, job := range []lapack.EVJob{lapack.EVCompute, lapack.EVNone} {
			copy(a.data, x.x.data)
			l.Dsyev(job, ul, n, a.data, a.stride, x.s, work, len(work))
			x.note(x.s, a.data)
		}
		copy(a.data, x.x.data)
		l.Dsytrd(ul, n, a.data, a.stride, x.s, x.e, x.t, work, len(work))
		l.Dorgtr(ul, n, a.data, a.stride, x.t, work, len(work))
		x.note(x.s, a.data)
	}
	copy(a.data, x.x.data)
	l.Dgebrd(m, n, a.data, a.stride, x.s, x.e, x.t, x.w, work, len(work))
	l.Dormbr(lapack.ApplyQ, blas.Left, blas.Trans, m, m, n, a.data, a.stride, x.t, x.u.data, x.u.stride,
		work, len(work))
	l.Dorgbr(lapack.GenerateQ, m, n, n, a.data, a.stride, x.t, work, len(work))
	l.Dbdsqr(blas.Lower, n, 0, m, 0, x.s, x.e, nil, 1, a.data, a.stride, nil, 1, work)
	x.note(x.s, x.u.data, a.data)
	return x.results
}

// TestGoldenEigen: all implementations have these bits, on any number of threads.
func TestGoldenEigen(t *testing.T) {
	everywhere(t, func(t *testing.T) {
		for _, processors := range []int{1, 3} {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			defer implementation.Processors(implementation.Processors(processors))
			got := append(slices.Clone(newSpectra(90, 80).run()), newSpectra(30, 9).run()...)
			if h := hash(t, got); h != "ccd9079b02212d89" {
				t.Errorf("%d processors: %s", processors, h)
			}
		}
	})
}

// TestGoroutinesEigen: calls at the same time have the bits of one call.
func TestGoroutinesEigen(t *testing.T) {
	want := newSpectra(50, 40).run()
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			if !slices.Equal(newSpectra(50, 40).run(), want) {
				t.Error("another result")
			}
		})
	}
	group.Wait()
}

// TestAllocsEigen: nothing is allocated in the steady state.
func TestAllocsEigen(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector empties pools at random")
	}
	x := newSpectra(50, 40)
	if allocs := testing.AllocsPerRun(10, func() { x.run() }); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}
