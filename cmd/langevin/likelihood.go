package main

import (
	"cmp"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/dataset"
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

	readFlags
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

// Run computes and prints.
func (l *likelihood) Run(c *console) error {
	if err := l.check(); err != nil {
		return err
	}
	if l.Out != "" {
		if err := cmp.Or(checkOutputs(l.Out), checkApart(l.Model, l.Out), checkApart(l.Data, l.Out), checkFormat(l.Out, []int{1})); err != nil {
			return err
		}
	}
	model, err := smld.LoadModel(l.Model)
	if err != nil {
		return err
	}
	rows, err := l.rows(model)
	if err != nil {
		return err
	}
	x := model.Points(rows)
	bins := spreadBins(model)
	smld.Dequantize(x, bins, smld.Numbers{Seed: l.Seed})
	settings := modelLikelihood(model)
	settings.Probes = l.Probes
	settings.RelTol, settings.AbsTol = l.Tolerance, l.Tolerance
	nats, evaluations, err := l.integrate(c, settings, model, x)
	if err != nil {
		return err
	}
	if l.Out != "" {
		column := dataset.Table{X: kernels.Matrix64{Rows: x.Rows, Cols: 1, Stride: 1, Data: nats}, Double: true}
		if err := dataset.Write(l.Out, column); err != nil {
			return err
		}
		c.wrote(l.Out, l.JSON)
	}
	r := newLikelihoodReport(nats, bins, model)
	r.Evaluations = evaluations
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

// integrate returns the log-densities of points, in units of the data, and the mean number of score
// evaluations that one took.
func (l *likelihood) integrate(
	c *console, settings smld.Likelihood, model *smld.Model, x kernels.Matrix,
) ([]float64, float64, error) {
	nats := make([]float64, x.Rows)
	evaluations := 0.0
	score := model.Score()
	bar := c.progress("integrating", 0, x.Rows)
	defer bar.finish()
	const block = 256 // points between two reports of progress; each is on its own
	for from := 0; from < x.Rows; from += block {
		to := min(from+block, x.Rows)
		n, err := settings.LogDensity(c.ctx, nats[from:to], score, x.Slice(from, to), smld.Numbers{Seed: l.Seed, First: uint64(from)})
		if err != nil {
			return nil, 0, err
		}
		evaluations += n * float64(to-from) / float64(x.Rows)
		bar.step(to, func() string { return fmt.Sprintf("%.4g evaluations a point", n) })
	}
	if e := model.Encoding; e != nil {
		for i := range nats {
			nats[i] -= e.LogScaleAt(x.Row(i))
		}
	}
	return nats, evaluations, nil
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
