package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/alecthomas/kong"

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
	PNG     string `name:"png" placeholder:"FILE" help:"Picture to write. Of images: samples, each beside the image of the data that is nearest to it. With --exact: samples of 2gaussians by Langevin dynamics and annealed Langevin dynamics, as in Song and Ermon 2019, Figure 3."`

	samplerFlags
	readFlags
	quietFlag
}

// Run measures and prints.
func (e *eval) Run(c *console, k *kong.Context) error {
	if err := e.checkFlags(given(k)); err != nil {
		return err
	}
	if e.Sampler != "" && !slices.Contains(smld.SamplerNames(), e.Sampler) {
		return usage("no sampler %q; choose one of %v", e.Sampler, smld.SamplerNames())
	}
	if e.N < 2 {
		return usage("%d samples: want at least 2", e.N)
	}
	if e.PNG != "" {
		if err := cmp.Or(checkOutput(e.PNG), checkPictureName(e.PNG), checkApart(e.Model, e.PNG), checkApart(e.Data, e.PNG)); err != nil {
			return err
		}
	}
	if e.Exact {
		return e.exact(c)
	}
	if e.Model == "" || e.Data == "" {
		return usage("eval needs --model and --data, or --exact")
	}
	r, err := e.measure(c)
	if err != nil {
		return err
	}
	if e.JSON {
		return c.printJSON(r)
	}
	return r.print(c)
}

// measure draws samples of the model and measures them.
func (e *eval) measure(c *console) (*report, error) {
	model, err := smld.LoadModel(e.Model)
	if err != nil {
		return nil, err
	}
	set, err := e.truth(model)
	if err != nil {
		return nil, err
	}
	if e.PNG != "" && (set.all.Rows == 0 || model.Image() == nil) {
		return nil, fmt.Errorf("--png shows images beside their nearest in a finite set; langevin sample draws samples of %s", e.Data)
	}
	r := &report{Samples: set.data.Rows, Sampler: cmp.Or(e.Sampler, smld.DefaultSampler)}
	x, evaluations, err := drawSamples(c, r.Sampler, e.samplerOptions(), model, set.data.Rows, e.Seed)
	if err != nil {
		return nil, err
	}
	r.Evaluations = evaluations
	x = model.Points(model.Rows(x)) // as rounding leaves them
	if e.PNG != "" {
		if err := writePNG(e.PNG, neighbours(x, set.all, model)); err != nil {
			return nil, err
		}
		c.wrote(e.PNG, e.JSON)
	}
	_, largest := smld.DistanceBounds(set.data)
	_, std := smld.Statistics(set.data)
	levels := model.Levels()
	r.Warnings = warnings(levelReach{
		SigmaMax: levels.Max, SigmaMin: levels.Min, Largest: largest, Std: float64(std),
	})
	if err := r.compare(x, set, e.Seed); err != nil {
		return nil, err
	}
	if mixture, err := smld.NamedMixture(e.Data); err == nil {
		if model.Encoding != nil {
			if mixture, err = mixture.Encoded(model.Encoding); err != nil {
				return nil, err
			}
		}
		if err := r.compareMixture(c.ctx, x, set, model, mixture, e.Seed); err != nil {
			return nil, err
		}
	}
	r.judge()
	return r, nil
}
