package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// train is the command that trains a model. The fields with names in JSON are the settings of a run, by the names of their
// flags.
type train struct {
	Data   string          `json:"data" placeholder:"NAME|FILE" help:"Data: digits, 8gaussians, moons, swissroll, checkerboard, 2spirals, pinwheel, 25gaussians, 2gaussians, or an IDX, .npy or .csv file."`
	Out    string          `json:"-" placeholder:"FILE" help:"Model file to write (safetensors); in a run directory model.safetensors by default."`
	Dir    string          `json:"-" placeholder:"DIR" help:"Run directory to make: settings, checkpoints, metrics, pictures of samples and the model."`
	Resume string          `json:"-" placeholder:"DIR" help:"Run directory to continue; the settings are those of the run."`
	Config kong.ConfigFlag `json:"-" placeholder:"FILE" help:"Settings: a JSON object of flags by their names, such as a run directory's config.json. Flags beside it come first."`

	Steps    int     `json:"steps" default:"10000" help:"Training steps."`
	Batch    int     `json:"batch" default:"128" help:"Points a step."`
	Seed     uint64  `json:"seed" default:"1" help:"Seed of everything random."`
	Levels   int     `json:"levels" default:"100" help:"Noise levels."`
	SigmaMax float64 `json:"sigma-max" placeholder:"S" help:"Largest noise level; by default the largest distance between two points."`
	SigmaMin float64 `json:"sigma-min" placeholder:"S" help:"Smallest noise level; by default a hundredth of the data's standard deviation."`

	Bin           float64 `json:"bin" placeholder:"W" help:"Width of the bins over which discrete data is spread evenly, 1 for integers, anew each time: for a likelihood in bits. By default it stays as it is."`
	Shift         int     `json:"shift" placeholder:"PIXELS" help:"Move each image by up to that many pixels up or down and left or right, anew each time: few images are then learned by heart less."`
	AugmentLabels bool    `json:"augment-labels" default:"true" negatable:"" help:"Tell the network how an image was moved, so that samples are not moved."`
	HoldOut       float64 `json:"hold-out" default:"0.05" placeholder:"SHARE" help:"Share of a file's points, taken evenly, that a run directory measures the loss on instead of training on them (${default})."`

	Hidden          []int  `json:"hidden" default:"256,256,256" help:"Sizes of the hidden layers."`
	Residual        bool   `json:"residual" help:"Let each two hidden layers after the first add to what enters them."`
	Preconditioning string `json:"preconditioning" default:"auto" enum:"auto,edm,ncsnv2,bounded" help:"How the network gives the score: edm, ncsnv2, or bounded, which keeps denoised points within the range of the data; auto is bounded for images and edm for all else."`

	Rate        float64 `json:"rate" default:"0.001" help:"Learning rate of Adam."`
	WarmUp      int     `json:"warm-up" default:"0" help:"Steps over which the learning rate rises (${default})."`
	Schedule    string  `json:"schedule" default:"constant" enum:"constant,cosine,inverse-sqrt" help:"How the learning rate falls afterwards: ${enum}."`
	WeightDecay float64 `json:"weight-decay" default:"0" help:"Weight decay of AdamW (${default})."`
	Clip        float64 `json:"clip" placeholder:"NORM" help:"Scale gradients of a larger norm down to it."`
	EMA         float64 `json:"ema" name:"ema" default:"0.999" help:"Decay of the moving average of the parameters."`
	Noise       string  `json:"noise" default:"levels" enum:"levels,log-uniform,log-normal" help:"How noise levels are drawn: ${enum}."`
	LogMean     float64 `json:"log-mean" default:"-0.5" help:"Mean of log-normal noise levels' logarithm, where the data's standard deviation is 1."`
	LogStd      float64 `json:"log-std" default:"1.2" help:"Its standard deviation."`
	Weighting   string  `json:"weighting" default:"sigma" enum:"sigma,edm" help:"Weighting of the loss: ${enum}."`

	Checkpoint      duration `json:"checkpoint" default:"1m" placeholder:"TIME" help:"Time between checkpoints of a run directory (${default})."`
	CheckpointSteps int      `json:"checkpoint-steps" placeholder:"N" help:"Steps between checkpoints, besides."`
	Keep            int      `json:"keep" default:"3" placeholder:"N" help:"Checkpoints to keep (${default})."`
	LogSteps        int      `json:"log-steps" default:"100" placeholder:"N" help:"Steps between lines of a run directory's metrics (${default})."`
	EvalSteps       int      `json:"eval-steps" placeholder:"N" help:"Steps between pictures of samples and held-out losses; by default a tenth of all."`
}

// config returns how the model is trained.
func (t *train) config() smld.TrainConfig {
	return smld.TrainConfig{
		Batch: t.Batch, EMADecay: t.EMA, Seed: t.Seed, LearningRate: t.Rate, WarmUp: t.WarmUp, Schedule: t.Schedule, Steps: t.Steps,
		WeightDecay: t.WeightDecay, ClipNorm: t.Clip, Noise: t.Noise, LogMean: t.LogMean, LogStd: t.LogStd, Weighting: t.Weighting,
	}
}

// Run trains and saves the model.
func (t *train) Run(c *console, k *kong.Context) error {
	if t.Resume != "" {
		return t.resume(c, k)
	}
	if t.Data == "" {
		return fmt.Errorf("train needs --data, or --resume with the folder of a run")
	}
	if t.Out == "" && t.Dir == "" {
		return fmt.Errorf("train needs --out for a model file, or --dir for a run directory")
	}
	if t.Out != "" {
		if err := checkOutput(t.Out); err != nil {
			return err
		}
	}
	p, err := t.prepare(t.Dir != "")
	if err != nil {
		return err
	}
	if t.Dir == "" {
		model, _, err := t.fit(c, p, nil)
		if err != nil {
			return err
		}
		return saveModel(c, model, t.Out)
	}
	if err := t.checkRun(); err != nil {
		return err
	}
	if t.Data, err = absolute(t.Data); err != nil {
		return err
	}
	dir, err := newRun(t.Dir, t)
	if err != nil {
		return err
	}
	return t.run(c, p, dir)
}

// resume continues a run.
func (t *train) resume(c *console, k *kong.Context) error {
	for _, p := range k.Path {
		if p.Flag != nil && !slices.Contains([]string{"resume", "out"}, p.Flag.Name) {
			return fmt.Errorf("--resume continues a run with the run's own settings: leave out --%s", p.Flag.Name)
		}
	}
	path, out := t.Resume, t.Out
	*t = train{}
	dir, err := openRun(path, t)
	if err != nil {
		return err
	}
	t.Out = out
	if err := t.checkRun(); err != nil {
		return fmt.Errorf("%s: %w", dir.config(), err)
	}
	p, err := t.prepare(true)
	if err != nil {
		return err
	}
	if err := dir.load(p.trainer, c.log); err != nil {
		return err
	}
	fmt.Fprintf(c.log, "continuing at step %d of %d\n", p.trainer.Done(), t.Steps)
	return t.run(c, p, dir)
}

// run trains in a run directory.
func (t *train) run(c *console, p *prepared, dir *runDir) error {
	model, _, err := t.fit(c, p, dir)
	if err != nil {
		return err
	}
	out := t.Out
	if out == "" {
		out = dir.model()
	}
	return saveModel(c, model, out)
}

// absolute returns data by a path that holds in any folder.
func absolute(data string) (string, error) {
	if slices.Contains(dataset.Names(), data) {
		return data, nil
	}
	path, err := filepath.Abs(data)
	if err != nil {
		return "", fmt.Errorf("%s: %w", data, err)
	}
	return path, nil
}

func saveModel(c *console, model *smld.Model, path string) error {
	if err := model.Save(path); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", path)
	return nil
}

// checkRun returns an error unless the settings of a run directory make sense.
func (t *train) checkRun() error {
	switch {
	case t.Keep < 1:
		return fmt.Errorf("%d checkpoints to keep: want at least 1", t.Keep)
	case t.Checkpoint.Duration <= 0 || t.CheckpointSteps < 0:
		return fmt.Errorf("checkpoints every %v and every %d steps: want a positive time, and steps not below zero", t.Checkpoint, t.CheckpointSteps)
	case t.LogSteps < 1 || t.EvalSteps < 0:
		return fmt.Errorf("metrics every %d and samples every %d steps: want at least 1, and none below zero", t.LogSteps, t.EvalSteps)
	}
	return nil
}

// prepared is what a training begins with.
type prepared struct {
	trainer *smld.Trainer
	heldOut kernels.Matrix // points that are not trained on
	data    smld.Description
}

// prepare loads the data and makes the model and its trainer. A run directory's training holds points out.
func (t *train) prepare(holdOut bool) (*prepared, error) {
	if t.Steps < 1 {
		return nil, fmt.Errorf("%d training steps: want at least 1", t.Steps)
	}
	if !(t.Bin >= 0) || math.IsInf(t.Bin, 1) {
		return nil, fmt.Errorf("bins of width %v: want none below zero", t.Bin)
	}
	source, set, err := dataset.Load(t.Data, t.Seed)
	if err != nil {
		return nil, err
	}
	p := &prepared{}
	points, data := t.survey(source, set)
	switch {
	case set == nil:
		const unseen, held = 1 << 32, 2000 // another seed than the training's
		other, _, err := dataset.Load(t.Data, t.Seed+unseen)
		if err != nil {
			return nil, err
		}
		p.heldOut = kernels.NewMatrix(held, source.Dim())
		other.Batch(p.heldOut, 0)
	case holdOut:
		if points, p.heldOut, err = split(points, t.HoldOut); err != nil {
			return nil, err
		}
		source = dataset.NewEpochs(points, t.Seed)
	}
	labels := 0
	if t.Shift != 0 {
		shape := data.Shape
		if set == nil || len(shape) != 2 || t.Shift < 0 || t.Shift >= min(shape[0], shape[1]) {
			return nil, fmt.Errorf("a shift of %d pixels: want images, and less than their height and width", t.Shift)
		}
		shifted := dataset.NewShifted(source, shape[0], shape[1], t.Shift, data.Low, t.Seed)
		if source = shifted; t.AugmentLabels {
			labels = shifted.AugmentLabels()
		}
	}
	if t.Bin > 0 {
		source = smld.Dequantized{Source: source, Bin: t.Bin, Seed: t.Seed}
		smld.Dequantize(p.heldOut, t.Bin, t.Seed, 0)
	}
	sigmas, err := t.schedule(points)
	if err != nil {
		return nil, err
	}
	preconditioning := t.precondition(&data)
	p.data = data
	model, err := smld.NewModel(points, smld.ModelConfig{
		Hidden: t.Hidden, Residual: t.Residual, Preconditioning: preconditioning, AugmentLabels: labels, Sigmas: sigmas, Data: data,
		Seed: t.Seed,
	})
	if err != nil {
		return nil, err
	}
	p.trainer, err = smld.NewTrainer(model, source, t.config())
	return p, err
}

// precondition returns the preconditioning for data, whose range it widens where it is bounded and spread over bins.
func (t *train) precondition(data *smld.Description) string {
	name := t.Preconditioning
	if name == "" || name == "auto" {
		name = smld.EDM
		if len(data.Shape) == 2 {
			name = smld.Bounded
		}
	}
	if name == smld.Bounded {
		data.Low -= float32(t.Bin / 2)
		data.High += float32(t.Bin / 2)
	}
	return name
}

// split returns the rows of x in two parts, the second a share of them, taken evenly.
func split(x kernels.Matrix, share float64) (rest, taken kernels.Matrix, err error) {
	const most = 0.5
	if !(share >= 0 && share <= most) {
		return rest, taken, fmt.Errorf("a share of %v of the points to hold out: want 0 to %v", share, most)
	}
	n := int(share * float64(x.Rows))
	rest, taken = kernels.NewMatrix(x.Rows-n, x.Cols), kernels.NewMatrix(n, x.Cols)
	for i := range x.Rows {
		k := i * n / x.Rows // taken before row i
		if (i+1)*n/x.Rows > k {
			copy(taken.Row(k), x.Row(i))
		} else {
			copy(rest.Row(i-k), x.Row(i))
		}
	}
	return rest, taken, nil
}

// fit trains a model, in a run directory unless that is nil, and returns it with the loss of each step.
func (t *train) fit(c *console, p *prepared, dir *runDir) (*smld.Model, []float64, error) {
	losses := make([]float64, 0, max(t.Steps, 0))
	bar := newProgress(c.log, "training", p.trainer.Done(), t.Steps)
	defer bar.finish()
	var after func(loss float64) error
	if dir != nil {
		w := newWatch(t, p, dir)
		defer w.stop()
		after = w.after
	}
	for p.trainer.Done() < t.Steps {
		loss := p.trainer.Step()
		err := p.trainer.CheckLoss(loss)
		if err == nil && after != nil {
			err = after(loss)
		}
		if err != nil {
			if dir != nil {
				err = dir.advise(err)
			}
			return nil, nil, err
		}
		losses = append(losses, loss)
		bar.step(p.trainer.Done(), func() string { return fmt.Sprintf("loss %.3f", recent(losses)) })
	}
	return p.trainer.Averaged(), losses, nil
}

// toySample is how many points stand for a distribution that has no end.
const toySample = 10_000

// survey returns points that represent the data, and what the data is.
func (t *train) survey(source dataset.Source, set *dataset.Set) (kernels.Matrix, smld.Description) {
	if set != nil {
		return set.X, smld.Description{Name: set.Name, Shape: set.Shape, Low: set.Low, High: set.High}
	}
	x := kernels.NewMatrix(toySample, source.Dim())
	source.Batch(x, 0)
	low, high := x.Data[0], x.Data[0]
	for _, v := range x.Data {
		low, high = min(low, v), max(high, v)
	}
	return x, smld.Description{Name: t.Data, Shape: []int{source.Dim()}, Low: low, High: high}
}

// schedule returns the noise levels.
func (t *train) schedule(points kernels.Matrix) ([]float32, error) {
	_, std := smld.Statistics(points)
	if std == 0 {
		return nil, fmt.Errorf("%s: its points are all the same, and there is nothing to learn from them", t.Data)
	}
	high, low := t.SigmaMax, t.SigmaMin
	if high == 0 {
		high, _ = smld.DistanceBounds(points)
	}
	if low == 0 {
		low = float64(std) / 100
	}
	return smld.Geometric(high, low, t.Levels)
}

// recent is the mean of the last losses, which one by one depend much on the noise levels that were drawn.
func recent(losses []float64) float64 {
	const window = 200
	sum, last := 0.0, losses[max(0, len(losses)-window):]
	for _, l := range last {
		sum += l
	}
	return sum / float64(len(last))
}
