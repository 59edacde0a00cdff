package main

import (
	"cmp"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// sample is the command that draws samples.
type sample struct {
	Model   string `required:"" placeholder:"FILE" help:"Model file."`
	N       int    `default:"100" help:"Number of samples."`
	First   uint64 `default:"0" placeholder:"N" help:"Number of the first sample. Parts of a batch, drawn with one seed, are the same as the batch."`
	Sampler string `default:"${sampler}" enum:"${samplers}" help:"Sampler: ${enum}."`
	Seed    uint64 `default:"1" help:"Seed of everything random."`

	classFlags
	samplerFlags
	sampleOutputs
	quietFlag
}

// Run draws and saves the samples.
func (s *sample) Run(c *console) error {
	if err := s.checkNames(c.out, s.Model); err != nil {
		return err
	}
	model, err := smld.LoadModel(s.Model)
	if err != nil {
		return err
	}
	if err := cmp.Or(s.check(s.N, model), checkFirst(s.First, s.N, model)); err != nil {
		return err
	}
	score, labels, err := s.classFlags.choose(model, s.Model, s.First, s.N)
	if err != nil {
		return err
	}
	numbers := smld.Numbers{Seed: s.Seed, First: s.First}
	way := s.newTrajectory(model, s.N, numbers)
	x, evaluations, err := drawNumbered(c, score, s.Sampler, s.samplerOptions(), model, s.N, numbers, way)
	if err != nil {
		return err
	}
	out := newRows(model.Rows(x), model)
	if labels != nil {
		out.Labels, out.Classes, out.ClassColumn = labels, model.Data.Classes, model.Data.ClassColumn
	}
	if err := s.write(c, model, out, s.classFlags.columns(model), way); err != nil {
		return err
	}
	return s.tell(c, sampleReport{
		Samples: s.N, First: s.First, Sampler: s.Sampler, Evaluations: evaluations, Seconds: since(c.started), Files: s.files(),
		network: evaluationsOf(score),
	})
}

// checkFirst returns an error unless there are numbers for n samples from the first on.
func checkFirst(first uint64, n int, m *smld.Model) error {
	const most = 1 << 60 // normals of a step
	if bound := most/uint64(m.Dim()) - uint64(n); first > bound {
		return usage("--first %d: want at most %d, of samples with %d coordinates", first, bound, m.Dim())
	}
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
