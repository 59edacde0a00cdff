package main

import (
	"cmp"
	"fmt"
	"math"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// inpaint is the command that completes points of which a part is known.
type inpaint struct {
	Model     string `required:"" placeholder:"FILE" help:"Model file."`
	Data      string `required:"" placeholder:"NAME|FILE" help:"Rows to complete, as for train. Cells of a table that are empty or NaN are holes, which are filled."`
	Hide      string `placeholder:"PART" help:"What to draw anew besides: left, right, top or bottom half of images; columns by name or by number from 1, such as 1 or 4,5; or a .npy file of the shape of a row that is not 0 there."`
	N         count  `placeholder:"N" help:"Number of rows, the first of the data; by default 10 with --hide and all without."`
	Draws     count  `placeholder:"N" help:"Completions of each row, one after the other; by default 9 with --hide, behind the row itself, and 1 without."`
	Levels    int    `default:"60" help:"Noise levels, from the model's largest to its smallest."`
	Particles int    `default:"8" help:"Particles that look for a completion together. With 1, and --sweeps 1, known values only get noise of each level: that is fast, and wrong about modes."`
	Sweeps    int    `default:"8" help:"Sweeps over the levels, each from the completion before; a completion takes levels x particles x sweeps evaluations of the model."`
	Seed      uint64 `default:"1" help:"Seed of everything random."`
	Out       string `required:"" placeholder:"FILE" help:"Completed rows to write: .npy, .npz, .csv, .tsv or .txt."`
	Picture   string `placeholder:"FILE" help:"Picture of them to write: .png or .svg."`

	classFlags
	readFlags
	shardFlags
	quietFlag
}

// Run completes and saves the rows, or completes a part of them.
func (p *inpaint) Run(c *console, line *kong.Context) error {
	d, err := p.divide(c, line)
	if err != nil {
		return err
	}
	return p.shardFlags.run(c, d)
}

// inpaintRun is what completions follow from.
type inpaintRun struct {
	Command   string   `json:"command"`
	Model     string   `json:"model"` // SHA-256 of the file
	Known     string   `json:"known"` // SHA-256 of the known values
	Draws     int      `json:"draws"`
	Levels    int      `json:"levels"`
	Particles int      `json:"particles"`
	Sweeps    int      `json:"sweeps"`
	Seed      uint64   `json:"seed"`
	Class     string   `json:"class,omitempty"`
	Guidance  *float64 `json:"guidance,omitempty"`
}

// divide returns the run, of which a row is a completion.
func (p *inpaint) divide(_ *console, _ *kong.Context) (*divisible, error) {
	err := cmp.Or(p.check(), checkOutputs(p.Out, p.Picture), checkApart(p.Model, p.Out, p.Picture), checkApart(p.Data, p.Out, p.Picture))
	if err != nil {
		return nil, err
	}
	model, err := smld.LoadModel(p.Model)
	if err != nil {
		return nil, err
	}
	if err := checkRows(p.Out, p.Picture, model); err != nil {
		return nil, err
	}
	classes, err := p.classFlags.find(model, p.Model)
	if err != nil {
		return nil, err
	}
	given, err := p.given(model)
	if err != nil {
		return nil, err
	}
	draws := p.draws()
	values := float64(given.Rows) * (float64(draws) + 1) * float64(model.Dim())
	if err := checkMemory(fmt.Sprintf("%d completions of each of %d rows", draws, given.Rows), 24*values); err != nil {
		return nil, err
	}
	if err := cmp.Or(checkCount(given.Rows*draws, model), checkRowsRoom(p.Out, values)); err != nil {
		return nil, err
	}
	known, err := p.hideIn(given, model)
	if err != nil {
		return nil, err
	}
	return &divisible{
		run: func() (any, error) {
			sum, err := fileDigest(p.Model)
			return inpaintRun{
				"inpaint", sum, digest(known), draws, p.Levels, p.Particles, p.Sweeps, p.Seed, p.Class, p.Guidance,
			}, err
		},
		total: given.Rows * draws, cols: model.Dim(), out: p.Out,
		fill: func(c *console, w rowWriter, from, to int) (map[string]int64, error) {
			return nil, p.fill(c, w, model, classes, known, draws, from, to)
		},
		finish: func(c *console, rows rowSource) error { return p.finish(c, model, given, known, rows, draws) },
	}, nil
}

// finish writes the rows and the picture.
func (p *inpaint) finish(c *console, model *smld.Model, given, known kernels.Matrix64, filled rowSource, draws int) error {
	points, err := allRows(filled, given.Rows*draws, model.Dim())
	if err != nil {
		return err
	}
	rows := p.arrange(given, known, model.Rows(points), draws)
	if err := writeRows(p.Out, rows, model); err != nil {
		return err
	}
	c.wrote(p.Out, false)
	if p.Picture == "" {
		return nil
	}
	var o picture.SamplesOptions
	if model.Image() != nil && p.Hide != "" {
		o.Columns = draws + 1
	}
	if err := saveSamples(p.Picture, rows, model, o); err != nil {
		return err
	}
	c.wrote(p.Picture, false)
	return nil
}

// check returns an error for numbers that make no sense.
func (p *inpaint) check() error {
	switch {
	case p.Levels < 2:
		return usage("--levels %d: want at least 2", p.Levels)
	case p.Particles < 1:
		return usage("--particles %d: want at least 1", p.Particles)
	case p.Sweeps < 1:
		return usage("--sweeps %d: want at least 1", p.Sweeps)
	case p.Particles == 1 && p.Sweeps > 1:
		return usage("--sweeps %d of one particle, which never leaves its first sample: want two particles or more",
			p.Sweeps)
	}
	return nil
}

// given returns the rows as they are in the data.
func (p *inpaint) given(m *smld.Model) (kernels.Matrix64, error) {
	const hidden, most = 10, 1 << 30
	n := int(p.N)
	switch {
	case n > 0:
		if err := checkCount(n, m); err != nil {
			return kernels.Matrix64{}, err
		}
	case p.Hide != "":
		n = hidden
	default:
		n = most / m.Dim()
	}
	return firstRows(&p.readFlags, p.Data, n, p.Seed, m, true)
}

func (p *inpaint) draws() int {
	switch {
	case p.Draws > 0:
		return int(p.Draws)
	case p.Hide != "":
		return 9
	}
	return 1
}

// hideIn returns rows with NaN for the values to draw.
func (p *inpaint) hideIn(given kernels.Matrix64, m *smld.Model) (kernels.Matrix64, error) {
	known := kernels.NewMatrix64(given.Rows, given.Cols)
	mask := make([]bool, given.Cols)
	if p.Hide != "" {
		var err error
		if mask, err = p.hidden(m); err != nil {
			return known, err
		}
	}
	holes := 0
	for i := range given.Rows {
		for j, v := range given.Row(i) {
			if mask[j] {
				v = math.NaN()
			}
			if math.IsNaN(v) {
				holes++
			}
			known.Row(i)[j] = v
		}
	}
	if holes == 0 {
		return known, fmt.Errorf("%s has no holes, which are empty cells or NaN, to fill: say with --hide what to draw anew", p.Data)
	}
	return known, nil
}

// fill draws completions from one up to another, of which each row has draws.
func (p *inpaint) fill(
	c *console, w rowWriter, m *smld.Model, classes *classes, known kernels.Matrix64, draws, from, to int,
) error {
	inpainter, err := p.inpainter(m)
	if err != nil {
		return err
	}
	var score smld.Score = m.Score()
	if classes != nil {
		if score, err = classes.score(uint64(from), to-from); err != nil {
			return err
		}
	}
	points := m.Points(known)
	x := kernels.NewMatrix(to-from, m.Dim())
	for i := range x.Rows {
		copy(x.Row(i), points.Row((from+i)/draws))
	}
	watch, finish := watching(c)
	defer finish()
	if _, err := inpainter.Fill(c.ctx, score, x, smld.Numbers{Seed: p.Seed, First: uint64(from)}, watch); err != nil {
		return err
	}
	return w.Float32s(x.Data)
}

// arrange returns the rows to write. What was known is as it was given.
func (p *inpaint) arrange(given, known, filled kernels.Matrix64, draws int) kernels.Matrix64 {
	before := 0 // rows before the completions of one
	if p.Hide != "" {
		before = 1
	}
	rows := kernels.NewMatrix64(given.Rows*(draws+before), given.Cols)
	for i := range rows.Rows {
		row, draw := i/(draws+before), i%(draws+before)-before
		if draw < 0 {
			copy(rows.Row(i), given.Row(row))
			continue
		}
		copy(rows.Row(i), filled.Row(row*draws+draw))
		for j, v := range known.Row(row) {
			if !math.IsNaN(v) {
				rows.Row(i)[j] = v
			}
		}
	}
	return rows
}

// inpainter returns what completes points of a model.
func (p *inpaint) inpainter(m *smld.Model) (smld.Inpainter, error) {
	if err := checkLevels(p.Levels); err != nil {
		return smld.Inpainter{}, err
	}
	levels := m.Levels()
	inpainter, err := smld.NewInpainter(levels.Max, levels.Min, m.Mean, m.Std)
	if err != nil {
		return inpainter, err
	}
	inpainter.Sigmas, err = smld.Rho(levels.Max, levels.Min, 7, p.Levels)
	inpainter.Particles, inpainter.Sweeps = p.Particles, p.Sweeps
	return inpainter, err
}
