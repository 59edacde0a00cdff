package dataset

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// Epochs is a Source that repeats the N rows of a matrix in shuffled order: points eN to eN+N-1 are epoch e, a
// permutation of the rows that is a pure function of seed and e and independent of the other epochs.
type Epochs struct {
	x     kernels.Matrix
	seed  uint64
	epoch uint64   // the epoch of order
	order []uint32 // order[p] is the row at position p
}

// NewEpochs returns the Epochs of x, N x D, whose rows it reads in every batch. It panics when x has no rows, or more
// than 2^32-1.
func NewEpochs(x kernels.Matrix, seed uint64) *Epochs {
	if x.Rows < 1 || uint64(x.Rows) > math.MaxUint32 {
		panic(fmt.Sprintf("dataset: NewEpochs: x has %d rows, want 1 to 2^32-1", x.Rows))
	}
	e := &Epochs{x: x, seed: seed, order: make([]uint32, x.Rows)}
	e.shuffle(0)
	return e
}

// Dim returns D, the number of columns of the matrix.
func (e *Epochs) Dim() int { return e.x.Cols }

// Batch sets row r of dst to point first+r of the sequence. dst may have any number of rows, more than an epoch too.
func (e *Epochs) Batch(dst kernels.Matrix, first uint64) {
	checkBatch("Epochs", dst, e.x.Cols, first, math.MaxUint64)
	n := uint64(e.x.Rows)
	epoch, at := first/n, first%n
	for r := range dst.Rows {
		if at == n {
			epoch, at = epoch+1, 0
		}
		if epoch != e.epoch {
			e.shuffle(epoch)
		}
		copy(dst.Row(r), e.x.Row(int(e.order[at])))
		at++
	}
}

// Rows sets rows[r] to the row of the matrix that point first+r of the sequence is.
func (e *Epochs) Rows(rows []int, first uint64) {
	checkIndices("Epochs", "Rows", len(rows), first, math.MaxUint64)
	n := uint64(e.x.Rows)
	for r := range rows {
		at := first + uint64(r)
		if epoch := at / n; epoch != e.epoch {
			e.shuffle(epoch)
		}
		rows[r] = int(e.order[at%n])
	}
}

// shuffle sets order to the permutation of an epoch, by Fisher and Yates's method from the end (TAOCP volume 2,
// 3.4.2, algorithm P).
func (e *Epochs) shuffle(epoch uint64) {
	for i := range e.order {
		e.order[i] = uint32(i)
	}
	w := words{key: split(e.seed), stream: split(epoch), block: streams.Epochs}
	for i := len(e.order) - 1; i > 0; i-- {
		j := w.below(uint32(i + 1))
		e.order[i], e.order[j] = e.order[j], e.order[i]
	}
	e.epoch = epoch
}
