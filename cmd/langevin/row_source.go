package main

import (
	"github.com/seed964deb49/langevin/internal/parts"
	"github.com/seed964deb49/langevin/kernels"
)

// rowWriter takes rows, in order, in the type that the run has.
type rowWriter interface {
	Float32s(values []float32) error
	Float64s(values []float64) error
}

// rowSource gives the rows of a run.
type rowSource interface {
	// float32s calls do with blocks of rows, of which from is the first. A block holds until do returns.
	float32s(do func(from int, x kernels.Matrix) error) error
	// float64s returns all values.
	float64s() ([]float64, error)
	// figure returns a sum over all rows. Where rows are computed as they are read, it is known after that.
	figure(name string) int64
}

// sourceValues is how many values a block of a source has at most; a variable for tests.
var sourceValues = 1 << 20

// blockRows returns how many rows of that many values are computed or read together.
func blockRows(cols int) int { return max(64, sourceValues/cols) }

// memoryRows are rows in memory.
type memoryRows struct {
	cols    int
	single  []float32
	double  []float64
	figures map[string]int64
}

// newMemoryRows returns memory for rows.
func newMemoryRows(rows, cols int, double bool) *memoryRows {
	r := &memoryRows{cols: cols}
	if double {
		r.double = make([]float64, 0, rows*cols)
	} else {
		r.single = make([]float32, 0, rows*cols)
	}
	return r
}

func (r *memoryRows) Float32s(values []float32) error {
	r.single = append(r.single, values...)
	return nil
}

func (r *memoryRows) Float64s(values []float64) error {
	r.double = append(r.double, values...)
	return nil
}

func (r *memoryRows) float32s(do func(from int, x kernels.Matrix) error) error {
	return do(0, r.matrix())
}

// matrix returns the rows of float32.
func (r *memoryRows) matrix() kernels.Matrix { return matrixOf(r.single, r.cols) }

// matrixOf returns values as rows.
func matrixOf(values []float32, cols int) kernels.Matrix {
	return kernels.Matrix{Rows: len(values) / cols, Cols: cols, Stride: cols, Data: values}
}

func (r *memoryRows) float64s() ([]float64, error) { return r.double, nil }

func (r *memoryRows) figure(name string) int64 { return r.figures[name] }

// partRows are the rows of a run's parts.
type partRows struct {
	parts []*parts.Part
	cols  int
}

func (r *partRows) float32s(do func(from int, x kernels.Matrix) error) error {
	from := 0
	for _, p := range r.parts {
		err := p.Float32s(blockRows(r.cols), func(values []float32) error {
			x := matrixOf(values, r.cols)
			if err := do(from, x); err != nil {
				return err
			}
			from += x.Rows
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *partRows) float64s() ([]float64, error) {
	var all []float64
	for _, p := range r.parts {
		err := p.Float64s(blockRows(r.cols), func(values []float64) error {
			all = append(all, values...)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (r *partRows) figure(name string) int64 {
	sum := int64(0)
	for _, p := range r.parts {
		sum += p.Figures[name]
	}
	return sum
}

// computedRows are rows that are computed as they are read, once.
type computedRows struct {
	c *console
	*divisible
	figures map[string]int64
}

func (r *computedRows) float32s(do func(from int, x kernels.Matrix) error) (err error) {
	r.figures, err = r.fill(r.c, &passing{cols: r.cols, do: do}, 0, r.total)
	return err
}

func (r *computedRows) float64s() ([]float64, error) {
	rows := newMemoryRows(r.total, r.cols, true)
	figures, err := r.fill(r.c, rows, 0, r.total)
	r.figures = figures
	return rows.double, err
}

func (r *computedRows) figure(name string) int64 { return r.figures[name] }

// passing hands rows on to a function.
type passing struct {
	cols, from int
	do         func(from int, x kernels.Matrix) error
}

func (p *passing) Float32s(values []float32) error {
	x := matrixOf(values, p.cols)
	if err := p.do(p.from, x); err != nil {
		return err
	}
	p.from += x.Rows
	return nil
}

func (p *passing) Float64s([]float64) error { panic("langevin: float64 among rows of float32") }

// allRows returns all rows in memory. They are those of the source where it has them there.
func allRows(rows rowSource, total, cols int) (kernels.Matrix, error) {
	if r, ok := rows.(*memoryRows); ok {
		return r.matrix(), nil
	}
	all := kernels.NewMatrix(total, cols)
	err := rows.float32s(func(from int, x kernels.Matrix) error {
		copy(all.Slice(from, from+x.Rows).Data, x.Data)
		return nil
	})
	return all, err
}
