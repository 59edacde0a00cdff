package kernels

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
