package smld

import (
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// flowWork is the state of the samples under way, one a row, close together.
type flowWork struct {
	x, y      kernels.Matrix
	s         [7]kernels.Matrix // the score at each stage
	g         [7][]float64      // the integrand there; nil where there is none
	sum       []float64         // the integral so far
	u, h      []float64
	plan      []float64    // length of the step before it was cut short to end at the level
	at        [7][]float32 // level of each stage
	pace      [7][]float64 // and its pace
	numbers   []int
	tried     []int
	failed    []error
	integrand bool
}

func newFlowWork(rows, cols int, integrand bool) *flowWork {
	w := &flowWork{
		x: kernels.NewMatrix(rows, cols), y: kernels.NewMatrix(rows, cols),
		sum: make([]float64, rows), u: make([]float64, rows), h: make([]float64, rows),
		plan:    make([]float64, rows),
		numbers: make([]int, rows), tried: make([]int, rows), failed: make([]error, rows),
		integrand: integrand,
	}
	for i := range w.s {
		w.s[i] = kernels.NewMatrix(rows, cols)
		w.at[i], w.pace[i] = make([]float32, rows), make([]float64, rows)
		if integrand {
			w.g[i] = make([]float64, rows)
		}
	}
	return w
}

// combine sets the first n rows of y to the point of a stage: x and the derivatives, -sigma s, of the stages
// before. It sums in float64.
func (w *flowWork) combine(n, stage int) {
	parallelRows(n, w.x.Cols, func(_, from, to int) {
		sum := make([]float64, w.x.Cols)
		for i := from; i < to; i++ {
			for c, v := range w.x.Row(i) {
				sum[c] = float64(v)
			}
			for j, a := range dormandPrinceStages[stage][:stage] {
				w.accumulate(sum, i, j, a)
			}
			narrow(w.y.Row(i), sum)
		}
	})
}

// accumulate adds a h times the derivative of stage j at row i to sum.
func (w *flowWork) accumulate(sum []float64, i, j int, a float64) {
	if a == 0 {
		return
	}
	factor := -a * w.h[i] * w.pace[j][i]
	for c, s := range w.s[j].Row(i) {
		sum[c] = math.FMA(factor, float64(s), sum[c])
	}
}

// compact calls done for the rows that have arrived, moves the others of the first n to the front, and
// returns their number.
func (w *flowWork) compact(n int, to float64, done func(i int)) int {
	left := 0
	for i := range n {
		if w.u[i] == to {
			done(i)
			continue
		}
		if left != i {
			copy(w.x.Row(left), w.x.Row(i))
			copy(w.s[0].Row(left), w.s[0].Row(i))
			w.numbers[left], w.u[left] = w.numbers[i], w.u[i]
			w.h[left], w.tried[left] = w.h[i], w.tried[i]
			w.sum[left], w.at[0][left], w.pace[0][left] = w.sum[i], w.at[0][i], w.pace[0][i]
			if w.integrand {
				w.g[0][left] = w.g[0][i]
			}
		}
		left++
	}
	return left
}
