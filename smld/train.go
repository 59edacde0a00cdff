package smld

import (
	"context"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
)

// Source is an endless sequence of training points. A trainer calls it from one goroutine at a time, and a
// batch ahead. That goroutine need not be the same each time.
type Source interface {
	// Dim returns the dimension of a point.
	Dim() int
	// Batch sets the rows of dst to points first, first+1 and so on.
	Batch(dst kernels.Matrix, first uint64)
}

// Trainer trains a model by denoising score matching (Vincent 2011) with the weighting
// lambda(sigma) = sigma^2. For a training point x, a level sigma drawn as TrainConfig.Noise says and
// z ~ N(0, I), the loss is
//
//	1/2 |sigma score(x + sigma z, sigma) + z|^2
//
// times TrainConfig.Weighting, summed over the dimensions and averaged over the batch. For Bounded, training
// follows another gradient; see there. A step allocates nothing.
type Trainer struct {
	// DataHash tells the data of a checkpoint. LoadCheckpoint refuses a checkpoint with another one. It is
	// empty where nothing is known of the data, and LoadCheckpoint takes a checkpoint without one.
	DataHash string
	// DataSettings say by names how the data became the points of the source, such as how far images move.
	// LoadCheckpoint names those that have another value in a checkpoint. They are nil where nothing is known
	// of them, and LoadCheckpoint takes a checkpoint without them.
	DataSettings map[string]string

	model   *Model
	source  Source
	config  TrainConfig
	levels  []level
	adam    *mlp.Adam
	ema     *mlp.EMA
	learner *mlp.Learner

	x        kernels.Matrix // the batch
	labels   kernels.Matrix // how its points were changed
	given    kernels.Matrix // the conditions of its points, as the network takes them
	fetched  bool           // whether x is the batch whose first point is number points
	bound    *bound         // of Bounded
	axes     *linear        // of Linear
	raw      kernels.Matrix // of Linear: the batch before it is turned
	sigma    []float32      // of each point, and the numbers below too
	scale    []float32      // of the network's input
	linear   []float32      // of the input in the residual; of Bounded, of denoised - x0 in the gradient
	network  []float32      // factor of its output; of Bounded, -linear
	weight   []float32      // of the loss
	gradient []float32      // factor of the residual in the gradient
	loss     []float32      // |residual|^2
	step     int            // steps done
	points   uint64         // seen so far
}

// NewTrainer returns a trainer of m, whose parameters it changes.
func NewTrainer(m *Model, source Source, config TrainConfig) (*Trainer, error) {
	if err := kernels.ArithmeticError(); err != nil {
		return nil, fmt.Errorf("smld: %w", err)
	}
	if source.Dim() != m.Dim() {
		return nil, fmt.Errorf("smld: the model is of dimension %d, the data of %d", m.Dim(), source.Dim())
	}
	if n := augmentLabels(source); m.AugmentLabels != 0 && m.AugmentLabels != n {
		return nil, fmt.Errorf("smld: the model takes %d augment labels, the data have %d",
			m.AugmentLabels, n)
	}
	if n := conditions(source); m.Conditions != 0 && m.Conditions != n {
		return nil, fmt.Errorf("smld: the model takes conditions of %d numbers, the data have %d",
			m.Conditions, n)
	}
	if config.LabelDropout > 0 && m.Conditions == 0 {
		return nil, fmt.Errorf("smld: label dropout of %v for a model that takes no conditions",
			config.LabelDropout)
	}
	if err := config.check(); err != nil {
		return nil, err
	}
	t := &Trainer{
		model: m, source: source, config: config,
		adam:   mlp.NewAdam(len(m.Net.Block), config.LearningRate),
		ema:    mlp.NewEMA(m.Net.Block, config.EMADecay),
		x:      kernels.NewMatrix(config.Batch, m.width()),
		labels: kernels.NewMatrix(config.Batch, m.AugmentLabels),
		given:  kernels.NewMatrix(config.Batch, conditionInputs(m.Conditions)),
		bound:  m.newBound(config.Batch), axes: m.newLinear(config.Batch),
	}
	if t.axes != nil {
		t.axes.edm = config.Weighting == WeightEDM
		t.raw = kernels.NewMatrix(config.Batch, m.Dim())
	}
	t.learner = m.Net.NewLearner(config.Batch, t.adam, t.ema)
	t.adam.WeightDecay, t.adam.ClipNorm = config.WeightDecay, config.ClipNorm
	for _, v := range []*[]float32{
		&t.sigma, &t.scale, &t.linear, &t.network, &t.weight, &t.gradient, &t.loss,
	} {
		*v = make([]float32, config.Batch)
	}
	for _, sigma := range m.Sigmas {
		t.levels = append(t.levels, m.level(sigma))
	}
	return t, nil
}

// Step makes one update and returns the loss of its batch before it.
func (t *Trainer) Step() float64 {
	if !t.fetched {
		t.fetch()
	}
	t.adam.LearningRate = t.config.rate(t.step)
	t.learner.Step((*objective)(t))
	t.step++
	return t.batchLoss()
}

// fetch sets x to the points of the batch, labels to how they were changed, and given to their conditions.
func (t *Trainer) fetch() {
	t.fetched = true
	x := t.x
	if t.axes != nil {
		x = t.raw
	}
	switch {
	case t.model.AugmentLabels > 0:
		t.source.(Augmented).AugmentedBatch(x, t.labels, t.points)
		if t.model.Conditions > 0 {
			t.condition(columns(x, 0, 0))
		}
	case t.model.Conditions > 0:
		t.condition(x)
	default:
		t.source.Batch(x, t.points)
	}
	if t.axes != nil {
		kernels.ScaleRows(x, x, t.model.Mean, nil)
		kernels.Gemm(false, true, 1, x, t.model.Basis, 0, t.x)
	}
}

// objective is denoising score matching on a trainer's batch.
type objective Trainer

// Input perturbs points and tells the network how much.
func (o *objective) Input(input kernels.Matrix, first int) {
	t := (*Trainer)(o)
	end := first + input.Rows
	t.draw(input, first)
	if t.model.AugmentLabels > 0 {
		copyRows(t.model.labels(input), t.labels.Slice(first, end))
	}
	if t.model.Conditions > 0 {
		copyRows(t.model.conditions(input), t.given.Slice(first, end))
	}
	if t.axes != nil {
		y := points(input, t.model.width())
		kernels.PerturbRows(y, t.x.Slice(first, end), nil, t.sigma[first:end], nil, t.noise(), t.at(first))
		t.axes.scale(y, first)
		return
	}
	kernels.PerturbRows(points(input, t.model.Dim()), t.x.Slice(first, end), t.model.Mean,
		t.sigma[first:end], t.scale[first:end], t.noise(), t.at(first))
}

// Gradient sets dF to the gradient of the loss at the network's output f, and notes the losses of the points.
// With the score's linear form, the residual is r = sigma*linearIn*input + sigma*network*f + z. The gradient
// is weight*sigma*network*r / batch.
func (o *objective) Gradient(dF, f, input kernels.Matrix, first int) {
	t := (*Trainer)(o)
	end := first + f.Rows
	y, loss := points(input, t.model.width()), t.loss[first:end]
	linear, network := t.linear[first:end], t.network[first:end]
	if t.axes != nil {
		t.axes.match(dF, loss, y, f, first, t.config.Batch, t.noise(), t.at(first))
		return
	}
	if t.bound == nil {
		kernels.MatchScoreRows(dF, loss, y, f, kernels.ScoreFactors{
			Input: linear, Output: network, Gradient: t.gradient[first:end],
		},
			t.noise(), t.at(first))
		return
	}
	// The residual of bounded data is (denoised - x0)/sigma with x0 the clean point. That is sigma score + z.
	t.bound.differenceOf(difference{dF, y, f, t.x.Slice(first, end), linear, network}, first)
	kernels.SumSquaresRows(loss, nil, dF, kernels.Noise{}, 0)
}

// Next fetches the next batch.
func (o *objective) Next() {
	t := (*Trainer)(o)
	t.points += uint64(t.config.Batch)
	t.fetch()
}

// batchLoss returns the mean loss of the batch.
func (t *Trainer) batchLoss() float64 {
	sum := 0.0
	for i, l := range t.loss {
		if t.axes != nil {
			sum += float64(l)
			continue
		}
		if t.bound == nil {
			sum = math.FMA(float64(l), float64(t.weight[i]), sum)
			continue
		}
		g := float64(t.gradient[i])
		sum += float64(float64(l) / float64(g*g) * float64(t.weight[i]))
	}
	return sum / 2 / float64(t.config.Batch)
}

// noise is the stream that perturbs training points.
func (t *Trainer) noise() kernels.Noise { return stream(t.config.Seed, streams.Train, 0) }

// at is the index of the first normal of a point of the batch.
func (t *Trainer) at(point int) uint64 { return (t.points + uint64(point)) * uint64(t.x.Cols) }

// draw sets the noise levels of the points of the batch from number first on. It also sets their features in
// the network's input.
func (t *Trainer) draw(input kernels.Matrix, first int) {
	words := stream(t.config.Seed, streams.Levels, 0)
	sigma := t.sigma[first:][:input.Rows]
	var l level
	switch t.config.Noise {
	case LogUniform:
		std := float64(t.model.Std)
		top := detmath.Log(float64(t.model.Sigmas[0]) / std)
		bottom := detmath.Log(float64(t.model.Sigmas[len(t.model.Sigmas)-1]) / std)
		offset := detmath.Mul(float64(randomWord(words, t.points))+0.5, 0x1p-32)
		for i := range sigma {
			part := (float64(first+i) + offset) / float64(len(t.sigma))
			l = t.levelAt(math.FMA(part, bottom-top, top))
			t.choose(input, first, i, &l)
		}
	case LogNormal:
		words.Fill(sigma, t.points+uint64(first))
		for i, z := range sigma {
			l = t.levelAt(math.FMA(t.config.LogStd, float64(z), t.config.LogMean))
			t.choose(input, first, i, &l)
		}
	default:
		var block [4]uint32
		for i := range sigma {
			at := t.points + uint64(first+i)
			if i == 0 || at%4 == 0 {
				block = randomWords(words, at/4)
			}
			t.choose(input, first, i, &t.levels[uint64(block[at%4])*uint64(len(t.levels))>>32])
		}
	}
}

// levelAt returns the noise level of e^u standard deviations of the data.
func (t *Trainer) levelAt(u float64) level {
	return t.model.levelAt(float32(detmath.Exp(u)*float64(t.model.Std)), u)
}

// choose sets the noise level of row i of an input whose first is point number first of the batch.
func (t *Trainer) choose(input kernels.Matrix, first, i int, l *level) {
	at := first + i
	t.sigma[at], t.scale[at], t.weight[at] = l.sigma, l.scaleIn, 1
	if t.config.Weighting == WeightEDM {
		t.weight[at] = l.weightEDM
	}
	t.linear[at], t.network[at] = l.sigma*l.linearIn, l.sigma*l.network
	t.gradient[at] = t.weight[at] * t.network[at] / float32(float64(t.config.Batch))
	if t.bound != nil {
		t.bound.set(at, l)
		t.linear[at] = t.gradient[at] / l.sigma
		t.network[at] = -t.linear[at]
	}
	if t.axes != nil {
		t.axes.set(at, l.sigma)
	}
	copy(input.Row(i)[t.model.width():], l.features[:])
}

// Done returns the number of steps done.
func (t *Trainer) Done() int { return t.step }

// Rate returns the learning rate of the next step.
func (t *Trainer) Rate() float64 { return t.config.rate(t.step) }

// Averaged returns the model with the moving average of its parameters. The average samples better than the
// last parameters do.
func (t *Trainer) Averaged() *Model {
	m := *t.model
	m.Net = t.model.Net.Like()
	copy(m.Net.Block, t.ema.Average)
	return &m
}

// Train trains m for a number of steps and returns the averaged model. After each step it calls watch, if not
// nil. A loss that is no longer a number is a DivergedError. When the context ends, Train returns its cause
// after the step at hand.
func Train(
	ctx context.Context, m *Model, source Source, config TrainConfig, steps int, watch Watch,
) (*Model, error) {
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
		if err := watch.call(ctx, Progress{Done: t.step, Total: steps, Loss: loss}); err != nil {
			return nil, err
		}
	}
	return t.Averaged(), nil
}

// CheckLoss returns a DivergedError unless the loss of the last step is a number.
func (t *Trainer) CheckLoss(loss float64) error {
	if math.IsNaN(loss) || math.IsInf(loss, 0) {
		return &DivergedError{Step: t.step, Loss: loss}
	}
	return nil
}

// DivergedError is the error of a training whose loss is no longer a number.
type DivergedError struct {
	Step int // the first at which that is so
	Loss float64
}

// Error names the step.
func (e *DivergedError) Error() string {
	return fmt.Sprintf("smld: training diverged at step %d, where the loss is %v: try a lower learning rate",
		e.Step, e.Loss)
}
