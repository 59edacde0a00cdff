package dataset

import (
	"math"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// numbered returns an n x cols matrix whose row i starts with i.
func numbered(n, cols int) kernels.Matrix {
	x := kernels.NewMatrix(n, cols)
	for i := range n {
		for j := range cols {
			x.Row(i)[j] = float32(i) + float32(j)/8
		}
	}
	return x
}

// order returns the row numbers of points first to first+n-1.
func order(e *Epochs, first uint64, n int) []int {
	dst := kernels.NewMatrix(n, e.Dim())
	e.Batch(dst, first)
	rows := make([]int, n)
	for i := range rows {
		rows[i] = int(dst.Row(i)[0])
	}
	return rows
}

func isPermutation(rows []int) bool {
	sorted := slices.Sorted(slices.Values(rows))
	for i, v := range sorted {
		if v != i {
			return false
		}
	}
	return true
}

func TestEpochsArePermutations(t *testing.T) {
	for _, n := range []int{1, 2, 3, 7, 64, 1000} {
		e := NewEpochs(numbered(n, 3), 5)
		var last []int
		for epoch := range uint64(4) {
			rows := order(e, epoch*uint64(n), n)
			if !isPermutation(rows) {
				t.Fatalf("epoch %d of %d rows is no permutation: %v", epoch, n, rows)
			}
			if n > 7 && slices.Equal(rows, last) {
				t.Errorf("epochs %d and %d of %d rows are the same", epoch-1, epoch, n)
			}
			last = rows
		}
		if n > 7 && slices.Equal(last, order(NewEpochs(numbered(n, 3), 6), 3*uint64(n), n)) {
			t.Errorf("%d rows: seeds 5 and 6 give the same epoch", n)
		}
	}
}

func TestEpochsDoNotDependOnBatches(t *testing.T) {
	const n, points = 10, 75
	x := numbered(n, 2)
	want := kernels.NewMatrix(points, 2)
	NewEpochs(x, 1).Batch(want, 0)
	for _, size := range []int{1, 3, 10, 23, points} {
		e := NewEpochs(x, 1)
		for first := points / size * size; first >= 0; first -= size { // last batch first
			dst := kernels.Matrix{Rows: min(size, points-first), Cols: 2, Stride: 5, Data: make([]float32, 5*size)}
			e.Batch(dst, uint64(first))
			for r := range dst.Rows {
				if !slices.Equal(dst.Row(r), want.Row(first+r)) {
					t.Fatalf("batches of %d: point %d is %v, want %v", size, first+r, dst.Row(r), want.Row(first+r))
				}
			}
		}
	}
}

// TestEpochsAreUniform counts the 24 permutations of 4 rows, and where each of 5 rows goes.
func TestEpochsAreUniform(t *testing.T) {
	const epochs = 24 * 1000
	counts := map[[4]int]int{}
	e := NewEpochs(numbered(4, 1), 3)
	for epoch := range uint64(epochs) {
		counts[[4]int(order(e, epoch*4, 4))]++
	}
	if len(counts) != 24 {
		t.Fatalf("%d permutations of 4 rows occur, want 24", len(counts))
	}
	chi2 := 0.0
	for _, c := range counts {
		d := float64(c) - epochs/24
		chi2 += d * d / (epochs / 24)
	}
	if chi2 > 60 { // 23 degrees of freedom: the probability is 4e-5
		t.Errorf("chi-squared of the permutations is %.1f, want about 23", chi2)
	}
}

func TestEpochsAtTheEnd(t *testing.T) {
	e := NewEpochs(numbered(4, 1), 3)
	rows := order(e, math.MaxUint64-3, 4) // 2^64 is a multiple of 4, so this is one epoch
	if !isPermutation(rows) {
		t.Errorf("the last epoch is %v", rows)
	}
	mustPanic(t, "past the last index", func() { e.Batch(kernels.NewMatrix(2, 1), math.MaxUint64) })
	mustPanic(t, "wrong width", func() { e.Batch(kernels.NewMatrix(2, 2), 0) })
	mustPanic(t, "no rows", func() { NewEpochs(kernels.NewMatrix(0, 2), 0) })
}

func TestEpochsGolden(t *testing.T) {
	e := NewEpochs(numbered(10, 1), 0x0123456789abcdef)
	for _, c := range []struct {
		epoch uint64
		want  []int
	}{
		{0, []int{6, 2, 8, 5, 1, 3, 4, 0, 9, 7}},
		{1, []int{2, 9, 0, 8, 4, 1, 6, 3, 5, 7}},
		{1 << 40, []int{5, 6, 7, 8, 2, 1, 9, 0, 3, 4}},
	} {
		if got := order(e, c.epoch*10, 10); !slices.Equal(got, c.want) {
			t.Errorf("epoch %d is %v, want %v", c.epoch, got, c.want)
		}
	}
}

func TestEpochsDoNotAllocate(t *testing.T) {
	e := NewEpochs(numbered(50, 4), 1)
	dst := kernels.NewMatrix(32, 4)
	first := uint64(0)
	if n := testing.AllocsPerRun(100, func() { e.Batch(dst, first); first += 32 }); n != 0 {
		t.Errorf("a batch allocates %v times", n)
	}
}

// TestBelowRejects shows that below redraws: with n just above 2^31, it refuses almost half of the words.
func TestBelowRejects(t *testing.T) {
	const n, draws = 1<<31 + 1, 10000
	w := words{}
	low := 0
	for range draws {
		if v := w.below(n); v >= n {
			t.Fatalf("below(%d) = %d", uint32(n), v)
		} else if v < n/2 {
			low++
		}
	}
	used := int(w.block)*4 - w.left
	if used < draws*19/10 || used > draws*21/10 {
		t.Errorf("%d draws took %d words, want about twice as many", draws, used)
	}
	if low < draws*48/100 || low > draws*52/100 {
		t.Errorf("%d of %d draws are in the lower half", low, draws)
	}
}

func mustPanic(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s: no panic", what)
		}
	}()
	f()
}
