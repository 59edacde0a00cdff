package live

import (
	"math"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// Sizes of the grids of a field.
const (
	densityCells = 96
	arrowCells   = 22
)

// drawField tells the score field of a model of points of the plane, over the density of the data.
func (w *worker) drawField(m *smld.Model, step int) error {
	if kindOf(m.Encoding, m.Data.Shape) != planeKind || !affine(m.Encoding) {
		return nil
	}
	sigma := fieldLevel(m, w.watch.Sigma)
	of := class(w.watch.A)
	if of == setup.AllClasses {
		of = ""
	}
	score, err := classScore(m, of)
	if err != nil {
		return err
	}
	bounds := w.chosen.bounds()
	density, err := w.chosen.density(m, sigma, of, bounds)
	if err != nil {
		return err
	}
	h := Field{
		Event: "field", Step: step, Sigma: sigma, Bounds: bounds, Width: densityCells, Height: densityCells,
		ArrowCols: arrowCells, ArrowRows: arrowCells, Double: w.chosen.view.double,
	}
	values := make([]float64, 0, len(density)+2*arrowCells*arrowCells)
	for _, v := range density {
		values = append(values, float64(v))
	}
	w.out.post(h, appendPoints(nil, append(values, arrows(m, score, sigma, bounds)...), h.Double))
	return nil
}

// fieldLevel returns the noise level that is asked for, within those of the model, or the geometric mean of them.
func fieldLevel(m *smld.Model, asked float64) float64 {
	l := m.Levels()
	if asked == 0 {
		return math.Sqrt(l.Max * l.Min)
	}
	return max(l.Min, min(l.Max, asked))
}

// classScore returns the score of a class, or of the model where there is none.
func classScore(m *smld.Model, of string) (smld.Score, error) {
	d := Drawing{N: 1, Class: of}
	labels, err := d.labels(m)
	if err != nil {
		return nil, err
	}
	return d.score(m, labels)
}

// bounds returns the part of the plane that a field shows, somewhat more than the data take.
func (d *chosen) bounds() (bounds [4]float64) {
	const margin = 0.15
	low, high := d.view.low, d.view.high
	for j := range 2 {
		wide := high[j] - low[j]
		if !(wide > 0) {
			wide = 1
		}
		bounds[2*j], bounds[2*j+1] = low[j]-margin*wide, high[j]+margin*wide
	}
	return bounds
}

// axis returns the middles of cells along coordinate j, in units of the model.
func axis(e *smld.Encoding, bounds [4]float64, j, cells int) []float64 {
	low, high := bounds[2*j], bounds[2*j+1]
	at := make([]float64, cells)
	for i := range at {
		at[i] = toModel(e, j, low+(high-low)*(float64(i)+0.5)/float64(cells))
	}
	return at
}

// grid returns the points at the middles of cells, rows of them from the lowest on.
func grid(e *smld.Encoding, bounds [4]float64, cells int) kernels.Matrix {
	xs, ys := axis(e, bounds, 0, cells), axis(e, bounds, 1, cells)
	points := kernels.NewMatrix(cells*cells, 2)
	for k, y := range ys {
		for i, x := range xs {
			row := points.Row(k*cells + i)
			row[0], row[1] = float32(x), float32(y)
		}
	}
	return points
}

// arrows returns sigma^2 score on a grid, in units of the data.
func arrows(m *smld.Model, score smld.Score, sigma float64, bounds [4]float64) []float64 {
	x := grid(m.Encoding, bounds, arrowCells)
	s := kernels.NewMatrix(x.Rows, 2)
	score.At(s, x, float32(sigma))
	values := make([]float64, 0, 2*x.Rows)
	for i := range s.Rows {
		for j, v := range s.Row(i) {
			v := sigma * sigma * float64(v) * scaleOf(m.Encoding, j)
			if math.IsNaN(v) || math.IsInf(v, 0) {
				v = 0 // which a picture of a training that goes wrong can do without
			}
			values = append(values, v)
		}
	}
	return values
}
