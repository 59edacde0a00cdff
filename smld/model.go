package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
)

// Model is a score network: a multilayer perceptron with preconditioning, in the units of the data.
type Model struct {
	Net             *mlp.Network
	Preconditioning string    // EDM, NCSNv2 or Bounded
	Mean            []float32 // of the data
	Std             float32   // of the data, over all coordinates
	AugmentLabels   int       // inputs of the network that tell how a training point was changed, see Augmented
	Sigmas          []float32 // noise levels that it was trained on or between, falling
	Data            Description
}

// Description tells what a model's samples are.
type Description struct {
	Name  string  `json:"name"`
	Shape []int   `json:"shape"` // of one sample
	Low   float32 `json:"low"`   // range of the values
	High  float32 `json:"high"`
}

// ModelConfig says what model to make.
type ModelConfig struct {
	Hidden          []int     // sizes of the hidden layers
	Residual        bool      // see mlp.Network
	Preconditioning string    // EDM, which is the default, NCSNv2, or Bounded, by the range in Data
	AugmentLabels   int       // of the training points, see Augmented
	Sigmas          []float32 // noise levels, falling
	Data            Description
	Seed            uint64
}

// NewModel returns an untrained model for points with the statistics of the rows of sample.
func NewModel(sample kernels.Matrix, config ModelConfig) (*Model, error) {
	if err := checkLevels(config.Sigmas); err != nil {
		return nil, err
	}
	preconditioning := or(config.Preconditioning, EDM)
	if err := checkPreconditioning(preconditioning, config.Data); err != nil {
		return nil, err
	}
	if sample.Rows < 2 || sample.Cols < 1 {
		return nil, fmt.Errorf("smld: %d points of dimension %d are too few to learn from", sample.Rows, sample.Cols)
	}
	if config.AugmentLabels < 0 {
		return nil, fmt.Errorf("smld: %d augment labels: want none below zero", config.AugmentLabels)
	}
	mean, std := Statistics(sample)
	if !(std > 0) || math.IsInf(float64(std), 0) {
		return nil, fmt.Errorf("smld: the data's standard deviation is %v: a model needs points that differ", std)
	}
	build := mlp.New
	if config.Residual {
		build = mlp.NewResidual
	}
	sizes := append([]int{sample.Cols + levelFeatures + config.AugmentLabels}, config.Hidden...)
	net, err := build(append(sizes, sample.Cols)...)
	if err != nil {
		return nil, err
	}
	net.Init(stream(config.Seed, streamInit, 0))
	return &Model{
		Net: net, Preconditioning: preconditioning, Mean: mean, Std: std, AugmentLabels: config.AugmentLabels,
		Sigmas: append([]float32(nil), config.Sigmas...), Data: config.Data,
	}, nil
}

func checkPreconditioning(name string, data Description) error {
	if name != EDM && name != NCSNv2 && name != Bounded {
		return fmt.Errorf("smld: no preconditioning %q; choose %s, %s or %s", name, EDM, NCSNv2, Bounded)
	}
	if span := data.High - data.Low; name == Bounded && (!(span > 0) || math.IsInf(float64(span), 0)) {
		return fmt.Errorf("smld: bounds %v and %v of the data: want a low and a high one", data.Low, data.High)
	}
	return nil
}

// Dim returns the dimension of a point.
func (m *Model) Dim() int { return len(m.Mean) }

// Statistics returns the mean row and the standard deviation over all elements about it.
func Statistics(x kernels.Matrix) (mean []float32, std float32) {
	mean = make([]float32, x.Cols)
	squares := 0.0
	for j := range mean {
		sum := 0.0
		for i := range x.Rows {
			sum += float64(x.Data[i*x.Stride+j])
		}
		m := sum / float64(x.Rows)
		mean[j] = float32(m)
		for i := range x.Rows {
			d := float64(x.Data[i*x.Stride+j]) - m
			squares += float64(d * d)
		}
	}
	return mean, float32(math.Sqrt(squares / float64(x.Rows*x.Cols)))
}
