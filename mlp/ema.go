package mlp

import "github.com/seed964deb49/langevin/kernels"

// EMA is an exponential moving average of parameters. Its decay warms up: after t updates it is min(Decay,
// (1+t)/(10+t)). So the average forgets the initial parameters.
type EMA struct {
	Decay   float64
	Average []float32
	Updates int // done
}

// NewEMA returns an average that starts at params.
func NewEMA(params []float32, decay float64) *EMA {
	return &EMA{Decay: decay, Average: append([]float32(nil), params...)}
}

// Update moves the average towards params.
func (e *EMA) Update(params []float32) { kernels.EMA(e.Average, params, e.nextRate()) }

// nextRate counts an update and returns its rate, one minus the decay.
func (e *EMA) nextRate() float32 {
	t := float64(e.Updates)
	decay := min(e.Decay, (1+t)/(10+t))
	e.Updates++
	return float32(1 - decay)
}
