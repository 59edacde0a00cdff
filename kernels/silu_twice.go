package kernels

import (
	"math"

	"github.com/seed964deb49/langevin/internal/coef"
)

// siluTwice is siluAndSlope without a branch, by fmaTwice. There is a doubt where x is zero or no number.
func siluTwice(x, most float32) (y, slope float32, d doubt) {
	bits := math.Float32bits(x)
	negative := uint32(int32(bits) >> 31)
	magnitude := bits &^ (1 << 31)
	d = 0x7f800000 - doubt(magnitude) // no number
	a := math.Float32frombits(min(magnitude, math.Float32bits(most)))

	const magic = coef.RoundMagic + coef.ExponentBias + coef.DecayShift
	sum, d := fmaTwice(a, -coef.Log2E, magic, d)
	n := magic - sum
	power := math.Float32frombits(math.Float32bits(sum) << 23)
	r, d := fmaTwice(n, -coef.Ln2Hi, a, d)
	r, d = fmaTwice(n, -coef.Ln2Lo, r, d)
	c := &coef.DecayExpm1
	p, d := fmaTwice(c[4], r, c[3], d)
	p, d = fmaTwice(p, r, c[2], d)
	p, d = fmaTwice(p, r, c[1], d)
	p, d = fmaTwice(p, r, c[0], d)
	// Products with powers of two are exact, so these sums round once.
	far, near := float32(r*coef.DecayScale)+coef.DecayFar, power+coef.DecayNear
	far, d = fmaTwice(float32(r*r), p, far, d)
	g := 1 / (far + near)

	scaled := float32(a * power)
	v, d := fmaTwice(scaled, float32(g*power), power-scaled, d)
	y, d = fmaTwice(g, -scaled, math.Float32frombits(bits&^negative), d)
	h := float32(g * v)
	low, high := math.Float32bits(h), math.Float32bits(1-h)
	return y, math.Float32frombits(high ^ (high^low)&negative), d
}
