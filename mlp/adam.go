package mlp

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// Adam is the optimiser of Kingma and Ba ("Adam: a method for stochastic optimization", 2015, Algorithm 1)
// with the decoupled weight decay of Loshchilov and Hutter ("Decoupled weight decay regularization", 2019),
// which is AdamW. It can clip gradients by their global norm.
type Adam struct {
	LearningRate, Beta1, Beta2, Epsilon float64

	WeightDecay float64 // each step takes LearningRate*WeightDecay of the parameters off; zero by default
	ClipNorm    float64 // gradients of a larger norm are scaled down to it; no limit at zero or below

	m, v   []float32
	steps  int     // t
	power1 float64 // Beta1^t
	power2 float64 // Beta2^t
}

// NewAdam returns an optimiser for a block of n parameters with the paper's defaults: betas 0.9 and 0.999,
// and epsilon 1e-8.
func NewAdam(n int, learningRate float64) *Adam {
	return &Adam{
		LearningRate: learningRate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8,
		m: make([]float32, n), v: make([]float32, n), power1: 1, power2: 1,
	}
}

// Step updates params by their gradients, and ema, if not nil, by the new params in the same pass.
func (a *Adam) Step(params, grads []float32, ema *EMA) {
	update := a.begin(params, ema)
	update.clip(grads)
	update.apply(0, grads)
}

// adamUpdate is one step of an optimiser on all parameters. begin makes it, clip scales it where gradients
// are clipped, and apply carries it out, for all parameters or for one block after the other.
type adamUpdate struct {
	adam            *Adam
	params, average []float32
	step            kernels.AdamStep
}

// begin counts a step and returns it.
func (a *Adam) begin(params []float32, ema *EMA) adamUpdate {
	if len(params) != len(a.m) {
		panic(fmt.Sprintf("mlp: Adam.Step: %d parameters, made for %d", len(params), len(a.m)))
	}
	a.count()
	u := adamUpdate{adam: a, params: params, step: kernels.AdamStep{
		Rate:  float32(a.LearningRate),
		Beta1: float32(a.Beta1), Beta2: float32(a.Beta2), Epsilon: float32(a.Epsilon),
		Correction1: float32(1 / (1 - a.power1)), Correction2: float32(1 / (1 - a.power2)),
		GradScale: 1, Decay: float32(a.LearningRate * a.WeightDecay),
	}}
	if ema != nil {
		u.average, u.step.Average = ema.Average, ema.nextRate()
	}
	return u
}

// clips reports whether clip has to know all gradients before apply may begin.
func (u *adamUpdate) clips() bool { return u.adam.ClipNorm > 0 }

// clip makes the step scale all gradients down to the norm ClipNorm, if theirs is larger.
func (u *adamUpdate) clip(grads []float32) {
	if !u.clips() {
		return
	}
	if norm := math.Sqrt(kernels.SumSquares(grads)); norm > u.adam.ClipNorm {
		u.step.GradScale = float32(u.adam.ClipNorm / norm)
	}
}

// apply updates the parameters from number from on by their gradients. Calls for other parameters may run at
// the same time.
func (u *adamUpdate) apply(from int, grads []float32) {
	to := from + len(grads)
	var average []float32
	if u.average != nil {
		average = u.average[from:to]
	}
	kernels.Adam(u.params[from:to], grads, u.adam.m[from:to], u.adam.v[from:to], average, u.step)
}

// count goes on to the next step.
func (a *Adam) count() {
	a.steps++
	a.power1 = float64(a.power1 * a.Beta1) // rounded, since one minus it follows
	a.power2 = float64(a.power2 * a.Beta2)
}

// State returns what an optimiser remembers: the moments m and v, and the number of steps done. m and v share
// the optimiser's memory.
func (a *Adam) State() (m, v []float32, steps int) { return a.m, a.v, a.steps }

// Restore gives a new optimiser the state of another of the same size and betas. It then goes on as that one
// would.
func (a *Adam) Restore(m, v []float32, steps int) error {
	if len(m) != len(a.m) || len(v) != len(a.v) {
		return fmt.Errorf("mlp: moments of %d and %d parameters: want %d parameters",
			len(m), len(v), len(a.m))
	}
	const most = 1 << 50 // at a microsecond a step, 35 years
	if steps < 0 || int64(steps) > most {
		return fmt.Errorf("mlp: moments after %d steps: want 0 to %d", steps, int64(most))
	}
	copy(a.m, m)
	copy(a.v, v)
	a.steps, a.power1, a.power2 = 0, 1, 1
	for a.steps < steps {
		power1, power2 := a.power1, a.power2
		a.count()
		if a.power1 == power1 && a.power2 == power2 { // and so for ever
			break
		}
	}
	a.steps = steps
	return nil
}
