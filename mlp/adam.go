package mlp

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Adam is the optimiser of Kingma and Ba ("Adam: a method for stochastic optimization", 2015, Algorithm 1).
type Adam struct {
	LearningRate, Beta1, Beta2, Epsilon float64

	m, v   []float32
	power1 float64 // Beta1^t
	power2 float64 // Beta2^t
}

// NewAdam returns an optimiser for a block of n parameters with the paper's defaults, betas 0.9 and 0.999 and epsilon
// 1e-8.
func NewAdam(n int, learningRate float64) *Adam {
	return &Adam{
		LearningRate: learningRate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8,
		m: make([]float32, n), v: make([]float32, n), power1: 1, power2: 1,
	}
}

// Step updates params by their gradients.
func (a *Adam) Step(params, grads []float32) {
	if len(params) != len(a.m) {
		panic(fmt.Sprintf("mlp: Adam.Step: %d parameters, made for %d", len(params), len(a.m)))
	}
	a.power1 *= a.Beta1
	a.power2 *= a.Beta2
	kernels.Adam(params, grads, a.m, a.v, kernels.AdamStep{
		Rate: float32(a.LearningRate), Beta1: float32(a.Beta1), Beta2: float32(a.Beta2), Epsilon: float32(a.Epsilon),
		Correction1: float32(1 / (1 - a.power1)), Correction2: float32(1 / (1 - a.power2)),
	})
}

// EMA is an exponential moving average of parameters. Its decay warms up, min(Decay, (1+t)/(10+t)) after t updates, so
// that the average forgets the initial parameters.
type EMA struct {
	Decay   float64
	Average []float32

	updates int
}

// NewEMA returns an average that starts at params.
func NewEMA(params []float32, decay float64) *EMA {
	return &EMA{Decay: decay, Average: append([]float32(nil), params...)}
}

// Update moves the average towards params.
func (e *EMA) Update(params []float32) {
	t := float64(e.updates)
	decay := min(e.Decay, (1+t)/(10+t))
	e.updates++
	kernels.EMA(e.Average, params, float32(1-decay))
}
