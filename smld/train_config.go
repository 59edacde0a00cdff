package smld

import (
	"cmp"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// TrainConfig says how to train a model. An empty name stands for the first of its kind.
type TrainConfig struct {
	Batch    int     `json:"batch"`     // points a step
	EMADecay float64 `json:"ema_decay"` // of the average of the parameters, which is the result
	Seed     uint64  `json:"seed"`

	LearningRate float64  `json:"learning_rate"` // of Adam
	WarmUp       int      `json:"warm_up"`       // steps over which the learning rate rises to that
	Schedule     Schedule `json:"schedule"`      // Constant, Cosine or InverseSqrt, how it falls from there
	Steps        int      `json:"steps"`         // of the training, over which Cosine falls
	WeightDecay  float64  `json:"weight_decay"`  // see mlp.Adam
	ClipNorm     float64  `json:"clip_norm"`

	Noise     LevelDistribution `json:"noise"`     // Levels, LogUniform or LogNormal
	LogMean   float64           `json:"log_mean"`  // of LogNormal
	LogStd    float64           `json:"log_std"`   // of LogNormal
	Weighting Weighting         `json:"weighting"` // WeightSigma or WeightEDM, of the loss of a noise level

	// LabelDropout is the probability that a point is trained on without its condition, where a model has
	// conditions. From such points it learns the score without a condition (Ho and Salimans 2021). Zero
	// stands for DefaultLabelDropout.
	LabelDropout float64 `json:"label_dropout,omitempty"`
}

// DefaultLabelDropout is what a zero TrainConfig.LabelDropout stands for, and NoLabelDropout stands for none.
// Without dropout a model has no use but with its conditions.
const (
	DefaultLabelDropout = 0.1
	NoLabelDropout      = -1.0
)

// Schedule says how the learning rate falls.
type Schedule string

// Schedules of the learning rate. With t steps done after WarmUp's, the rate stays with Constant. Cosine
// multiplies it by (1 + cos(pi t/T))/2, where T are the steps that remain after WarmUp's (Loshchilov and
// Hutter 2017, without restarts). InverseSqrt multiplies it by sqrt(WarmUp/(WarmUp+t)), taking WarmUp to be
// at least 1 (Vaswani et al. 2017).
const (
	Constant    Schedule = "constant"
	Cosine      Schedule = "cosine"
	InverseSqrt Schedule = "inverse-sqrt"
)

// LevelDistribution says how a training draws noise levels.
type LevelDistribution string

// Distributions of noise levels. Levels is uniform among the model's levels. With LogUniform, log(sigma) is
// uniform between the model's largest and smallest, evenly over a batch, and each batch has an offset of its
// own (Kingma et al. 2021, "Variational diffusion models", Appendix I.1). With LogNormal, log(sigma/Std) is
// normal, of mean LogMean and standard deviation LogStd (Karras et al. 2022; their -1.2 and 1.2 for data of
// standard deviation 0.5 are -0.5 and 1.2 here).
const (
	Levels     LevelDistribution = "levels"
	LogUniform LevelDistribution = "log-uniform"
	LogNormal  LevelDistribution = "log-normal"
)

// Weighting says how much the loss of a noise level counts.
type Weighting string

// Weightings of the loss 1/2 |sigma score + z|^2, which has lambda(sigma) = sigma^2 in it. WeightSigma is
// one. WeightEDM is 1 + sigma^2/Std^2, which is lambda(sigma) = (sigma^2+Std^2)/(sigma Std)^2 for the
// denoised point (Karras et al. 2022). It weighs the error of EDM's network alike at all levels.
const (
	WeightSigma Weighting = "sigma"
	WeightEDM   Weighting = "edm"
)

// DefaultTrainConfig is Adam at 10^-3 and batches of 128 (Song and Ermon 2019), and an average with decay
// 0.999 (Song and Ermon 2020, Technique 5).
var DefaultTrainConfig = TrainConfig{Batch: 128, LearningRate: 1e-3, EMADecay: 0.999}

// check returns an error unless the settings are those of a training.
func (c *TrainConfig) check() error {
	positive := func(x float64) bool { return x > 0 && !math.IsInf(x, 1) }
	nonNegative := func(x float64) bool { return x >= 0 && !math.IsInf(x, 1) }
	switch {
	case c.Batch < 1:
		return fmt.Errorf("smld: batch of %d points: want at least 1", c.Batch)
	case !positive(c.LearningRate):
		return fmt.Errorf("smld: learning rate %v: want a positive number", c.LearningRate)
	case !(c.EMADecay >= 0 && c.EMADecay < 1):
		return fmt.Errorf("smld: EMA decay %v: want at least 0 and less than 1", c.EMADecay)
	case c.WarmUp < 0:
		return fmt.Errorf("smld: warm-up of %d steps: want none below zero", c.WarmUp)
	case !nonNegative(c.WeightDecay):
		return fmt.Errorf("smld: weight decay %v: want a number from zero on", c.WeightDecay)
	case c.LabelDropout != NoLabelDropout && !(c.LabelDropout >= 0 && c.LabelDropout <= 1):
		return fmt.Errorf("smld: label dropout of %v: want a probability from 0 to 1", c.LabelDropout)
	case !nonNegative(c.ClipNorm):
		return fmt.Errorf("smld: gradients clipped at %v: want a number from zero on", c.ClipNorm)
	}
	if err := cmp.Or(
		schedules.check(c.Schedule), levelDistributions.check(c.Noise), weightings.check(c.Weighting),
	); err != nil {
		return err
	}
	if c.Schedule == Cosine && c.Steps <= c.WarmUp {
		return fmt.Errorf("smld: a cosine schedule over %d steps, %d of them warm-up: want more steps",
			c.Steps, c.WarmUp)
	}
	const widest = 10
	if c.Noise == LogNormal && !(positive(c.LogStd) && c.LogStd <= widest && math.Abs(c.LogMean) <= widest) {
		return fmt.Errorf("smld: log-normal noise levels of mean %v and standard deviation %v: "+
			"want at most %d, and some deviation",
			c.LogMean, c.LogStd, widest)
	}
	return nil
}

// rate returns the learning rate after that many steps.
func (c *TrainConfig) rate(done int) float64 {
	if done < c.WarmUp {
		return c.LearningRate * float64(done+1) / float64(c.WarmUp)
	}
	t, warm := float64(done-c.WarmUp), float64(max(1, c.WarmUp))
	switch c.Schedule {
	case Cosine:
		if done >= c.Steps {
			return 0
		}
		_, cos := detmath.Sincos(math.Pi * (t / float64(c.Steps-c.WarmUp)))
		return c.LearningRate * ((1 + cos) / 2)
	case InverseSqrt:
		return c.LearningRate * math.Sqrt(warm/(warm+t))
	}
	return c.LearningRate
}
