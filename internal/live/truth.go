package live

import (
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
)

// truths are true points by what they are of, the last ones.
type truths struct {
	class string
	asked int
	truth *truth
}

// truth is n true points, and how far such are from others.
type truth struct {
	n     int
	data  kernels.Matrix
	floor float64
}

// truth returns true points of a class, or of all: n new ones where the data have no end, else up to n random
// rows, at most half of them. It is nil where there are too few.
func (d *chosen) truth(of string, n int) *truth {
	if c := &d.truths; c.truth != nil && c.class == of && c.asked == n {
		return c.truth
	}
	var pool kernels.Matrix
	asked := n
	if d.data.Endless && of == "" {
		const unseen = 1 << 33 // another seed than those of training and of held-out points
		rows := kernels.NewMatrix(2*n, d.set.X.Cols)
		d.set.Fresh(d.seed+unseen).Batch(rows, 0)
		wide := kernels.NewMatrix64(rows.Rows, rows.Cols)
		for i := range rows.Rows {
			for j, v := range rows.Row(i) {
				wide.Row(i)[j] = float64(v)
			}
		}
		pool = kernels.NewMatrix(rows.Rows, d.data.Encoding.Dim())
		d.data.Encoding.Encode(pool, wide)
	} else {
		rows := d.rows(of)
		n = min(n, len(rows)/2)
		chosen := make([]int, 2*n)
		for i, k := range metrics.Order(len(rows), d.seed)[:2*n] {
			chosen[i] = rows[k]
		}
		pool = d.pick(chosen)
	}
	if n < 2 {
		return nil
	}
	t := &truth{n: n, data: pool.Slice(0, n), floor: floorOf(pool, d.seed)}
	d.truths = truths{of, asked, t}
	return t
}

// floorOf returns the sliced distance between two halves of points, the mean over some divisions.
func floorOf(pool kernels.Matrix, seed uint64) float64 {
	const divisions = 4
	sum, n := 0.0, pool.Rows/2
	for k := range uint64(divisions) {
		var halves [2]kernels.Matrix
		order := metrics.Order(2*n, seed+k)
		for h := range halves {
			halves[h] = kernels.NewMatrix(n, pool.Cols)
			for i := range n {
				copy(halves[h].Row(i), pool.Row(order[h*n+i]))
			}
		}
		distance, err := metrics.SlicedWasserstein(
			metrics.Sample{X: halves[0]}, metrics.Sample{X: halves[1]}, 1, measuredLines, seed+k)
		if err != nil {
			return 0
		}
		sum += distance
	}
	return sum / divisions
}
