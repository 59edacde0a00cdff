package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// eval is the command that measures samples of a model, or of every sampler with exact scores.
type eval struct {
	Model   string `placeholder:"FILE" help:"Model file."`
	Data    string `placeholder:"NAME|FILE" help:"True data, as for train; with --exact one of the mixtures 8gaussians, 25gaussians and 2gaussians, or all of them."`
	Sampler string `placeholder:"NAME" help:"Sampler: one of ${samplers} (default ${sampler}, with --exact all but langevin)."`
	N       int    `default:"10000" help:"Number of samples; of a finite data set at most half of its points."`
	Seed    uint64 `default:"1" help:"Seed of everything random."`
	JSON    bool   `name:"json" help:"Print JSON."`
	Exact   bool   `help:"Measure the samplers with the exact scores of mixtures, at their default settings, instead of a model."`
	Repeats count  `default:"10" help:"Repetitions of --exact."`
	Picture string `placeholder:"FILE" help:"Picture to write, .png or .svg: samples with true points behind; images above the images of the data that are nearest to them. With --exact: samples of 2gaussians by Langevin dynamics and annealed Langevin dynamics, as in Song and Ermon 2019, Figure 3."`

	classFlags
	samplerFlags
	readFlags
	shardFlags
	quietFlag
}

// Run measures and prints, or draws a part of the samples.
func (e *eval) Run(c *console, line *kong.Context) error {
	if e.Exact {
		if err := e.check(line); err != nil {
			return err
		}
		return e.exact(c)
	}
	d, err := e.divide(c, line)
	if err != nil {
		return err
	}
	return e.shardFlags.run(c, d)
}

// check returns an error for flags and files that cannot be.
func (e *eval) check(line *kong.Context) error {
	if err := e.checkFlags(given(line)); err != nil {
		return err
	}
	if e.Sampler != "" && !slices.Contains(smld.SamplerNames(), e.Sampler) {
		return usage("no sampler %q; choose one of %v", e.Sampler, smld.SamplerNames())
	}
	if e.N < 2 {
		return usage("%d samples: want at least 2", e.N)
	}
	if e.Picture != "" {
		if err := cmp.Or(checkOutput(e.Picture), checkPictureName(e.Picture), checkApart(e.Model, e.Picture), checkApart(e.Data, e.Picture)); err != nil {
			return err
		}
	}
	if !e.Exact && (e.Model == "" || e.Data == "") {
		return usage("eval needs --model and --data, or --exact")
	}
	return nil
}

// checkPicture returns an error unless there is a picture of the model's samples with the true points.
func (e *eval) checkPicture(m *smld.Model, set *truth) error {
	if m.Image() != nil && set.all.Rows == 0 {
		return fmt.Errorf("--picture shows images above their nearest in a finite set, and %s has no end", e.Data)
	}
	return picture.CheckSamples(m)
}

// evalRun is what the samples and their measures follow from.
type evalRun struct {
	sampleRun
	Data string `json:"data"` // SHA-256 of the true points
	Rest string `json:"rest"` // SHA-256 of those of a finite set that they are not
}

// divide returns the run, whose rows are the samples.
func (e *eval) divide(_ *console, line *kong.Context) (*divisible, error) {
	if err := e.check(line); err != nil {
		return nil, err
	}
	model, err := smld.LoadModel(e.Model)
	if err != nil {
		return nil, err
	}
	set, err := e.truth(model)
	if err != nil {
		return nil, err
	}
	if e.Picture != "" {
		if err := e.checkPicture(model, set); err != nil {
			return nil, err
		}
	}
	name, options := cmp.Or(e.Sampler, smld.DefaultSampler), e.samplerOptions()
	drawing, err := newDrawing(model, name, options, e.Seed)
	if err != nil {
		return nil, err
	}
	if drawing.classes, err = e.classFlags.find(model, e.Model); err != nil {
		return nil, err
	}
	n := set.data.Rows
	return &divisible{
		run: func() (any, error) {
			sum, err := fileDigest(e.Model)
			run := sampleRun{"eval", sum, name, options, e.Seed, 0, e.Class, e.Guidance}
			return evalRun{run, digest(widened(set.data)), digest(widened(set.rest))}, err
		},
		total: n, cols: model.Dim(), out: e.Picture, fill: drawing.fill,
		finish: func(c *console, rows rowSource) error {
			x, err := allRows(rows, n, model.Dim())
			if err != nil {
				return err
			}
			r := &report{Samples: n, Sampler: name, Evaluations: float64(rows.figure(evaluationsFigure)) / float64(n)}
			return e.measure(c, r, model, set, x)
		},
	}, nil
}

// measure measures samples of the model and prints the report.
func (e *eval) measure(c *console, r *report, model *smld.Model, set *truth, x kernels.Matrix) error {
	x = model.Points(model.Rows(x)) // as rounding leaves them
	if e.Picture != "" {
		if err := e.draw(model, set, x); err != nil {
			return err
		}
		c.wrote(e.Picture, e.JSON)
	}
	_, largest := smld.DistanceBounds(set.data)
	_, std := smld.Statistics(set.data)
	levels := model.Levels()
	r.Warnings = warnings(levelReach{
		SigmaMax: levels.Max, SigmaMin: levels.Min, Largest: largest, Std: float64(std),
	})
	if err := r.compare(x, set, e.Seed); err != nil {
		return err
	}
	if mixture, err := smld.NamedMixture(e.Data); err == nil {
		if model.Encoding != nil {
			if mixture, err = mixture.Encoded(model.Encoding); err != nil {
				return err
			}
		}
		if err := r.compareMixture(c.ctx, x, set, model, mixture, e.Seed); err != nil {
			return err
		}
	}
	r.judge()
	if e.JSON {
		return c.printJSON(r)
	}
	return r.print(c)
}
