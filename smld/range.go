package smld

import (
	"fmt"
	"math"
)

// Range is noise levels from the largest down to the smallest, in units of the points.
type Range struct{ Max, Min float64 }

// Levels returns the range of the model's noise levels.
func (m *Model) Levels() Range {
	return Range{float64(m.Sigmas[0]), float64(m.Sigmas[len(m.Sigmas)-1])}
}

// geometric returns geometric levels.
func (r Range) geometric(levels int) ([]float32, error) {
	sigmas, err := Geometric(r.Max, r.Min, levels)
	return sigmas, r.blame(levels, err)
}

// spaced returns levels of Rho, or geometric ones where rho is zero.
func (r Range) spaced(rho float64, levels int) ([]float32, error) {
	if rho == 0 {
		return r.geometric(levels)
	}
	sigmas, err := Rho(r.Max, r.Min, rho, levels)
	return sigmas, r.blame(levels, err)
}

// blame returns an OptionError for levels that are too many for a range that has levels.
func (r Range) blame(levels int, err error) error {
	if err == nil || !(float32(r.Min) > 0) || !(float32(r.Max) > float32(r.Min)) || r.Max > math.MaxFloat32 {
		return err
	}
	want := fmt.Sprintf("fewer, so that each of them from %v to %v is a number of its own", r.Max, r.Min)
	return &OptionError{"Levels", levels, want}
}
