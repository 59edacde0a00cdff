package smld

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/safetensors"
)

// countFrom reads a number that the metadata has where it is not zero.
func countFrom(f *safetensors.File, key string) (int, error) {
	text, ok := f.Metadata[key]
	if !ok {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("its metadata has %q as %s, want how many there are", text, key)
	}
	return n, nil
}

// statisticsFrom reads the points' mean and standard deviation, and the noise levels.
func (m *Model) statisticsFrom(f *safetensors.File) error {
	mean, err := f.Tensor(meanName)
	if err != nil {
		return err
	}
	std, err := f.Tensor(stdName)
	if err != nil {
		return err
	}
	sigmas, err := f.Tensor(sigmasName)
	if err != nil {
		return err
	}
	if len(std.Data) != 1 || !(std.Data[0] > 0) {
		return fmt.Errorf("tensor %q is %v, want one positive number", stdName, std.Data)
	}
	m.Mean, m.Sigmas, m.Std = mean.Data, sigmas.Data, std.Data[0]
	return checkLevels(m.Sigmas)
}

// axesFrom reads the basis of Linear.
func (m *Model) axesFrom(f *safetensors.File) error {
	axes, err := f.Tensor(axesName)
	if err != nil {
		return err
	}
	spread, err := f.Tensor(spreadName)
	if err != nil {
		return err
	}
	rest, err := f.Tensor(restName)
	if err != nil {
		return err
	}
	r, d := len(spread.Data), len(m.Mean)
	if len(axes.Shape) != 2 || axes.Shape[0] != r || axes.Shape[1] != d || r < 1 || r > d {
		return fmt.Errorf("tensor %q has the shape %v, want %d by %d, and no more rows than columns",
			axesName, axes.Shape, r, d)
	}
	if len(rest.Data) != 1 || rest.Data[0] < 0 {
		return fmt.Errorf("tensor %q is %v, want one number from zero on", restName, rest.Data)
	}
	for j, s := range spread.Data {
		if !(s > 0) {
			return fmt.Errorf("element %d of tensor %q is %v, want a positive number", j, spreadName, s)
		}
	}
	for k, name := range []string{lowName, highName} {
		ends, err := f.Tensor(name)
		if err != nil {
			return err
		}
		if len(ends.Data) != r {
			return fmt.Errorf("tensor %q has %d elements, want %d", name, len(ends.Data), r)
		}
		m.Ends[k] = ends.Data
	}
	m.Basis = kernels.Matrix{Rows: r, Cols: d, Stride: d, Data: axes.Data}
	m.Spread, m.Rest = spread.Data, rest.Data[0]
	return nil
}

// encodingFrom reads the encoding.
func (m *Model) encodingFrom(text string) error {
	e := &Encoding{}
	if err := json.Unmarshal([]byte(text), e); err != nil {
		return err
	}
	if e.Dim() != len(m.Mean) {
		return fmt.Errorf("it has %d coordinates, the points %d", e.Dim(), len(m.Mean))
	}
	if !finite(e.Low) || !finite(e.High) || !(e.Low <= e.High) || !(e.Step >= 0) {
		return fmt.Errorf("it has values from %v to %v in steps of %v", e.Low, e.High, e.Step)
	}
	if i := e.Image; i != nil &&
		(e.Columns != nil || i.Height < 1 || i.Width < 1 || !holds([]int{i.Height, i.Width, i.Channels},
			e.Dim())) {
		return fmt.Errorf("it has %d columns and coordinates of %d pixels in images of %dx%dx%d",
			len(e.Columns), e.Dim(), i.Height, i.Width, i.Channels)
	}
	if err := e.checkCoordinates(); err != nil {
		return err
	}
	m.Encoding = e
	return e.checkColumns()
}

// checkCoordinates returns an error for coordinates of no column, and for numbers that they cannot have.
func (e *Encoding) checkCoordinates() error {
	last := 0
	for j, c := range e.Coordinates {
		switch {
		case c.Column < last || c.Column >= e.Width():
			return fmt.Errorf("coordinate %d is of column %d, want an order of %d columns",
				j, c.Column, e.Width())
		case !finite(c.Mean) || !finite(c.Scale) || !(c.Scale > 0) || !(c.Bin >= 0) || !(c.Step >= 0) ||
			!finite(c.Bin+c.Step):
			return fmt.Errorf("coordinate %d has mean %v, scale %v, bins of %v and steps of %v",
				j, c.Mean, c.Scale, c.Bin, c.Step)
		}
		if r := c.Range; r != nil && (!finite(r[0]) || !finite(r[1]) || r[0] > r[1]) {
			return fmt.Errorf("coordinate %d has values from %v to %v", j, r[0], r[1])
		}
		if e.Columns != nil && c.Is != nil {
			column := e.Columns[c.Column]
			if n := len(column.Categories); column.Kind == dataset.Category && !(*c.Is >= 0 &&
				*c.Is < float64(n)) {
				return fmt.Errorf("coordinate %d tells of category %v, and there are names for %d", j, *c.Is,
					n)
			}
		}
		last = c.Column
	}
	return nil
}

// checkColumns returns an error for numbers that columns cannot have.
func (e *Encoding) checkColumns() error {
	for k, c := range e.Columns {
		if !finite(c.Low) || !finite(c.High) || c.High < c.Low {
			return fmt.Errorf("column %d has values from %v to %v", k+1, c.Low, c.High)
		}
		if c.Decimals < 0 || c.Decimals > dataset.MostDecimals {
			return fmt.Errorf("column %d has numbers with %d decimals, want 0 to %d",
				k+1, c.Decimals, dataset.MostDecimals)
		}
		if c.Kind == dataset.Category && (c.Low < 0 || c.High > float64(len(c.Categories)-1)) {
			return fmt.Errorf("column %d has categories %v to %v, and names for %d",
				k+1, c.Low, c.High, len(c.Categories))
		}
	}
	return nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
