package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
)

// Source is an endless sequence of training points.
type Source interface {
	// Dim returns the dimension of a point.
	Dim() int
	// Batch sets the rows of dst to points first, first+1 and so on.
	Batch(dst kernels.Matrix, first uint64)
}

// TrainConfig says how to train a model.
type TrainConfig struct {
	Batch        int     // points a step
	LearningRate float64 // of Adam
	EMADecay     float64 // of the average of the parameters, which is the result
	Seed         uint64
}

// DefaultTrainConfig is Adam at 10^-3 and batches of 128 (Song and Ermon 2019), and an average with decay 0.999 (Song
// and Ermon 2020, Technique 5).
var DefaultTrainConfig = TrainConfig{Batch: 128, LearningRate: 1e-3, EMADecay: 0.999}

// Trainer trains a model by denoising score matching (Vincent 2011) with the weighting lambda(sigma) = sigma^2: for a
// training point x, a level sigma drawn uniformly from the model's and z ~ N(0, I), the loss is
//
//	1/2 |sigma score(x + sigma z, sigma) + z|^2
//
// summed over the dimensions and averaged over the batch. A step allocates nothing.
type Trainer struct {
	model  *Model
	source Source
	config TrainConfig
	levels []level

	adam  *mlp.Adam
	ema   *mlp.EMA
	grads *mlp.Network
	tape  *mlp.Tape

	x, input, dF kernels.Matrix
	sigma        []float32 // of each point, and the numbers below too
	scale        []float32 // of the network's input
	linear       []float32 // factor of the network's input in the residual
	network      []float32 // factor of its output
	gradient     []float32 // factor of the residual in the gradient
	loss         []float32 // |residual|^2
	points       uint64    // seen so far
}

// NewTrainer returns a trainer of m, whose parameters it changes.
func NewTrainer(m *Model, source Source, config TrainConfig) (*Trainer, error) {
	switch {
	case source.Dim() != m.Dim():
		return nil, fmt.Errorf("smld: the model is of dimension %d, the data of %d", m.Dim(), source.Dim())
	case config.Batch < 1:
		return nil, fmt.Errorf("smld: batch of %d points: want at least 1", config.Batch)
	case !(config.LearningRate > 0) || math.IsInf(config.LearningRate, 1):
		return nil, fmt.Errorf("smld: learning rate %v: want a positive number", config.LearningRate)
	case !(config.EMADecay >= 0 && config.EMADecay < 1):
		return nil, fmt.Errorf("smld: EMA decay %v: want at least 0 and less than 1", config.EMADecay)
	}
	t := &Trainer{
		model: m, source: source, config: config,
		adam: mlp.NewAdam(len(m.Net.Block), config.LearningRate), ema: mlp.NewEMA(m.Net.Block, config.EMADecay),
		grads: m.Net.Like(), tape: m.Net.NewTape(config.Batch),
		x: kernels.NewMatrix(config.Batch, m.Dim()), dF: kernels.NewMatrix(config.Batch, m.Dim()),
		input: kernels.NewMatrix(config.Batch, m.Net.Sizes[0]),
	}
	for _, v := range []*[]float32{&t.sigma, &t.scale, &t.linear, &t.network, &t.gradient, &t.loss} {
		*v = make([]float32, config.Batch)
	}
	for _, sigma := range m.Sigmas {
		t.levels = append(t.levels, newLevel(sigma, m.Std))
	}
	return t, nil
}

// Step makes one update and returns the loss of its batch before it.
func (t *Trainer) Step() float64 {
	first := t.points
	t.points += uint64(t.config.Batch)
	t.source.Batch(t.x, first)
	for i := range t.sigma {
		w := randomWord(stream(t.config.Seed, streamLevels, 0), first+uint64(i))
		t.choose(i, &t.levels[uint64(w)*uint64(len(t.levels))>>32])
	}
	kernels.PerturbRows(points(t.input, t.model.Dim()), t.x, t.model.Mean, t.sigma, t.scale, t.noise(), t.at(first))
	f := t.model.Net.Forward(t.tape, t.input)
	loss := t.lossGradient(f, first)
	t.model.Net.Backward(t.tape, t.dF, t.grads)
	t.adam.Step(t.model.Net.Block, t.grads.Block, t.ema)
	return loss
}

// noise is the stream that perturbs training points.
func (t *Trainer) noise() kernels.Noise { return stream(t.config.Seed, streamTrain, 0) }

// at is the index of the first normal of a point.
func (t *Trainer) at(point uint64) uint64 { return point * uint64(t.x.Cols) }

// choose sets the noise level of point i of the batch.
func (t *Trainer) choose(i int, l *level) {
	t.sigma[i], t.scale[i] = l.sigma, l.scaleIn
	t.linear[i], t.network[i] = l.sigma*l.linearIn, l.sigma*l.network
	t.gradient[i] = t.network[i] / float32(t.config.Batch)
	copy(t.input.Row(i)[t.model.Dim():], l.features[:])
}

// lossGradient returns the loss for the network's output f and sets dF to its gradient there. With the score's linear
// form, the residual is r = sigma*linearIn*input + sigma*network*f + z, and the gradient sigma*network*r / batch. The
// batch's first point is number first.
func (t *Trainer) lossGradient(f kernels.Matrix, first uint64) float64 {
	kernels.MatchScoreRows(t.dF, t.loss, points(t.input, t.model.Dim()), f, t.linear, t.network, t.gradient,
		t.noise(), t.at(first))
	sum := 0.0
	for _, l := range t.loss {
		sum += float64(l)
	}
	return sum / 2 / float64(t.config.Batch)
}

// Averaged returns the model with the moving average of its parameters, which samples better than the last ones.
func (t *Trainer) Averaged() *Model {
	m := *t.model
	m.Net = t.model.Net.Like()
	copy(m.Net.Block, t.ema.Average)
	return &m
}

// Train trains m for a number of steps and returns the averaged model. After each step it calls progress, if not nil,
// with the number of steps done and the loss. A loss that is no number any more is an error that names the step.
func Train(m *Model, source Source, config TrainConfig, steps int, progress func(done int, loss float64)) (*Model, error) {
	if steps < 1 {
		return nil, fmt.Errorf("smld: %d training steps: want at least 1", steps)
	}
	t, err := NewTrainer(m, source, config)
	if err != nil {
		return nil, err
	}
	for k := range steps {
		loss := t.Step()
		if math.IsNaN(loss) || math.IsInf(loss, 0) {
			return nil, fmt.Errorf("smld: training diverged at step %d, where the loss is %v: try a lower learning rate", k+1, loss)
		}
		if progress != nil {
			progress(k+1, loss)
		}
	}
	return t.Averaged(), nil
}
