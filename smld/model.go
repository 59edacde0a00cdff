package smld

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
)

// Model is a score network: a multilayer perceptron with preconditioning. It works in the units of its
// Encoding, or in those of the data where there is none.
type Model struct {
	Net             *mlp.Network
	Preconditioning Preconditioning // EDM, NCSNv2, Bounded or Linear
	Encoding        *Encoding       // between rows of data and points; nil where they are the same
	Mean            []float32       // of the points
	Std             float32         // of the points, over all coordinates
	Basis           kernels.Matrix  // of Linear: the principal axes as rows, r x D
	Spread          []float32       // of Linear: the standard deviation along each
	Rest            float32         // of Linear: that along any other direction
	Ends            [2][]float32    // of Linear: between which denoised points lie, along each axis
	AugmentLabels   int             // inputs that tell how a training point was changed, see Augmented
	Conditions      int             // numbers of a condition, see Conditional
	Sigmas          []float32       // noise levels that it was trained on or between, falling
	Data            Description
}

// Description tells what a model's samples are.
type Description struct {
	Name  string  `json:"name"`
	Shape []int   `json:"shape"` // of one sample
	Low   float32 `json:"low"`   // range of the values
	High  float32 `json:"high"`
	// Double says that some values are no float32. Samples are then written as float64.
	Double bool `json:"double,omitempty"`
	// Classes are the names of the classes that a model knows, in the order of its conditions; see Classed.
	// They are nil where there are none.
	Classes []string `json:"classes,omitempty"`
	// ClassColumn is the name of what holds a row's class, or empty.
	ClassColumn string `json:"class_column,omitempty"`
}

// ModelConfig says what model to make.
type ModelConfig struct {
	Hidden          []int           // sizes of the hidden layers
	Residual        bool            // see mlp.Network
	Preconditioning Preconditioning // EDM, the default, NCSNv2, Bounded, by Data's range, or Linear
	Encoding        *Encoding       // what points follow from rows of data by; nil where they are the same
	AugmentLabels   int             // of the training points, see Augmented
	Conditions      int             // numbers of a training point's condition, see Conditional
	Sigmas          []float32       // noise levels, falling
	Data            Description
	Seed            uint64
}

// NewModel returns an untrained model for points with the statistics of the rows of sample.
func NewModel(sample kernels.Matrix, config ModelConfig) (*Model, error) {
	if err := checkLevels(config.Sigmas); err != nil {
		return nil, err
	}
	preconditioning := cmp.Or(config.Preconditioning, EDM)
	if err := checkPreconditioning(preconditioning, config.Data); err != nil {
		return nil, err
	}
	if sample.Rows < 2 || sample.Cols < 1 {
		return nil, fmt.Errorf("smld: %d points of dimension %d are too few to learn from",
			sample.Rows, sample.Cols)
	}
	if e := config.Encoding; e != nil && e.Dim() != sample.Cols {
		return nil, fmt.Errorf("smld: points of dimension %d with an encoding for %d", sample.Cols, e.Dim())
	}
	if config.AugmentLabels < 0 {
		return nil, fmt.Errorf("smld: %d augment labels: want none below zero", config.AugmentLabels)
	}
	if err := checkConditions(config.Conditions, config.Data.Classes); err != nil {
		return nil, fmt.Errorf("smld: %w", err)
	}
	mean, std := Statistics(sample)
	if !(std > 0) || math.IsInf(float64(std), 0) {
		return nil, fmt.Errorf("smld: the data's standard deviation is %v: a model needs points that differ",
			std)
	}
	build := mlp.New
	if config.Residual {
		build = mlp.NewResidual
	}
	m := &Model{
		Preconditioning: preconditioning, Encoding: config.Encoding, Mean: mean, Std: std,
		AugmentLabels: config.AugmentLabels, Conditions: config.Conditions,
		Sigmas: append([]float32(nil), config.Sigmas...), Data: config.Data,
	}
	if preconditioning == Linear {
		var bins []float32
		if config.Encoding != nil {
			bins = config.Encoding.Bins()
		}
		b := newBasis(sample, mean, bins)
		m.Basis, m.Spread, m.Rest, m.Ends = b.v, b.spread, b.rest, [2][]float32{b.low, b.high}
	}
	sizes := append([]int{m.inputs()}, config.Hidden...)
	net, err := build(append(sizes, m.width())...)
	if err != nil {
		return nil, err
	}
	net.Init(stream(config.Seed, streams.Init, 0))
	// JSON would replace the same bytes, but not alike with each release of Go.
	m.Data.Name = strings.ToValidUTF8(m.Data.Name, "\ufffd")
	m.Data.ClassColumn = strings.ToValidUTF8(m.Data.ClassColumn, "\ufffd")
	m.Data.Classes = nil
	for _, name := range config.Data.Classes {
		m.Data.Classes = append(m.Data.Classes, strings.ToValidUTF8(name, "\ufffd"))
	}
	m.Net = net
	return m, nil
}

func checkPreconditioning(name Preconditioning, data Description) error {
	if err := preconditionings.check(name); err != nil {
		return err
	}
	if span := data.High - data.Low; name == Bounded && (!(span > 0) || math.IsInf(float64(span), 0)) {
		return fmt.Errorf("smld: bounds %v and %v of the data: want a low and a high one",
			data.Low, data.High)
	}
	return nil
}

// Dim returns the dimension of a point.
func (m *Model) Dim() int { return len(m.Mean) }

// Image returns how a row of data is an image, or nil where it is none.
func (m *Model) Image() *dataset.Image {
	switch shape := m.Data.Shape; {
	case m.Encoding != nil:
		return m.Encoding.Image
	case len(shape) == 2:
		return &dataset.Image{Height: shape[0], Width: shape[1], Channels: 1}
	}
	return nil
}

// Rows returns the rows of data that points stand for.
func (m *Model) Rows(points kernels.Matrix) kernels.Matrix64 {
	if m.Encoding != nil {
		rows := kernels.NewMatrix64(points.Rows, m.Encoding.Width())
		m.Encoding.Decode(rows, points)
		return rows
	}
	rows := kernels.NewMatrix64(points.Rows, points.Cols)
	for i := range points.Rows {
		for j, v := range points.Row(i) {
			rows.Row(i)[j] = float64(v)
		}
	}
	return rows
}

// Points returns the points of rows of data. Values that are NaN, as holes are, become coordinates that are
// NaN.
func (m *Model) Points(rows kernels.Matrix64) kernels.Matrix {
	points := kernels.NewMatrix(rows.Rows, m.Dim())
	if m.Encoding != nil {
		m.Encoding.Encode(points, rows)
		return points
	}
	for i := range rows.Rows {
		for j, v := range rows.Row(i) {
			points.Row(i)[j] = float32(v)
		}
	}
	return points
}

// width returns the number of coordinates of a point that the network sees and returns.
func (m *Model) width() int {
	if m.Preconditioning == Linear {
		return len(m.Spread)
	}
	return m.Dim()
}

// inputs returns the number of the network's inputs.
func (m *Model) inputs() int {
	return m.width() + levelFeatures + m.AugmentLabels + conditionInputs(m.Conditions)
}

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
