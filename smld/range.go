package smld

// Range is noise levels from the largest down to the smallest, in units of the points.
type Range struct{ Max, Min float64 }

// Levels returns the range of the model's noise levels.
func (m *Model) Levels() Range {
	return Range{float64(m.Sigmas[0]), float64(m.Sigmas[len(m.Sigmas)-1])}
}

// geometric returns geometric levels.
func (r Range) geometric(levels int) ([]float32, error) { return Geometric(r.Max, r.Min, levels) }

// spaced returns levels of Rho, or geometric ones where rho is zero.
func (r Range) spaced(rho float64, levels int) ([]float32, error) {
	if rho == 0 {
		return r.geometric(levels)
	}
	return Rho(r.Max, r.Min, rho, levels)
}
