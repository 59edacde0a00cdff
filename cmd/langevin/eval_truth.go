package main

import (
	"fmt"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// truth is true points: two sets of as many as there are samples, without a point in common.
type truth struct {
	data, more kernels.Matrix // as points between which there are distances
	model      *smld.Model    // that knows what rows of data the points are; nil where they are the same
	columns    []dataset.Column

	// all are the points of a finite set, and rest those that are not in data; without rows where new points have no end.
	all, rest kernels.Matrix
}

// truth returns true points: new ones where the data has no end, otherwise random rows, since a file may be sorted.
func (e *eval) truth(model *smld.Model) (*truth, error) {
	const unseen = 1 << 32 // another seed than training had
	set, err := e.load(e.Data, e.Seed+unseen, model, false)
	if err != nil {
		return nil, err
	}
	n := e.N
	if set.Fresh == nil {
		n = min(n, set.X.Rows/2)
	}
	if n < 2 {
		return nil, fmt.Errorf("%s has %d rows: want at least 4 to measure samples by", e.Data, set.X.Rows)
	}
	if err := checkCount(n, model); err != nil {
		return nil, err
	}
	var t *truth
	if set.Fresh != nil {
		x := kernels.NewMatrix(2*n, set.X.Cols)
		set.Fresh(e.Seed+unseen).Batch(x, 0)
		points := model.Points(widened(x))
		t = &truth{data: points.Slice(n, 2*n), more: points.Slice(0, n)}
	} else {
		t = divideRows(model.Points(set.X), n, e.Seed)
	}
	t.model, t.columns = model, set.Columns
	if t.columns == nil {
		t.columns = numberColumns(set.X.Cols)
	}
	return t, nil
}

// divideRows takes two sets of n random rows.
func divideRows(all kernels.Matrix, n int, seed uint64) *truth {
	order := metrics.Order(all.Rows, seed)
	return &truth{data: pick(all, order[:n]), more: pick(all, order[n:2*n]), all: all, rest: pick(all, order[n:])}
}

func pick(x kernels.Matrix, rows []int) kernels.Matrix {
	some := kernels.NewMatrix(len(rows), x.Cols)
	for i, r := range rows {
		copy(some.Row(i), x.Row(r))
	}
	return some
}

// numberColumns describes columns of numbers of which no more is known.
func numberColumns(n int) []dataset.Column {
	columns := make([]dataset.Column, n)
	for j := range columns {
		columns[j].Kind = dataset.Number
	}
	return columns
}

// rowsOf returns the first rows of points as rows of data.
func (t *truth) rowsOf(x kernels.Matrix, rows int) kernels.Matrix64 {
	if t.model == nil {
		return widened(x.Slice(0, rows))
	}
	return t.model.Rows(x.Slice(0, rows))
}
