package main

import (
	"cmp"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// auto is the value of a setting that the data choose.
const auto = "auto"

// prepared is what a training begins with.
type prepared struct {
	trainer *smld.Trainer
	data    *smld.Data
}

// prepare loads the data, chooses what the flags leave open, and makes the model and its trainer. A run directory's training holds
// points out. What was read and chosen goes to log.
func (t *train) prepare(holdOut bool, log io.Writer) (*prepared, error) {
	o, err := t.options()
	if err != nil {
		return nil, err
	}
	o.Columns, o.Drop = t.Columns, t.Drop
	set, err := t.labelFlags.load(t.Data, t.Seed, o)
	if err != nil {
		return nil, err
	}
	if set.About != "" {
		fmt.Fprintln(log, set.About)
	}
	if hint := flatImages(set); hint != "" {
		fmt.Fprintf(log, "note: %s\n", hint)
	}
	bin, err := binWidth(t.Bin)
	if err != nil {
		return nil, err
	}
	config := smld.DataConfig{
		EncodingConfig: smld.EncodingConfig{Scale: smld.Scaling(t.Scale), Bin: bin}, Shift: t.Shift, Told: t.AugmentLabels, Seed: t.Seed,
		Classes: t.Labels != "",
	}
	if holdOut {
		config.HoldOut = t.HoldOut
	}
	data, err := smld.NewData(set, config)
	if err != nil {
		return nil, err
	}
	plan := t.choose(smld.Choose(data, t.Seed))
	if err := t.checkNoise(); err != nil {
		return nil, err
	}
	if err := cmp.Or(t.checkMemory(data.Encoding.Dim()), t.checkRoom(data.Encoding.Dim())); err != nil {
		return nil, err
	}
	if plan.Model.Sigmas, err = smld.Geometric(plan.SigmaMax, plan.SigmaMin, t.Levels); err != nil {
		return nil, fmt.Errorf("%w %s", err, data.Encoding.Unit())
	}
	fmt.Fprintln(log, setup.Describe(data, plan))
	for _, w := range warnings(t.reach(data)) {
		fmt.Fprintf(log, "note: %s\n", w)
	}
	model, err := smld.NewModel(data.Points, plan.Model)
	if err != nil {
		return nil, err
	}
	p := &prepared{data: data}
	if p.trainer, err = smld.NewTrainer(model, data.Source, plan.Train); err != nil {
		return nil, err
	}
	if !data.Endless {
		p.trainer.DataHash = smld.DataHash(data.Points)
	}
	p.trainer.DataSettings = t.dataSettings(config, set)
	return p, nil
}

// checkGiven returns an error for numbers that are given as zero, which otherwise stands for the data's choice, or below.
func (t *train) checkGiven(k *kong.Context) error {
	for _, p := range k.Path {
		if p.Flag != nil && (p.Flag.Name == "steps" && t.Steps < 1 || p.Flag.Name == "batch" && t.Batch < 1) {
			return usage("--%s: %d: want a whole number, 1 or more", p.Flag.Name, p.Flag.Target.Int())
		}
	}
	if t.Steps < 0 || t.Batch < 0 {
		return fmt.Errorf("%d steps of %d points: want whole numbers, 1 or more", t.Steps, t.Batch)
	}
	return nil
}

// binWidth returns the width of bins that a flag means.
func binWidth(flag string) (float64, error) {
	switch flag {
	case "", auto:
		return smld.AutoBin, nil
	case "none", "0":
		return smld.NoBin, nil
	}
	var width positive
	if err := width.UnmarshalText([]byte(flag)); err != nil {
		return 0, usage("--bin %s: want auto, none or the width of a bin, above zero", flag)
	}
	return float64(width), nil
}

// choose takes from a plan what the flags leave open, and changes the plan to what they say.
func (t *train) choose(p smld.Plan) smld.Plan {
	named(&t.Preconditioning, &p.Model.Preconditioning)
	whole(&t.Steps, &p.Train.Steps)
	whole(&t.Batch, &p.Train.Batch)
	number(&t.Rate, &p.Train.LearningRate)
	named(&t.Schedule, &p.Train.Schedule)
	named(&t.Noise, &p.Train.Noise)
	named(&t.Weighting, &p.Train.Weighting)
	number(&t.LogStd, &p.Train.LogStd)
	number(&t.SigmaMax, &p.SigmaMax)
	number(&t.SigmaMin, &p.SigmaMin)
	setup.WarmUp(&p)
	optional(&t.WarmUp, &p.Train.WarmUp)
	optional(&t.LogMean, &p.Train.LogMean)
	optional(&t.EMA, &p.Train.EMADecay)
	if len(t.Hidden) == 0 {
		t.Hidden = p.Model.Hidden
	}
	p.Model.Hidden, p.Model.Residual = t.Hidden, t.Residual
	p.Train.WeightDecay, p.Train.ClipNorm, p.Train.LabelDropout = t.WeightDecay, t.Clip, t.dropout()
	return p
}

// named makes a flag and the plan's value the same: the flag's where it is given.
func named[N ~string](flag *string, planned *N) {
	if *flag == "" || *flag == auto {
		*flag = string(*planned)
	} else {
		*planned = N(*flag)
	}
}

// whole does so for a whole number.
func whole(flag, planned *int) {
	if *flag == 0 {
		*flag = *planned
	} else {
		*planned = *flag
	}
}

// number does so for a number.
func number(flag *positive, planned *float64) {
	if *flag == 0 {
		*flag = positive(*planned)
	} else {
		*planned = float64(*flag)
	}
}

// optional does so for a flag that may be given as zero.
func optional[T any](flag **T, planned *T) {
	if *flag == nil {
		v := *planned
		*flag = &v
	} else {
		*planned = **flag
	}
}

// reach returns how far noise levels reach. Only ncsnv2 is at a loss at levels that training does not draw: the others are nearly
// right there without a network.
func (t *train) reach(d *smld.Data) levelReach {
	largest, _ := smld.DistanceBounds(d.Points)
	_, std := smld.Statistics(d.Points)
	r := levelReach{SigmaMax: float64(t.SigmaMax), SigmaMin: float64(t.SigmaMin), Largest: largest, Std: float64(std)}
	if t.Noise == string(smld.LogNormal) && t.Preconditioning == string(smld.NCSNv2) {
		r.LogMean, r.LogStd = *t.LogMean+detmath.Log(float64(std)), float64(t.LogStd)
	}
	return r
}
