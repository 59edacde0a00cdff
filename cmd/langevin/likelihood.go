package main

import (
	"encoding/json"
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
	Bin       float64 `default:"-1" help:"Distance of neighbouring values of discrete data, which is spread evenly over bins of that width, as the model should have been trained with train --bin; 0 if it is not discrete. By default 1 where all values of a finite set are integers and 0 otherwise."`
	Probes    int     `placeholder:"N" help:"Random vectors that estimate the divergence at each point; by default it is exact up to dimension 16, with one above."`
	Tolerance float64 `default:"1e-5" help:"Relative and absolute tolerance of the ODE solver."`
	Seed      uint64  `default:"1" help:"Seed of everything random."`
	Out       string  `placeholder:"FILE" help:"Log-densities to write, one a point in nats (.npy)."`
	JSON      bool    `name:"json" help:"Print JSON."`
}

type likelihoodReport struct {
	Points           int     `json:"points"`
	Nats             float64 `json:"nats"` // mean log-density
	StandardError    float64 `json:"standardError"`
	BitsPerDimension float64 `json:"bitsPerDimension"`
	Bin              float64 `json:"bin"`         // 0 for data that is not discrete
	Evaluations      float64 `json:"evaluations"` // of the score, a point
}

// Run computes and prints.
func (l *likelihood) Run(c *console) error {
	if l.Out != "" {
		if err := checkOutput(l.Out); err != nil {
			return err
		}
	}
	model, err := smld.LoadModel(l.Model)
	if err != nil {
		return err
	}
	x, bin, err := l.points(model)
	if err != nil {
		return err
	}
	if bin > 0 {
		smld.Dequantize(x, bin, l.Seed, 0)
	}
	settings := modelLikelihood(model)
	settings.Probes, settings.Seed = l.Probes, l.Seed
	settings.RelTol, settings.AbsTol = l.Tolerance, l.Tolerance
	nats := make([]float64, x.Rows)
	evaluations := 0.0
	score := model.Score()
	bar := newProgress(c.log, "integrating", 0, x.Rows)
	defer bar.finish()
	const block = 256 // points between two reports of progress; each is on its own
	for from := 0; from < x.Rows; from += block {
		to := min(from+block, x.Rows)
		n, err := settings.LogDensity(nats[from:to], score, x.Slice(from, to), uint64(from))
		if err != nil {
			return err
		}
		evaluations += n * float64(to-from) / float64(x.Rows)
		bar.step(to, func() string { return fmt.Sprintf("%.4g evaluations a point", n) })
	}
	if l.Out != "" {
		column := kernels.NewMatrix(x.Rows, 1)
		for i, v := range nats {
			column.Data[i] = float32(v)
		}
		if err := writeNPY(l.Out, column, []int{1}); err != nil {
			return err
		}
	}
	r := likelihoodReport{Points: x.Rows, Bin: bin, Evaluations: evaluations}
	r.Nats, r.StandardError = metrics.Mean(nats)
	width := 1.0
	if bin > 0 {
		width = bin
	}
	r.BitsPerDimension = smld.BitsPerDimension(r.Nats, x.Cols, width)
	if l.JSON {
		encoder := json.NewEncoder(c.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	fmt.Fprintf(c.out, "log-density %.4f ± %.4f nats a point, mean of %d; %.4g score evaluations a point\n",
		r.Nats, r.StandardError, r.Points, r.Evaluations)
	if bin > 0 {
		fmt.Fprintf(c.out, "%.4f bits per dimension, at most, for values that are multiples of %g\n", r.BitsPerDimension, bin)
	} else {
		fmt.Fprintf(c.out, "%.4f bits per dimension, of the density in units of the data\n", r.BitsPerDimension)
	}
	return nil
}

// points returns the points, and the width of bins.
func (l *likelihood) points(model *smld.Model) (kernels.Matrix, float64, error) {
	if l.Bin < 0 && l.Bin != -1 || math.IsNaN(l.Bin) || math.IsInf(l.Bin, 0) {
		return kernels.Matrix{}, 0, fmt.Errorf("bins of width %v: want none below zero", l.Bin)
	}
	if err := checkCount(l.N, model); err != nil {
		return kernels.Matrix{}, 0, err
	}
	const unseen = 1 << 32 // another seed than training had
	source, set, err := dataset.Load(l.Data, l.Seed+unseen)
	if err != nil {
		return kernels.Matrix{}, 0, err
	}
	if source.Dim() != model.Dim() {
		return kernels.Matrix{}, 0, fmt.Errorf("the model is of dimension %d, %s of %d", model.Dim(), l.Data, source.Dim())
	}
	if set == nil {
		x := kernels.NewMatrix(l.N, source.Dim())
		source.Batch(x, 0)
		return x, max(l.Bin, 0), nil
	}
	x := set.X.Slice(0, min(l.N, set.X.Rows))
	bin := l.Bin
	if bin < 0 {
		bin = 1
		for i := range set.X.Rows {
			for _, v := range set.X.Row(i) {
				if v != float32(math.Trunc(float64(v))) {
					bin = 0
				}
			}
		}
	}
	return x, bin, nil
}
