package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/smld"
)

// train is the command that trains a model. The fields with names in JSON are the settings of a run, by the names of their
// flags.
type train struct {
	Data   string          `json:"data" placeholder:"NAME|FILE" help:"Data: digits, 8gaussians, moons, swissroll, checkerboard, 2spirals, pinwheel, 25gaussians, 2gaussians, or an IDX, .npy or .csv file."`
	Out    string          `json:"-" placeholder:"FILE" help:"Model file to write (safetensors); in a run directory model.safetensors by default."`
	Dir    string          `json:"-" placeholder:"DIR" help:"Run directory to make: settings, checkpoints, metrics, pictures of samples and the model."`
	Resume string          `json:"-" placeholder:"DIR" help:"Run directory to continue; the settings are those of the run. --steps beside it is another number of steps, --data and --labels the place of what has moved."`
	From   string          `json:"from,omitempty" placeholder:"FILE" help:"Model file to start from, of the same network, preconditioning and dimension."`
	Config kong.ConfigFlag `json:"-" placeholder:"FILE" help:"Settings: a JSON object of flags by their names, such as a run directory's config.json. Flags beside it come first."`

	readFlags
	Columns []string `json:"columns,omitempty" placeholder:"NAME,..." help:"Columns of a table to take, by name or by number from 1; by default all."`
	Drop    []string `json:"drop,omitempty" placeholder:"NAME,..." help:"Columns of a table to leave out."`
	labelFlags
	Scale string `json:"scale" default:"auto" enum:"auto,column,all,none" help:"Units that the model works in: a scale for each column, one for all, or none, the data's own; auto is one for images and a scale for each column of all else."`
	Bin   string `json:"bin" default:"auto" placeholder:"auto|none|W" help:"Width of the bins over which discrete values are spread evenly, anew each time, and to which samples are rounded: auto is 1 for columns, and images, of whole numbers."`

	Steps    int      `json:"steps" placeholder:"N" help:"Training steps. This and what follows is by default what the data ask for; train prints what it chose."`
	Batch    int      `json:"batch" placeholder:"N" help:"Points a step."`
	Seed     uint64   `json:"seed" default:"1" help:"Seed of everything random."`
	Levels   int      `json:"levels" default:"100" help:"Noise levels."`
	SigmaMax positive `json:"sigma-max" placeholder:"S" help:"Largest noise level, in units of the model; by default the largest distance between two points."`
	SigmaMin positive `json:"sigma-min" placeholder:"S" help:"Smallest noise level, in units of the model; by default a hundredth of the standard deviation of images, and less of all else."`

	Shift         int     `json:"shift" placeholder:"PIXELS" help:"Move each image by up to that many pixels up or down and left or right, anew each time: few images are then learned by heart less."`
	AugmentLabels bool    `json:"augment-labels" default:"true" negatable:"" help:"Tell the network how an image was moved, so that samples are not moved."`
	HoldOut       float64 `json:"hold-out" default:"0.05" placeholder:"SHARE" help:"Share of a file's points, taken evenly, that a run directory measures the loss on instead of training on them (${default})."`

	Hidden          []int  `json:"hidden" placeholder:"N,..." help:"Sizes of the hidden layers."`
	Residual        bool   `json:"residual" help:"Let each two hidden layers after the first add to what enters them."`
	Preconditioning string `json:"preconditioning" default:"auto" enum:"auto,edm,ncsnv2,bounded,linear" help:"How the network gives the score: edm, ncsnv2, bounded, which keeps denoised points within the range of the data, or linear, which knows their covariance; auto is bounded for images, edm for points without end and linear for all else."`

	Rate        positive `json:"rate" placeholder:"X" help:"Learning rate of Adam."`
	WarmUp      *int     `json:"warm-up" placeholder:"N" help:"Steps over which the learning rate rises."`
	Schedule    string   `json:"schedule" default:"auto" enum:"auto,constant,cosine,inverse-sqrt" help:"How the learning rate falls afterwards: ${enum}."`
	WeightDecay float64  `json:"weight-decay" default:"0" help:"Weight decay of AdamW (${default})."`
	Clip        float64  `json:"clip" placeholder:"NORM" help:"Scale gradients of a larger norm down to it."`
	EMA         *float64 `json:"ema" name:"ema" placeholder:"X" help:"Decay of the moving average of the parameters."`
	Noise       string   `json:"noise" default:"auto" enum:"auto,levels,log-uniform,log-normal" help:"How noise levels are drawn: ${enum}."`
	LogMean     *float64 `json:"log-mean" placeholder:"X" help:"Mean of log-normal noise levels' logarithm, where the points' standard deviation is 1."`
	LogStd      positive `json:"log-std" placeholder:"X" help:"Its standard deviation."`
	Weighting   string   `json:"weighting" default:"auto" enum:"auto,sigma,edm" help:"Weighting of the loss: ${enum}."`

	Checkpoint      duration `json:"checkpoint" default:"1m" placeholder:"TIME" help:"Time between checkpoints of a run directory (${default})."`
	CheckpointSteps int      `json:"checkpoint-steps" placeholder:"N" help:"Steps between checkpoints, besides."`
	Keep            int      `json:"keep" default:"3" placeholder:"N" help:"Checkpoints to keep (${default})."`
	LogSteps        int      `json:"log-steps" default:"100" placeholder:"N" help:"Steps between lines of a run directory's metrics (${default})."`
	EvalSteps       int      `json:"eval-steps" placeholder:"N" help:"Steps between pictures of samples and held-out losses; by default a tenth of all."`

	JSON bool `json:"-" name:"json" help:"Print lines of JSON: every --log-steps the step, its loss, rate and seconds, and at the end steps, loss, seconds and model."`
	quietFlag

	given map[string]bool // the flags of the command line, but for those of --resume
	lines *jsonLines      // of --json
}

// Run trains and saves the model.
func (t *train) Run(c *console, k *kong.Context) error {
	if t.Resume != "" {
		return t.resume(c, k)
	}
	t.given = given(k)
	if err := cmp.Or(t.checkGiven(k), t.checkFlags()); err != nil {
		return err
	}
	if t.Data == "" {
		return usage("train needs --data, or --resume with the folder of a run")
	}
	if t.Out == "" && t.Dir == "" {
		return usage("train needs --out for a model file, or --dir for a run directory")
	}
	if err := t.checkOut(); err != nil {
		return err
	}
	if t.Dir != "" {
		if err := t.checkRun(); err != nil {
			return err
		}
	}
	p, err := t.prepare(t.Dir != "", c.log)
	if err != nil {
		return err
	}
	if err := t.start(p); err != nil {
		return err
	}
	if t.Dir == "" {
		model, losses, err := t.fit(c, p, nil)
		if err != nil {
			return err
		}
		if err := model.Save(t.Out); err != nil {
			return t.keepPartial(p.trainer, err)
		}
		return t.tell(c, losses, t.Out)
	}
	if err := t.settle(); err != nil {
		return err
	}
	dir, err := newRun(t.Dir, t)
	if err != nil {
		return err
	}
	defer dir.release()
	return t.run(c, p, dir)
}

// run trains in a run directory.
func (t *train) run(c *console, p *prepared, dir *runDir) error {
	out := t.Out
	if out == "" {
		out = dir.model()
	}
	if err := checkOutputs(dir.config(), dir.metrics(), out); err != nil {
		return err
	}
	model, losses, err := t.fit(c, p, dir)
	if err != nil {
		return err
	}
	if err := model.Save(out); err != nil {
		return fmt.Errorf("%w; the training is kept, and langevin train --resume %s --out FILE writes its model to another file", err, dir.path)
	}
	return t.tell(c, losses, out)
}

// checkRun returns an error unless the settings of a run directory make sense.
func (t *train) checkRun() error {
	switch {
	case t.Keep < 1:
		return usage("%d checkpoints to keep: want at least 1", t.Keep)
	case t.Checkpoint.Duration <= 0 || t.CheckpointSteps < 0:
		return usage("checkpoints every %v and every %d steps: want a positive time, and steps not below zero", t.Checkpoint, t.CheckpointSteps)
	case t.LogSteps < 1 || t.EvalSteps < 0:
		return usage("metrics every %d and samples every %d steps: want at least 1, and none below zero", t.LogSteps, t.EvalSteps)
	}
	return nil
}

// fit trains a model, in a run directory unless that is nil, and returns it with the losses.
func (t *train) fit(c *console, p *prepared, dir *runDir) (*smld.Model, *lossCurve, error) {
	losses := &lossCurve{}
	t.lines = &jsonLines{lossLines: newLossLines(t), out: c.out}
	bar := c.progress("training", p.trainer.Done(), t.Steps)
	defer bar.finish()
	after := func(float64) error { return context.Cause(c.ctx) }
	switch {
	case dir != nil:
		after = newWatch(c.ctx, t, p, dir, c.warn).after
	case t.Out != "":
		after = (&salvage{c.ctx, t, p.trainer}).after
	}
	if t.Out != "" || dir != nil {
		if err := c.hold(); err != nil {
			return nil, nil, err
		}
		ignoreBrokenPipes() // who no longer listens does not end a training
	}
	for p.trainer.Done() < t.Steps {
		loss := p.trainer.Step()
		err := p.trainer.CheckLoss(loss)
		if err == nil {
			err = after(loss)
		}
		if err != nil {
			if dir != nil {
				err = dir.advise(err)
			}
			return nil, nil, err
		}
		losses.add(loss, p.trainer.Rate())
		if t.JSON {
			t.lines.after(p.trainer, loss)
		}
		bar.step(p.trainer.Done(), func() string { return fmt.Sprintf("loss %.3f", losses.last.Mean()) })
	}
	return p.trainer.Averaged(), losses, nil
}
