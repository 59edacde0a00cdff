package main

import (
	"cmp"

	"github.com/alecthomas/kong"

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
	readFlags
	shardFlags
	quietFlag
}

// Run draws and saves the samples, or a part of them.
func (s *sample) Run(c *console, line *kong.Context) error {
	d, err := s.divide(c, line)
	if err != nil {
		return err
	}
	return s.shardFlags.run(c, d)
}

// sampleRun is what samples follow from.
type sampleRun struct {
	Command  string       `json:"command"`
	Model    string       `json:"model"` // SHA-256 of the file
	Sampler  string       `json:"sampler"`
	Options  smld.Options `json:"options"` // that are given
	Seed     uint64       `json:"seed"`
	First    uint64       `json:"first"`
	Class    string       `json:"class,omitempty"`
	Guidance *float64     `json:"guidance,omitempty"`
}

// divide returns the run.
func (s *sample) divide(c *console, line *kong.Context) (*divisible, error) {
	if s.Data == "" {
		if err := inert(given(line), "without --data", "delimiter", "header", "shape"); err != nil {
			return nil, err
		}
	}
	if err := s.checkNames(c.out, s.Model); err != nil {
		return nil, err
	}
	model, err := smld.LoadModel(s.Model)
	if err != nil {
		return nil, err
	}
	if err := cmp.Or(s.check(s.N, model), checkFirst(s.First, s.N, model), s.checkTrajectory(model)); err != nil {
		return nil, err
	}
	drawing, err := newDrawing(model, s.Sampler, s.samplerOptions(), s.Seed)
	if err != nil {
		return nil, err
	}
	drawing.first = s.First
	if drawing.classes, err = s.classFlags.find(model, s.Model); err != nil {
		return nil, err
	}
	if s.truth, err = loadTruth(&s.readFlags, s.Data, model); err != nil {
		return nil, err
	}
	drawing.way = s.newTrajectory(model, s.N, smld.Numbers{Seed: s.Seed, First: s.First})
	return &divisible{
		run: func() (any, error) {
			sum, err := fileDigest(s.Model)
			return sampleRun{"sample", sum, s.Sampler, s.samplerOptions(), s.Seed, s.First, s.Class, s.Guidance}, err
		},
		total: s.N, cols: model.Dim(), out: s.output(), need: s.need(), fill: drawing.fill,
		finish: func(c *console, rows rowSource) error { return s.finish(c, drawing, rows) },
	}, nil
}

// finish writes the samples and tells of them.
func (s *sample) finish(c *console, d *drawing, rows rowSource) error {
	if err := s.write(c, d, s.N, rows); err != nil {
		return err
	}
	network, err := d.classes.evaluations()
	if err != nil {
		return err
	}
	return s.tell(c, sampleReport{
		Samples: s.N, First: s.First, Sampler: s.Sampler, Seconds: since(c.started), Files: s.files(), network: network,
		Evaluations: float64(rows.figure(evaluationsFigure)) / float64(s.N),
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

// rowWidth returns how many values a row of a model's data has.
func rowWidth(m *smld.Model) int {
	if m.Encoding != nil {
		return m.Encoding.Width()
	}
	return m.Dim()
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
