package smld

import (
	"context"
	"strconv"
)

// Plan is how to train a model of some data: what Choose chooses, for callers to change.
type Plan struct {
	Model              ModelConfig // without noise levels, which are geometric between the two below
	Train              TrainConfig
	SigmaMax, SigmaMin float64 // the largest and the smallest noise level, in units of the points
}

// Choose returns the settings for data that nobody has tuned. docs/training.md compares them with others on
// sets of several kinds. The settings follow from the number of coordinates, the number of points and the
// kind of data alone.
//
//   - Points without end: long trainings with large batches. Such a training never sees a point twice.
//   - Images: bounded preconditioning. All but small images take the noise levels at which their shapes are
//     decided more often.
//   - Rows: the preconditioning of the data's own covariance, and as many epochs as points per coordinate
//     allow before the points are learned by heart.
func Choose(d *Data, seed uint64) Plan {
	p := Plan{
		Model: ModelConfig{
			Encoding: d.Encoding, Data: d.Description, AugmentLabels: d.AugmentLabels, Seed: seed,
			Conditions: d.Conditions,
		},
		Train: TrainConfig{Seed: seed, Schedule: Cosine, Noise: LogNormal, EMADecay: 0.999},
	}
	top, _ := DistanceBounds(d.Points)
	_, std := Statistics(d.Points)
	finest := 200.0 // part of the standard deviation
	width := d.Points.Cols
	switch {
	case d.Endless:
		finest = 300
		p.Model.Preconditioning, p.Model.Hidden = EDM, []int{128, 128, 128}
		p.Train.Batch, p.Train.Steps, p.Train.LearningRate = 512, 50_000, 0.002
		p.Train.LogMean, p.Train.LogStd, p.Train.Weighting = -1.8, 1.5, WeightSigma
	case d.Encoding.Image != nil:
		finest = 100
		p.Model.Preconditioning, p.Model.Hidden = Bounded, []int{1024, 1024, 1024}
		p.Train.Batch, p.Train.Steps, p.Train.LearningRate = 128, 10_000, 0.003
		p.Train.LogMean, p.Train.LogStd, p.Train.Weighting = 0.3, 1.2, WeightEDM
		if width <= smallImage {
			p.Model.Hidden = []int{256, 256, 256}
			p.Train.LearningRate, p.Train.Noise, p.Train.Weighting = 0.001, LogUniform, WeightSigma
		}
	default:
		p.Model.Preconditioning, p.Model.Hidden = Linear, []int{256, 256, 256}
		p.Train.Batch, p.Train.LearningRate = 256, 0.003
		p.Train.Steps = rowSteps(d.Points.Rows, width, p.Train.Batch)
		p.Train.LogMean, p.Train.LogStd, p.Train.Weighting = -0.5, 1.2, WeightEDM
	}
	p.Train.WarmUp = min(300, p.Train.Steps/10)
	p.SigmaMin = threeDigits(float64(std) / finest)
	p.SigmaMax = threeDigits(max(top, 2*float64(std)))
	return p
}

// smallImage is the number of values up to which an image is small. Each pixel counts in a small image, even
// one that is nearly always empty. Such a pixel needs small noise levels as often as large ones.
const smallImage = 256

// planLevels is how many noise levels a model lists, for those that draw among them.
const planLevels = 100

// Fit makes the model of a plan and trains it, as Train does.
func (p Plan) Fit(ctx context.Context, d *Data, watch Watch) (*Model, error) {
	var err error
	if p.Model.Sigmas == nil {
		if p.Model.Sigmas, err = Geometric(p.SigmaMax, p.SigmaMin, planLevels); err != nil {
			return nil, err
		}
	}
	m, err := NewModel(d.Points, p.Model)
	if err != nil {
		return nil, err
	}
	return Train(ctx, m, d.Source, p.Train, p.Train.Steps, watch)
}

// rowSteps returns the steps of a training on n rows of a number of coordinates.
func rowSteps(n, width, batch int) int {
	const epochs, perCoordinate, least, most = 768, 30, 100, 12_000
	share := min(1, float64(n)/float64(perCoordinate*min(width, mostAxes)))
	return max(least, min(most, int(share*epochs*float64(n)/float64(batch))))
}

// threeDigits rounds to three decimal digits, which people can read and files can hold.
func threeDigits(v float64) float64 {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	return rounded
}
