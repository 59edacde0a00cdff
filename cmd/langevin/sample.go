package main

import (
	"cmp"
	"fmt"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// sample is the command that draws samples.
type sample struct {
	Model   string `required:"" placeholder:"FILE" help:"Model file."`
	N       int    `default:"100" help:"Number of samples."`
	Sampler string `default:"ancestral" enum:"${samplers}" help:"Sampler: ${enum}."`
	Seed    uint64 `default:"1" help:"Seed of everything random."`
	Out     string `required:"" placeholder:"FILE" help:"Samples to write: .npy, .npz, .csv, .tsv or .txt; texts also .gz."`
	PNG     string `name:"png" placeholder:"FILE" help:"Picture of the samples to write."`

	classFlags
	samplerFlags
}

// Run draws and saves the samples.
func (s *sample) Run(c *console) error {
	if err := checkOutputs(s.Out, s.PNG); err != nil {
		return err
	}
	if err := checkApart(s.Model, s.Out, s.PNG); err != nil {
		return err
	}
	model, err := smld.LoadModel(s.Model)
	if err != nil {
		return err
	}
	if err := cmp.Or(checkRows(s.Out, s.PNG, model), checkCount(s.N, model), checkRowsRoom(s.Out, float64(s.N)*float64(model.Dim()))); err != nil {
		return err
	}
	score, labels, err := s.classFlags.choose(model, s.Model, s.N)
	if err != nil {
		return err
	}
	x, evaluations, err := drawFrom(c, score, s.Sampler, s.samplerOptions(), model, s.N, s.Seed)
	if err != nil {
		return err
	}
	out := newRows(model.Rows(x), model)
	if labels != nil {
		out.Labels, out.Classes, out.ClassColumn = labels, model.Data.Classes, model.Data.ClassColumn
	}
	if err := writeSamples(c, s.Out, s.PNG, out, model, s.classFlags.columns(model)); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%.4g score evaluations a sample%s\n", evaluations, evaluationsOf(score))
	return nil
}

// writeSamples writes a table of samples and, unless its path is empty, a picture of them with so many columns,
// or as many as make it square, and says so.
func writeSamples(c *console, out, picture string, t dataset.Table, m *smld.Model, columns int) error {
	if err := dataset.Write(out, t); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", out)
	if picture == "" {
		return nil
	}
	if err := writePictureOf(picture, t.X, m, columns); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", picture)
	return nil
}

// writeRows writes rows of data of a model, in the format of the file's ending.
func writeRows(path string, rows kernels.Matrix64, m *smld.Model) error {
	return dataset.Write(path, newRows(rows, m))
}

// newRows returns rows of data of a model as a table.
func newRows(rows kernels.Matrix64, m *smld.Model) dataset.Table {
	t := dataset.Table{X: rows, Shape: m.Data.Shape, Double: m.Data.Double}
	if m.Encoding != nil {
		t.Columns = m.Encoding.Columns
	}
	return t
}

// narrowed returns x in float32.
func narrowed(x kernels.Matrix64) kernels.Matrix {
	narrow := kernels.NewMatrix(x.Rows, x.Cols)
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			narrow.Row(i)[j] = float32(v)
		}
	}
	return narrow
}
