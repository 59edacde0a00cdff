package kernels

// AdamStep holds the scalars of one update of Adam (Kingma and Ba 2015, Algorithm 1) with decoupled weight decay (Loshchilov
// and Hutter 2019). With t counting from 1, Correction1 = 1/(1-Beta1^t) and Correction2 = 1/(1-Beta2^t).
type AdamStep struct {
	Rate, Beta1, Beta2, Epsilon float32
	Correction1, Correction2    float32

	GradScale float32 // factor of the gradient, for clipping; 1 leaves it as it is
	Decay     float32 // of the weights, the rate times the weight decay; 0 is plain Adam
	Average   float32 // rate of the moving average, one minus its decay
}

// Adam updates the parameters p, the moments m and v and the moving average avg from the gradient g, in one pass:
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
	s := sweeps.get()
	s.op, s.dst, s.src, s.third, s.fourth, s.fifth, s.adam = sweepAdam, p, g, m, v, avg, step
	s.do(len(p))
}

func sweepAdam(s *sweep, from, to int) {
	p, g, m, v := s.dst[from:to], s.src[from:to], s.third[from:to], s.fourth[from:to]
	if s.fifth == nil {
		adam(p, g, m, v, &s.adam)
		return
	}
	adamEMA(p, g, m, v, s.fifth[from:to], &s.adam)
}

func adamGeneric(p, g, m, v []float32, s *AdamStep) {
	for i, g := range g {
		s.update(&p[i], g, &m[i], &v[i])
	}
}

func adamEMAGeneric(p, g, m, v, avg []float32, s *AdamStep) {
	for i, g := range g {
		s.update(&p[i], g, &m[i], &v[i])
		avg[i] = fma32(s.Average, p[i]-avg[i], avg[i])
	}
}

// update is the update of one parameter.
func (s *AdamStep) update(p *float32, g float32, m, v *float32) {
	g = float32(g * s.GradScale)
	*m = fma32(1-s.Beta1, g-*m, *m)
	*v = fma32(1-s.Beta2, float32(g*g), float32(s.Beta2**v))
	d := float32(*m*s.Correction1) / (sqrt32(float32(*v*s.Correction2)) + s.Epsilon)
	*p = fma32(-s.Rate, d, fma32(-s.Decay, *p, *p))
}

// EMA moves an exponential moving average towards x:
//
//	avg[i] = fma(rate, x[i]-avg[i], avg[i])
//
// where rate is one minus the decay. avg and x have the same length and must not overlap.
func EMA(avg, x []float32, rate float32) {
	checkLen("EMA", "x", x, len(avg))
	checkDisjoint("EMA", "avg", avg, "x", x)
	s := sweeps.get()
	s.op, s.dst, s.src, s.scalars[0] = sweepEMA, avg, x, rate
	s.do(len(avg))
}

func sweepEMA(s *sweep, from, to int) { ema(s.dst[from:to], s.src[from:to], s.scalars[0]) }

func emaGeneric(avg, x []float32, rate float32) {
	for i, x := range x {
		avg[i] = fma32(rate, x-avg[i], avg[i])
	}
}
