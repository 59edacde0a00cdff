package main

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// train is the command that trains a model.
type train struct {
	Data     string  `required:"" placeholder:"NAME|FILE" help:"Data: digits, 8gaussians, moons, swissroll, checkerboard, 2spirals, pinwheel, 25gaussians, 2gaussians, or an IDX, .npy or .csv file."`
	Out      string  `required:"" placeholder:"FILE" help:"Model file to write (safetensors)."`
	Steps    int     `default:"10000" help:"Training steps."`
	Batch    int     `default:"128" help:"Points a step."`
	Seed     uint64  `default:"1" help:"Seed of everything random."`
	Levels   int     `default:"100" help:"Noise levels."`
	SigmaMax float64 `placeholder:"S" help:"Largest noise level; by default the largest distance between two points."`
	SigmaMin float64 `placeholder:"S" help:"Smallest noise level; by default a hundredth of the data's standard deviation."`

	Hidden          []int  `default:"256,256,256" help:"Sizes of the hidden layers."`
	Residual        bool   `help:"Let each two hidden layers after the first add to what enters them."`
	Preconditioning string `default:"edm" enum:"edm,ncsnv2" help:"How the network gives the score: ${enum}."`

	Rate        float64 `default:"0.001" help:"Learning rate of Adam."`
	WarmUp      int     `default:"0" help:"Steps over which the learning rate rises (${default})."`
	Schedule    string  `default:"constant" enum:"constant,cosine,inverse-sqrt" help:"How the learning rate falls afterwards: ${enum}."`
	WeightDecay float64 `default:"0" help:"Weight decay of AdamW (${default})."`
	Clip        float64 `placeholder:"NORM" help:"Scale gradients of a larger norm down to it."`
	Bin         float64 `placeholder:"W" help:"Width of the bins over which discrete data is spread evenly, 1 for integers: for a likelihood in bits. By default it stays as it is."`
	EMA         float64 `name:"ema" default:"0.999" help:"Decay of the moving average of the parameters."`
	Noise       string  `default:"levels" enum:"levels,log-uniform,log-normal" help:"How noise levels are drawn: ${enum}."`
	LogMean     float64 `default:"-0.5" help:"Mean of log-normal noise levels' logarithm, where the data's standard deviation is 1."`
	LogStd      float64 `default:"1.2" help:"Its standard deviation."`
	Weighting   string  `default:"sigma" enum:"sigma,edm" help:"Weighting of the loss: ${enum}."`
}

// config returns how the model is trained.
func (t *train) config() smld.TrainConfig {
	return smld.TrainConfig{
		Batch: t.Batch, EMADecay: t.EMA, Seed: t.Seed, LearningRate: t.Rate, WarmUp: t.WarmUp, Schedule: t.Schedule, Steps: t.Steps,
		WeightDecay: t.WeightDecay, ClipNorm: t.Clip, Noise: t.Noise, LogMean: t.LogMean, LogStd: t.LogStd, Weighting: t.Weighting,
	}
}

// Run trains and saves the model.
func (t *train) Run(c *console) error {
	if err := checkOutput(t.Out); err != nil {
		return err
	}
	model, _, err := t.fit(c)
	if err != nil {
		return err
	}
	if err := model.Save(t.Out); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", t.Out)
	return nil
}

// fit trains a model and returns it with the loss of each step.
func (t *train) fit(c *console) (*smld.Model, []float64, error) {
	source, set, err := dataset.Load(t.Data, t.Seed)
	if err != nil {
		return nil, nil, err
	}
	if t.Bin < 0 || math.IsNaN(t.Bin) || math.IsInf(t.Bin, 0) {
		return nil, nil, fmt.Errorf("bins of width %v: want none below zero", t.Bin)
	}
	if t.Bin > 0 {
		source = smld.Dequantized{Source: source, Bin: t.Bin, Seed: t.Seed}
	}
	points, data := t.survey(source, set)
	sigmas, err := t.schedule(points)
	if err != nil {
		return nil, nil, err
	}
	model, err := smld.NewModel(points, smld.ModelConfig{
		Hidden: t.Hidden, Residual: t.Residual, Preconditioning: t.Preconditioning, Sigmas: sigmas, Data: data, Seed: t.Seed,
	})
	if err != nil {
		return nil, nil, err
	}
	config := t.config()
	losses := make([]float64, 0, max(t.Steps, 0))
	bar := newProgress(c.log, "training", t.Steps)
	defer bar.finish()
	model, err = smld.Train(model, source, config, t.Steps, func(done int, loss float64) {
		losses = append(losses, loss)
		bar.step(done, func() string { return fmt.Sprintf("loss %.3f", recent(losses)) })
	})
	return model, losses, err
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
