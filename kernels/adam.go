package kernels

// AdamStep holds the scalars of one Adam update (Kingma and Ba 2015, Algorithm 1). With t counting from 1,
// Correction1 = 1/(1-Beta1^t) and Correction2 = 1/(1-Beta2^t).
type AdamStep struct {
	Rate, Beta1, Beta2, Epsilon float32
	Correction1, Correction2    float32
}

// Adam updates the parameters p and the moments m and v from the gradient g:
//
//	m[i] = fma(1-Beta1, g[i]-m[i], m[i])
//	v[i] = fma(1-Beta2, g[i]*g[i], Beta2*v[i])
//	p[i] = fma(-Rate, m[i]*Correction1 / (sqrt(v[i]*Correction2) + Epsilon), p[i])
//
// All have the same length and must not overlap.
func Adam(p, g, m, v []float32, step AdamStep) {
	checkLen("Adam", "g", g, len(p))
	checkLen("Adam", "m", m, len(p))
	checkLen("Adam", "v", v, len(p))
	checkDisjoint("Adam", "p", p, "g", g)
	checkDisjoint("Adam", "p", p, "m", m)
	checkDisjoint("Adam", "p", p, "v", v)
	checkDisjoint("Adam", "m", m, "g", g)
	checkDisjoint("Adam", "m", m, "v", v)
	checkDisjoint("Adam", "v", v, "g", g)
	s := sweeps.get()
	s.op, s.dst, s.src, s.third, s.fourth, s.adam = sweepAdam, p, g, m, v, step
	s.do(len(p))
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

func sweepAdam(s *sweep, from, to int) {
	adam(s.dst[from:to], s.src[from:to], s.third[from:to], s.fourth[from:to], &s.adam)
}

func sweepEMA(s *sweep, from, to int) { ema(s.dst[from:to], s.src[from:to], s.scalars[0]) }

func adamGeneric(p, g, m, v []float32, s *AdamStep) {
	for i, g := range g {
		mi := fma32(1-s.Beta1, g-m[i], m[i])
		vi := fma32(1-s.Beta2, float32(g*g), float32(s.Beta2*v[i]))
		m[i], v[i] = mi, vi
		d := float32(mi*s.Correction1) / (sqrt32(float32(vi*s.Correction2)) + s.Epsilon)
		p[i] = fma32(-s.Rate, d, p[i])
	}
}

func emaGeneric(avg, x []float32, rate float32) {
	for i, x := range x {
		avg[i] = fma32(rate, x-avg[i], avg[i])
	}
}
