package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// pictures is the command that draws what explains a model, its training and its data.
type pictures struct {
	Kind string `arg:"" enum:"samples,field,trajectories,flow,noise,denoised,neighbours,loss,held-out" help:"What to draw. samples: samples, with the true points of --data behind. field: the score field over the density, at --sigma. trajectories: the way of points of the plane from noise to data. flow: the same, or images coming out of noise, as a .gif. noise: the data with noise, at --sigma. denoised: these points, and where the model expects them without noise. neighbours: images above the images of --data that are nearest to them. loss and held-out: the losses of a run directory."`

	Out        string   `required:"" placeholder:"FILE" help:"Picture to write: .png, .svg or, of a flow, .gif."`
	Model      string   `placeholder:"FILE" help:"Model file. Without it a model is trained on --data first, with the settings of train."`
	Data       string   `placeholder:"NAME|FILE" help:"True data, as for train. A model of data with a name has these by default."`
	Dir        string   `placeholder:"DIR" name:"run" help:"Run directory of loss and held-out."`
	Sigma      []string `placeholder:"S,..." help:"Noise levels, in units of the model, or of the data where there is no model. By default three or four at which there is something to see."`
	N          int      `placeholder:"N" help:"Number of points, or images: as many as the picture has room for by default."`
	TrainSteps int      `placeholder:"N" help:"Training steps, where a model is trained first; by default what the data ask for."`
	Title      string   `placeholder:"TEXT" help:"Title of a plot of samples, or of trajectories."`

	Sampler string `placeholder:"NAME" help:"Sampler: one of ${samplers} (default ${sampler}; of trajectories and flow heun with 60 levels, by which lines are smooth)."`
	Seed    uint64 `default:"1" help:"Seed of everything random."`

	classFlags
	samplerFlags
	readFlags
	quietFlag

	sigmas []float32
}

// needs says which inputs a kind has.
var needs = map[string]struct{ model, data, run, sampler, sigma, n bool }{
	"samples":      {model: true, sampler: true, n: true},
	"field":        {model: true, sigma: true},
	"trajectories": {model: true, sampler: true, n: true},
	"flow":         {model: true, sampler: true, n: true},
	"noise":        {data: true, sigma: true, n: true},
	"denoised":     {model: true, sigma: true, n: true},
	"neighbours":   {model: true, data: true, sampler: true, n: true},
	"loss":         {run: true},
	"held-out":     {run: true},
}

// Run draws and writes the picture.
func (p *pictures) Run(c *console, line *kong.Context) error {
	if err := p.check(line); err != nil {
		return err
	}
	drawn, err := p.draw(c)
	if err := savePicture(p.Out, drawn, err); err != nil {
		return err
	}
	c.wrote(p.Out, false)
	return nil
}

// check returns an error for flags and files that cannot be.
func (p *pictures) check(line *kong.Context) error {
	if err := cmp.Or(p.checkGiven(line), p.parseSigmas()); err != nil {
		return err
	}
	if p.Sampler != "" && !slices.Contains(smld.SamplerNames(), p.Sampler) {
		return usage("no sampler %q; choose one of %v", p.Sampler, smld.SamplerNames())
	}
	flags := given(line)
	switch { // zero stands for what nobody gave
	case flags["n"] && p.N < 1:
		return usage("--n %d: want 1 or more", p.N)
	case flags["train-steps"] && p.TrainSteps < 1:
		return usage("--train-steps %d: want 1 or more", p.TrainSteps)
	}
	if p.Kind == "flow" {
		if !isAnimation(p.Out) {
			return usage("cannot write %s: a flow is an animation: end the name in .gif", p.Out)
		}
	} else if err := checkPictureName(p.Out); err != nil {
		return err
	}
	return cmp.Or(checkOutput(p.Out), checkApart(p.Model, p.Out), checkApart(p.Data, p.Out))
}

// checkGiven returns an error unless a kind has what it needs and nothing that it does not use.
func (p *pictures) checkGiven(line *kong.Context) error {
	if p.Model != "" {
		if err := inert(given(line), "beside --model, which is trained", "train-steps"); err != nil {
			return err
		}
	}
	need, flags, of := needs[p.Kind], given(line), "of a picture of the kind "+p.Kind
	switch {
	case need.run && p.Dir == "":
		return usage("picture %s needs --run, the directory of a training", p.Kind)
	case need.model && p.Model == "" && p.Data == "":
		return usage("picture %s needs --model, or --data to train one on", p.Kind)
	case need.data && p.Data == "":
		return usage("picture %s needs --data", p.Kind)
	}
	if !need.run {
		if err := inert(flags, of, "run"); err != nil {
			return err
		}
	} else if err := inert(flags, of, "model", "data", "delimiter", "header", "shape"); err != nil {
		return err
	}
	if !need.model {
		if err := inert(flags, of, "model"); err != nil {
			return err
		}
	}
	if !need.sigma {
		if err := inert(flags, of, "sigma"); err != nil {
			return err
		}
	}
	if !need.n {
		if err := inert(flags, of, "n"); err != nil {
			return err
		}
	}
	if p.Kind != "samples" && p.Kind != "trajectories" {
		if err := inert(flags, of, "title"); err != nil {
			return err
		}
	}
	if need.sampler {
		return nil
	}
	for _, option := range optionNames() {
		if err := inert(flags, of, setup.OptionFlag(option)); err != nil {
			return err
		}
	}
	names := []string{"sampler", "denoise", "no-denoise"}
	if !need.model {
		names = append(names, "class", "guidance")
	}
	return inert(flags, of, names...)
}

// parseSigmas reads the noise levels.
func (p *pictures) parseSigmas() error {
	for _, text := range p.Sigma {
		var sigma positive
		if err := sigma.UnmarshalText([]byte(text)); err != nil {
			return usage("--sigma %s: want numbers above zero with commas between them", text)
		}
		p.sigmas = append(p.sigmas, float32(sigma))
	}
	return nil
}

// draw draws the picture.
func (p *pictures) draw(c *console) (picture.Drawn, error) {
	switch p.Kind {
	case "noise":
		return p.noise()
	case "loss", "held-out":
		return p.metrics()
	}
	m, err := p.loadModel(c)
	if err != nil {
		return nil, err
	}
	of, err := p.subjectOf(m)
	if err != nil {
		return nil, err
	}
	switch p.Kind {
	case "field":
		return of.field()
	case "denoised":
		return of.denoised()
	}
	d, err := of.drawing()
	if err != nil {
		return nil, err
	}
	switch p.Kind {
	case "samples":
		return of.samples(c, d)
	case "neighbours":
		return of.neighbours(c, d)
	case "flow":
		if err := checkFlow(m); err != nil {
			return nil, err
		}
		return d.flow(c, cmp.Or(p.N, 1000), of.truth, framesOfSamples)
	}
	return of.trajectories(c, d)
}

// loadModel reads the model, or trains one.
func (p *pictures) loadModel(c *console) (*smld.Model, error) {
	if p.Model != "" {
		return smld.LoadModel(p.Model)
	}
	t := train{Data: p.Data, Seed: p.Seed, Levels: setup.Levels, readFlags: p.readFlags, Steps: p.TrainSteps}
	if p.Class != "" {
		t.Labels = setup.OwnClasses
	}
	prepared, err := t.prepare(false, c.log)
	if err != nil {
		return nil, err
	}
	model, _, err := t.fit(c, prepared, nil)
	return model, err
}

// metrics draws the losses of a run directory.
func (p *pictures) metrics() (picture.Drawn, error) {
	dir := &runDir{path: p.Dir}
	if _, err := os.Stat(dir.config()); err != nil {
		return nil, fmt.Errorf("%s is no run directory: %w", p.Dir, err)
	}
	lines, err := dir.readMetrics()
	if err != nil {
		return nil, err
	}
	if p.Kind == "loss" {
		return picture.Loss(lossPoints(lines), "", "")
	}
	return picture.HeldOut(heldOutLosses(lines))
}

// noise draws the data with noise.
func (p *pictures) noise() (picture.Drawn, error) {
	o, err := p.readFlags.options()
	if err != nil {
		return nil, err
	}
	x, err := planeOf(p.Data, p.Seed, o, cmp.Or(p.N, 3000))
	if err != nil {
		return nil, err
	}
	sigmas := p.sigmas
	if len(sigmas) == 0 {
		points := kernels.NewMatrix(x.Rows, 2)
		for i := range x.Rows {
			points.Row(i)[0], points.Row(i)[1] = float32(x.Row(i)[0]), float32(x.Row(i)[1])
		}
		_, std := smld.Statistics(points)
		for _, by := range []float64{0.08, 0.25, 0.6, 1.5} {
			sigmas = append(sigmas, rounded(by*float64(std)))
		}
	}
	panels := []picture.Panel{{Title: "data", Sets: []picture.Points{{X: x}}}}
	for _, sigma := range sigmas {
		noisy := kernels.NewMatrix64(x.Rows, 2)
		z := make([]float32, 2*x.Rows)
		kernels.Noise{Seed: p.Seed}.Fill(z, 0) // the same in all panels
		for i := range noisy.Data {
			noisy.Data[i] = x.Row(i / 2)[i%2] + float64(float64(sigma)*float64(z[i]))
		}
		panels = append(panels, picture.Panel{
			Title: fmt.Sprintf("σ = %.3g", sigma), Sets: []picture.Points{{X: noisy}},
		})
	}
	return picture.Scatters(panels, picture.Plane{Bounds: picture.BoundsAround(x, 0.35)})
}
