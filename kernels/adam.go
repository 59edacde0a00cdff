package kernels

// AdamStep holds the scalars of one update of Adam (Kingma and Ba 2015, Algorithm 1) with decoupled weight
// decay (Loshchilov and Hutter 2019). With t counting from 1, Correction1 = 1/(1-Beta1^t) and
// Correction2 = 1/(1-Beta2^t).
type AdamStep struct {
	Rate, Beta1, Beta2, Epsilon float32
	Correction1, Correction2    float32

	GradScale float32 // factor of the gradient, for clipping; 1 leaves it as it is
	Decay     float32 // of the weights, the rate times the weight decay; 0 is plain Adam
	Average   float32 // rate of the moving average, one minus its decay
}

// Adam updates the parameters p, the moments m and v and the moving average avg from the gradient g, in one
// pass:
//
//	s = GradScale*g[i]
//	m[i] = fma(1-Beta1, s-m[i], m[i])
//	v[i] = fma(1-Beta2, s*s, Beta2*v[i])
//	d = m[i]*Correction1 / (sqrt(v[i]*Correction2) + Epsilon)
//	p[i] = fma(-Rate, d, fma(-Decay, p[i], p[i]))
//	avg[i] = fma(Average, p[i]-avg[i], avg[i])
//
// A nil avg is left out. All others have the same length and must not overlap.
func Adam(p, g, m, v, avg []float32, step AdamStep) {
	operands := [...]struct {
		name string
		x    []float32
	}{{"p", p}, {"g", g}, {"m", m}, {"v", v}, {"avg", avg}}
	for i, a := range operands {
		if a.name != "avg" || avg != nil {
			checkLen("Adam", a.name, a.x, len(p))
		}
		for _, b := range operands[i+1:] {
			checkDisjoint("Adam", a.name, a.x, b.name, b.x)
		}
	}
	s := adamKernel.begin()
	a := &s.operands
	a.p, a.g, a.m, a.v, a.avg, a.step = p, g, m, v, avg, step
	s.do(len(p))
}

type adamOperands struct {
	p, g, m, v, avg []float32
	step            AdamStep
}

var adamKernel = onSlices(func(a *adamOperands, from, to int) {
	p, g, m, v := a.p[from:to], a.g[from:to], a.m[from:to], a.v[from:to]
	if a.avg == nil {
		adam(p, g, m, v, &a.step)
		return
	}
	adamEMA(p, g, m, v, a.avg[from:to], &a.step)
})
