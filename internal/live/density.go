package live

import (
	"math"
	"slices"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// scene is the last density that was drawn.
type scene struct {
	sigma   float64
	class   string
	density []float32
}

// densityPoints is how many points of the data a density is that of.
const densityPoints = 1000

// density returns the density of the data with noise of a level on the grid, in parts of the greatest: the exact
// one of a mixture, else that of some of the points, spread by a cell at least. Of a class it is that of its
// points. Of a model without data it is nowhere.
func (d *chosen) density(m *smld.Model, sigma float64, of string, bounds [4]float64) ([]float32, error) {
	if d.set == nil {
		return make([]float32, densityCells*densityCells), nil
	}
	if s := &d.scene; s.density != nil && s.sigma == sigma && s.class == of {
		return s.density, nil
	}
	var density []float32
	if mixture := d.mixture(); mixture != nil && of == "" {
		logs := make([]float64, densityCells*densityCells)
		mixture.LogDensity(logs, grid(m.Encoding, bounds, densityCells), float32(sigma))
		top := slices.Max(logs)
		density = make([]float32, len(logs))
		for i, v := range logs {
			density[i] = float32(math.Exp(v - top))
		}
	} else {
		density = spread(d.some(of, densityPoints), m.Encoding, sigma, bounds)
	}
	d.scene = scene{sigma, of, density}
	return density, nil
}

// mixture returns the exact distribution of the data in the model's units, or nil where it is none that is known.
func (d *chosen) mixture() *smld.GaussianMixture {
	if d.source.name == "" {
		return nil
	}
	m, err := smld.NamedMixture(d.source.name)
	if err != nil {
		return nil
	}
	if m, err = m.Encoded(d.data.Encoding); err != nil {
		return nil
	}
	return m
}

// rows returns the numbers of the rows of a class, or of all.
func (d *chosen) rows(of string) []int {
	var rows []int
	k := slices.Index(d.set.Classes, of)
	for i := range d.set.X.Rows {
		if of == "" || d.set.Labels != nil && d.set.Labels[i] == k {
			rows = append(rows, i)
		}
	}
	return rows
}

// pick returns rows of the set as points.
func (d *chosen) pick(rows []int) kernels.Matrix {
	x := kernels.NewMatrix64(len(rows), d.set.X.Cols)
	for i, r := range rows {
		copy(x.Row(i), d.set.X.Row(r))
	}
	points := kernels.NewMatrix(x.Rows, d.data.Encoding.Dim())
	d.data.Encoding.Encode(points, x)
	return points
}

// some returns up to n points of a class, taken evenly.
func (d *chosen) some(of string, n int) kernels.Matrix {
	rows := d.rows(of)
	if len(rows) > n {
		even := make([]int, n)
		for i := range even {
			even[i] = rows[i*len(rows)/n]
		}
		rows = even
	}
	return d.pick(rows)
}

// spread returns the density of points with normal noise, in parts of the greatest. Noise is the same along each
// axis, so that the sum over points of products of two functions is a product of two matrices. float32 is enough
// for a drawing, and the definition in Go multiplies it many times faster.
func spread(points kernels.Matrix, e *smld.Encoding, sigma float64, bounds [4]float64) []float32 {
	var along [2]kernels.Matrix
	for j := range along {
		at := axis(e, bounds, j, densityCells)
		wide := max(sigma, math.Abs(at[1]-at[0]))
		along[j] = kernels.NewMatrix(densityCells, points.Rows)
		for i := range at {
			for k := range points.Rows {
				u := (at[i] - float64(points.Row(k)[j])) / wide
				along[j].Row(i)[k] = float32(math.Exp(-u * u / 2))
			}
		}
	}
	density := kernels.NewMatrix(densityCells, densityCells)
	kernels.Gemm(false, true, 1, along[1], along[0], 0, density)
	if top := slices.Max(density.Data); top > 0 {
		for i := range density.Data {
			density.Data[i] /= top
		}
	}
	return density.Data
}
