package bench

import (
	"fmt"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// network is a score model to measure and the number of points in a batch.
type network struct{ dim, hidden, layers, batch int }

// networks are models for points in the plane with batches of all sizes, for 8x8 images and for 28x28 images.
var networks = []network{
	{dim: 2, hidden: 128, layers: 3, batch: 128},
	{dim: 2, hidden: 128, layers: 3, batch: 512},
	{dim: 2, hidden: 128, layers: 3, batch: 4096},
	{dim: 64, hidden: 256, layers: 3, batch: 256},
	{dim: 784, hidden: 1024, layers: 3, batch: 128},
}

func (n network) String() string {
	return fmt.Sprintf("d=%d/h=%d/l=%d/b=%d", n.dim, n.hidden, n.layers, n.batch)
}

// flops is the work of a training step in floating-point operations. A third of it is the forward pass, which
// is all that a sampling step needs.
func (n network) flops() float64 {
	weights := 2*n.dim*n.hidden + (n.layers-1)*n.hidden*n.hidden
	return 6 * float64(weights) * float64(n.batch)
}

// points returns a finite sample of a mixture of eight Gaussians.
func (n network) points() (kernels.Matrix, error) {
	weights, std := make([]float64, 8), make([]float64, 8)
	for i := range weights {
		weights[i], std[i] = 1, 0.3
	}
	mixture, err := smld.NewGaussianMixture(weights, normalMatrix(8, n.dim, 0), std)
	if err != nil {
		return kernels.Matrix{}, err
	}
	x := kernels.NewMatrix(1024, n.dim)
	mixture.Draw(x, smld.Numbers{Seed: 1})
	return x, nil
}

// model returns an untrained model of the points x.
func (n network) model(x kernels.Matrix) (*smld.Model, error) {
	sigmas, err := smld.Geometric(10, 0.01, 10)
	if err != nil {
		return nil, err
	}
	hidden := make([]int, n.layers)
	for i := range hidden {
		hidden[i] = n.hidden
	}
	return smld.NewModel(x, smld.ModelConfig{Hidden: hidden, Sigmas: sigmas, Seed: 1})
}

// trainStep returns a call that makes a training step.
func (n network) trainStep() (func(), error) {
	x, err := n.points()
	if err != nil {
		return nil, err
	}
	model, err := n.model(x)
	if err != nil {
		return nil, err
	}
	config := smld.DefaultTrainConfig
	config.Batch = n.batch
	trainer, err := smld.NewTrainer(model, dataset.NewEpochs(x, 1), config)
	if err != nil {
		return nil, err
	}
	return func() { trainer.Step() }, nil
}

// sampleStep returns a call that makes a step of Langevin dynamics, as smld.Run does over and over. The call
// evaluates the score and calls the kernel.
func (n network) sampleStep() (func(), error) {
	points, err := n.points()
	if err != nil {
		return nil, err
	}
	model, err := n.model(points)
	if err != nil {
		return nil, err
	}
	steps, err := smld.LangevinDynamics(1, 0.1, 1)
	if err != nil {
		return nil, err
	}
	step, score := steps[0], model.Score()
	x, s := kernels.NewMatrix(n.batch, n.dim), kernels.NewMatrix(n.batch, n.dim)
	smld.Prior(x, model.Mean, step.Sigma, smld.Numbers{Seed: 1})
	fresh := noise
	return func() {
		score.At(s, x, step.Sigma)
		kernels.Langevin(x.Data, s.Data, step.Drift, step.Diffusion, fresh, 0)
		fresh.Stream++
	}, nil
}

// benchmark measures the call that prepare returns. Training and sampling run for the same networks.
func (n network) benchmark(b *testing.B, prepare func() (func(), error)) {
	each(b, n.String(), n.flops(), func(b *testing.B) {
		step, err := prepare()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		b.ReportMetric(measure(b, step)/1e3, "us/step")
	})
}

// BenchmarkTrainStep measures whole training steps: drawing the batch, noise, forward and backward pass, Adam
// and the moving average.
func BenchmarkTrainStep(b *testing.B) {
	for _, n := range networks {
		n.benchmark(b, n.trainStep)
	}
}

// BenchmarkSampleStep measures whole steps of Langevin dynamics with the score of a model.
func BenchmarkSampleStep(b *testing.B) {
	for _, n := range networks {
		n.benchmark(b, n.sampleStep)
	}
}
