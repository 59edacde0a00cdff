package main

import (
	"cmp"
	"fmt"
	"math"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// likelihood is the command that computes the likelihood of data under a model.
type likelihood struct {
	Model     string  `required:"" placeholder:"FILE" help:"Model file."`
	Data      string  `required:"" placeholder:"NAME|FILE" help:"Data, as for train."`
	N         int     `default:"1000" help:"Number of points, the first of a finite data set."`
	Probes    int     `placeholder:"N" help:"Random vectors that estimate the divergence at each point; by default it is exact up to dimension 16, with one above."`
	Tolerance float64 `default:"1e-5" help:"Relative and absolute tolerance of the ODE solver."`
	Seed      uint64  `default:"1" help:"Seed of everything random."`
	Out       string  `placeholder:"FILE" help:"Log-densities to write, one a point in nats (.npy)."`
	JSON      bool    `name:"json" help:"Print JSON."`

	Class string `placeholder:"NAME" help:"Class of the data, of a model that train --labels made: the likelihood is that given the class."`

	readFlags
	shardFlags
	quietFlag
}

type likelihoodReport struct {
	Points           int     `json:"points"`
	Nats             float64 `json:"nats"` // mean log-density, in units of the data
	StandardError    float64 `json:"standardError"`
	BitsPerDimension float64 `json:"bitsPerDimension"`
	Discrete         bool    `json:"discrete"`    // whether all coordinates are spread over bins
	Evaluations      float64 `json:"evaluations"` // of the score, a point
}

// Run computes and prints, or computes a part.
func (l *likelihood) Run(c *console, line *kong.Context) error {
	d, err := l.divide(c, line)
	if err != nil {
		return err
	}
	return l.shardFlags.run(c, d)
}

// likelihoodRun is what log-densities follow from.
type likelihoodRun struct {
	Command   string  `json:"command"`
	Model     string  `json:"model"` // SHA-256 of the file
	Data      string  `json:"data"`  // SHA-256 of the rows
	Probes    int     `json:"probes"`
	Tolerance float64 `json:"tolerance"`
	Seed      uint64  `json:"seed"`
	Class     string  `json:"class,omitempty"`
}

// divide returns the run, of which a row is the log-density of a point.
func (l *likelihood) divide(_ *console, _ *kong.Context) (*divisible, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	if l.Out != "" {
		if err := cmp.Or(checkOutputs(l.Out), checkApart(l.Model, l.Out), checkApart(l.Data, l.Out), checkFormat(l.Out, []int{1})); err != nil {
			return nil, err
		}
	}
	model, err := smld.LoadModel(l.Model)
	if err != nil {
		return nil, err
	}
	score, err := l.score(model)
	if err != nil {
		return nil, err
	}
	rows, err := l.rows(model)
	if err != nil {
		return nil, err
	}
	x := model.Points(rows)
	smld.Dequantize(x, spreadBins(model), smld.Numbers{Seed: l.Seed})
	return &divisible{
		run: func() (any, error) {
			sum, err := fileDigest(l.Model)
			return likelihoodRun{"likelihood", sum, digest(rows), l.Probes, l.Tolerance, l.Seed, l.Class}, err
		},
		total: x.Rows, cols: 1, double: true, out: l.Out,
		fill: func(c *console, w rowWriter, from, to int) (map[string]int64, error) {
			return l.integrate(c, w, model, score, x, from, to)
		},
		finish: func(c *console, rows rowSource) error { return l.finish(c, model, rows) },
	}, nil
}

// score returns the score of a model, given the class if there is one.
func (l *likelihood) score(m *smld.Model) (smld.Score, error) {
	if l.Class == setup.AllClasses {
		return nil, usage("--class all: the likelihood is given one class, which all points have")
	}
	classes, err := (&classFlags{Class: l.Class}).find(m, l.Model)
	if err != nil || classes == nil {
		return m.Score(), err
	}
	return classes.score(0, 1)
}

// finish writes the log-densities and prints the report.
func (l *likelihood) finish(c *console, model *smld.Model, rows rowSource) error {
	nats, err := rows.float64s()
	if err != nil {
		return err
	}
	if l.Out != "" {
		column := dataset.Table{X: kernels.Matrix64{Rows: len(nats), Cols: 1, Stride: 1, Data: nats}, Double: true}
		if err := dataset.Write(l.Out, column); err != nil {
			return err
		}
		c.wrote(l.Out, l.JSON)
	}
	r := newLikelihoodReport(nats, spreadBins(model), model)
	r.Evaluations = float64(rows.figure(evaluationsFigure)) / float64(len(nats))
	if l.JSON {
		return c.printJSON(r)
	}
	r.print(c, model)
	return nil
}

// check returns an error for numbers that make no sense.
func (l *likelihood) check() error {
	const least = 1e-6 // steps are in float32
	switch {
	case l.Probes < 0:
		return usage("--probes %d: want a whole number, 0 for the default", l.Probes)
	case !(l.Tolerance >= least) || math.IsInf(l.Tolerance, 1):
		return usage("--tolerance %v: want at least %v", l.Tolerance, least)
	}
	return nil
}

// integrate computes the log-densities of some of the points, in units of the data.
func (l *likelihood) integrate(
	c *console, w rowWriter, model *smld.Model, score smld.Score, x kernels.Matrix, from, to int,
) (map[string]int64, error) {
	settings := modelLikelihood(model)
	settings.Probes = l.Probes
	settings.RelTol, settings.AbsTol = l.Tolerance, l.Tolerance
	bar := c.progress("integrating", 0, to-from)
	defer bar.finish()
	const block = 256 // points between two reports of progress; each is on its own
	sum, nats := int64(0), make([]float64, block)
	for at := from; at < to; at += block {
		points := x.Slice(at, min(at+block, to))
		nats = nats[:points.Rows]
		n, err := settings.LogDensity(c.ctx, nats, score, points, smld.Numbers{Seed: l.Seed, First: uint64(at)})
		if err != nil {
			return nil, err
		}
		if e := model.Encoding; e != nil {
			for i := range nats {
				nats[i] -= e.LogScaleAt(points.Row(i))
			}
		}
		if err := w.Float64s(nats); err != nil {
			return nil, err
		}
		sum += int64(math.Round(n * float64(points.Rows)))
		bar.step(at+points.Rows-from, func() string { return fmt.Sprintf("%.4g evaluations a point", n) })
	}
	return map[string]int64{evaluationsFigure: sum}, nil
}

func newLikelihoodReport(nats []float64, bins []float32, model *smld.Model) likelihoodReport {
	r := likelihoodReport{Points: len(nats), Discrete: true}
	r.Nats, r.StandardError = metrics.Mean(nats)
	width := 0.0 // mean logarithm of the bins' widths
	for j, b := range bins {
		if b == 0 {
			r.Discrete = false
			break
		}
		width += math.Log(model.Encoding.Coordinates[j].Bin) / float64(len(bins))
	}
	if !r.Discrete {
		width = 0
	}
	r.BitsPerDimension = smld.BitsPerDimension(r.Nats, model.Dim(), math.Exp(width))
	return r
}

// print prints the report to people.
func (r likelihoodReport) print(c *console, model *smld.Model) {
	fmt.Fprintf(c.out, "log-density %.4f ± %.4f nats a point, mean of %d; %.4g score evaluations a point\n",
		r.Nats, r.StandardError, r.Points, r.Evaluations)
	if r.Discrete {
		fmt.Fprintf(c.out, "%.4f bits per dimension, at most, of the values, which training spread over bins\n", r.BitsPerDimension)
	} else {
		fmt.Fprintf(c.out, "%.4f bits per dimension, of the density in units of the data\n", r.BitsPerDimension)
	}
	if n := indicators(model); n > 0 {
		fmt.Fprintf(c.out, "%d of %d coordinates are indicators of single values, whose part in the density is that at the noise level, %g\n",
			n, model.Dim(), float32(model.Levels().Min))
	}
}

// rows returns the data.
func (l *likelihood) rows(model *smld.Model) (kernels.Matrix64, error) {
	if err := checkCount(l.N, model); err != nil {
		return kernels.Matrix64{}, err
	}
	return firstRows(&l.readFlags, l.Data, l.N, l.Seed, model, false)
}

// firstRows returns the first n rows of data, or n of points without end that training did not see.
func firstRows(read *readFlags, data string, n int, seed uint64, m *smld.Model, missing bool) (kernels.Matrix64, error) {
	const unseen = 1 << 32 // another seed than training had
	set, err := read.load(data, seed+unseen, m, missing)
	if err != nil {
		return kernels.Matrix64{}, err
	}
	if set.Fresh == nil {
		return set.X.Slice(0, min(n, set.X.Rows)), nil
	}
	x := kernels.NewMatrix(n, set.X.Cols)
	set.Fresh(seed+unseen).Batch(x, 0)
	return widened(x), nil
}

// widened returns x in float64.
func widened(x kernels.Matrix) kernels.Matrix64 {
	wide := kernels.NewMatrix64(x.Rows, x.Cols)
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			wide.Row(i)[j] = float64(v)
		}
	}
	return wide
}

// spreadBins returns the width over which training spread each coordinate.
func spreadBins(m *smld.Model) []float32 {
	if m.Encoding == nil {
		return make([]float32, m.Dim())
	}
	return m.Encoding.Bins()
}

// indicators returns how many coordinates of a model are indicators.
func indicators(m *smld.Model) int {
	n := 0
	if m.Encoding != nil {
		for _, c := range m.Encoding.Coordinates {
			if c.Is != nil {
				n++
			}
		}
	}
	return n
}
