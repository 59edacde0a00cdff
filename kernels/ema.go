package kernels

// EMA moves an exponential moving average towards x:
//
//	avg[i] = fma(rate, x[i]-avg[i], avg[i])
//
// where rate is one minus the decay. avg and x have the same length and must not overlap.
func EMA(avg, x []float32, rate float32) {
	checkLen("EMA", "x", x, len(avg))
	checkDisjoint("EMA", "avg", avg, "x", x)
	s := emaKernel.begin()
	a := &s.operands
	a.avg, a.x, a.rate = avg, x, rate
	s.do(len(avg))
}

type emaOperands struct {
	avg, x []float32
	rate   float32
}

var emaKernel = onSlices(func(a *emaOperands, from, to int) { ema(a.avg[from:to], a.x[from:to], a.rate) })
