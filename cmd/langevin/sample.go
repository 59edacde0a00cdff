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

	samplerFlags
	quietFlag
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
	x, evaluations, err := drawSamples(c, s.Sampler, s.samplerOptions(), model, s.N, s.Seed)
	if err != nil {
		return err
	}
	if err := writeSamples(c, s.Out, s.PNG, model.Rows(x), model); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%.4g score evaluations a sample\n", evaluations)
	return nil
}

// writeSamples writes an array of samples and, unless its path is empty, a picture of them, and says so.
func writeSamples(c *console, out, picture string, rows kernels.Matrix64, m *smld.Model) error {
	if err := writeRows(out, rows, m); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", out)
	if picture == "" {
		return nil
	}
	if err := writePicture(picture, rows, m); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", picture)
	return nil
}

// writeRows writes rows of data of a model, in the format of the file's ending.
func writeRows(path string, rows kernels.Matrix64, m *smld.Model) error {
	t := dataset.Table{X: rows, Shape: m.Data.Shape, Double: m.Data.Double}
	if m.Encoding != nil {
		t.Columns = m.Encoding.Columns
	}
	return dataset.Write(path, t)
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
