package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
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

// Trainer trains a model by denoising score matching (Vincent 2011) with the weighting lambda(sigma) = sigma^2: for a
// training point x, a level sigma drawn as TrainConfig.Noise says and z ~ N(0, I), the loss is
//
//	1/2 |sigma score(x + sigma z, sigma) + z|^2
//
// times TrainConfig.Weighting, summed over the dimensions and averaged over the batch. A step allocates nothing. For Bounded
// the gradient is another one, which says more.
type Trainer struct {
	model  *Model
	source Source
	config TrainConfig
	levels []level
	drawn  level // from a continuous distribution

	adam  *mlp.Adam
	ema   *mlp.EMA
	grads *mlp.Network
	tape  *mlp.Tape

	x, input, dF kernels.Matrix
	bound        *bound    // of Bounded
	sigma        []float32 // of each point, and the numbers below too
	scale        []float32 // of the network's input
	linear       []float32 // factor of the network's input in the residual; of Bounded, of denoised - x0 in the gradient
	network      []float32 // factor of its output; of Bounded, -linear
	weight       []float32 // of the loss
	gradient     []float32 // factor of the residual in the gradient
	loss         []float32 // |residual|^2
	step         int       // steps done
	points       uint64    // seen so far
}

// NewTrainer returns a trainer of m, whose parameters it changes.
func NewTrainer(m *Model, source Source, config TrainConfig) (*Trainer, error) {
	if source.Dim() != m.Dim() {
		return nil, fmt.Errorf("smld: the model is of dimension %d, the data of %d", m.Dim(), source.Dim())
	}
	if n := augmentLabels(source); m.AugmentLabels != 0 && m.AugmentLabels != n {
		return nil, fmt.Errorf("smld: the model takes %d augment labels, the data have %d", m.AugmentLabels, n)
	}
	if err := config.check(); err != nil {
		return nil, err
	}
	t := &Trainer{
		model: m, source: source, config: config,
		adam: mlp.NewAdam(len(m.Net.Block), config.LearningRate), ema: mlp.NewEMA(m.Net.Block, config.EMADecay),
		grads: m.Net.Like(), tape: m.Net.NewTape(config.Batch),
		x: kernels.NewMatrix(config.Batch, m.Dim()), dF: kernels.NewMatrix(config.Batch, m.Dim()),
		input: kernels.NewMatrix(config.Batch, m.Net.Sizes[0]), bound: m.newBound(config.Batch),
	}
	t.adam.WeightDecay, t.adam.ClipNorm = config.WeightDecay, config.ClipNorm
	for _, v := range []*[]float32{&t.sigma, &t.scale, &t.linear, &t.network, &t.weight, &t.gradient, &t.loss} {
		*v = make([]float32, config.Batch)
	}
	for _, sigma := range m.Sigmas {
		t.levels = append(t.levels, m.level(sigma))
	}
	return t, nil
}

// Step makes one update and returns the loss of its batch before it.
func (t *Trainer) Step() float64 {
	first := t.points
	t.points += uint64(t.config.Batch)
	t.batch(first)
	t.draw(first)
	kernels.PerturbRows(points(t.input, t.model.Dim()), t.x, t.model.Mean, t.sigma, t.scale, t.noise(), t.at(first))
	f := t.model.Net.Forward(t.tape, t.input)
	loss := t.lossGradient(f, first)
	t.adam.LearningRate = t.config.rate(t.step)
	t.model.Net.BackwardStep(t.tape, t.dF, t.grads, t.adam, t.ema)
	t.step++
	return loss
}

// batch sets x to the training points from number first on, and tells the network how they were changed.
func (t *Trainer) batch(first uint64) {
	if t.model.AugmentLabels == 0 {
		t.source.Batch(t.x, first)
		return
	}
	t.source.(Augmented).AugmentedBatch(t.x, labels(t.input, t.model.Dim()), first)
}

// noise is the stream that perturbs training points.
func (t *Trainer) noise() kernels.Noise { return stream(t.config.Seed, streamTrain, 0) }

// at is the index of the first normal of a point.
func (t *Trainer) at(point uint64) uint64 { return point * uint64(t.x.Cols) }

// draw sets the noise levels of a batch whose first point is number first.
func (t *Trainer) draw(first uint64) {
	words := stream(t.config.Seed, streamLevels, 0)
	switch t.config.Noise {
	case LogUniform:
		std := float64(t.model.Std)
		top := detmath.Log(float64(t.model.Sigmas[0]) / std)
		bottom := detmath.Log(float64(t.model.Sigmas[len(t.model.Sigmas)-1]) / std)
		offset := (float64(randomWord(words, first)) + 0.5) * 0x1p-32
		for i := range t.sigma {
			part := (float64(i) + offset) / float64(len(t.sigma))
			t.chooseAt(i, math.FMA(part, bottom-top, top))
		}
	case LogNormal:
		words.Fill(t.sigma, first)
		for i, z := range t.sigma {
			t.chooseAt(i, math.FMA(t.config.LogStd, float64(z), t.config.LogMean))
		}
	default:
		var block [4]uint32
		for i := range t.sigma {
			at := first + uint64(i)
			if i == 0 || at%4 == 0 {
				block = randomWords(words, at/4)
			}
			t.choose(i, &t.levels[uint64(block[at%4])*uint64(len(t.levels))>>32])
		}
	}
}

// chooseAt sets the noise level of point i of the batch to e^u standard deviations of the data.
func (t *Trainer) chooseAt(i int, u float64) {
	t.drawn = t.model.levelAt(float32(detmath.Exp(u)*float64(t.model.Std)), u)
	t.choose(i, &t.drawn)
}

// choose sets the noise level of point i of the batch.
func (t *Trainer) choose(i int, l *level) {
	t.sigma[i], t.scale[i], t.weight[i] = l.sigma, l.scaleIn, 1
	if t.config.Weighting == WeightEDM {
		t.weight[i] = l.weightEDM
	}
	t.linear[i], t.network[i] = l.sigma*l.linearIn, l.sigma*l.network
	t.gradient[i] = t.weight[i] * t.network[i] / float32(t.config.Batch)
	if t.bound != nil {
		t.bound.set(i, l)
		t.linear[i] = t.gradient[i] / l.sigma
		t.network[i] = -t.linear[i]
	}
	copy(t.input.Row(i)[t.model.Dim():], l.features[:])
}

// lossGradient returns the loss for the network's output f and sets dF to its gradient there. With the score's linear
// form, the residual is r = sigma*linearIn*input + sigma*network*f + z, and the gradient weight*sigma*network*r / batch. The
// batch's first point is number first.
func (t *Trainer) lossGradient(f kernels.Matrix, first uint64) float64 {
	if t.bound != nil {
		return t.boundedGradient(f)
	}
	kernels.MatchScoreRows(t.dF, t.loss, points(t.input, t.model.Dim()), f, t.linear, t.network, t.gradient,
		t.noise(), t.at(first))
	sum := 0.0
	for i, l := range t.loss {
		sum = math.FMA(float64(l), float64(t.weight[i]), sum)
	}
	return sum / 2 / float64(t.config.Batch)
}

// boundedGradient does so for bounded data, whose residual is (denoised - x0)/sigma with x0 the clean point: sigma score + z
// is just that.
func (t *Trainer) boundedGradient(f kernels.Matrix) float64 {
	t.bound.difference(t.dF, points(t.input, t.model.Dim()), f, t.x, t.linear, t.network)
	kernels.SumSquaresRows(t.loss, nil, t.dF, kernels.Noise{}, 0)
	sum := 0.0
	for i, l := range t.loss {
		g := float64(t.gradient[i])
		sum += float64(float64(l) / float64(g*g) * float64(t.weight[i]))
	}
	return sum / 2 / float64(t.config.Batch)
}

// Done returns the number of steps done.
func (t *Trainer) Done() int { return t.step }

// Rate returns the learning rate of the next step.
func (t *Trainer) Rate() float64 { return t.config.rate(t.step) }

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
	for range steps {
		loss := t.Step()
		if err := t.CheckLoss(loss); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(t.step, loss)
		}
	}
	return t.Averaged(), nil
}

// CheckLoss returns an error that names the last step unless its loss is a number.
func (t *Trainer) CheckLoss(loss float64) error {
	if math.IsNaN(loss) || math.IsInf(loss, 0) {
		return fmt.Errorf("smld: training diverged at step %d, where the loss is %v: try a lower learning rate", t.step, loss)
	}
	return nil
}
