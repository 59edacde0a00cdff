package gonumblas

import "math"

// choose returns a shift, which should be a lower bound of the squares. It takes the last step's d.
func (z *quotients) choose() float64 {
	least := z.least[0]
	switch {
	case !(least > 0):
		return 0
	case z.d[2] != least:
		return 0.25 * least
	case z.d[1] == z.least[1]:
		return z.fromGap()
	}
	return z.fromResidual()
}

// fromGap returns a shift for an end where the last two d are the least, by the gap between the values.
func (z *quotients) fromGap() float64 {
	n := z.high
	q, e, least, d := z.q, z.e, z.least[0], z.d[2]
	b1 := float64(math.Sqrt(q[n]) * math.Sqrt(e[n-1]))
	b2 := float64(math.Sqrt(q[n-1]) * math.Sqrt(e[n-2]))
	a := q[n-1] + e[n-1]
	gap2 := float64(0.75*z.least[2]) - a
	gap1 := a - d - (b1 + b2)
	if gap2 > 0 && gap2 > b2 {
		gap1 = a - d - float64(b2/gap2*b2)
	}
	if gap1 > 0 && gap1 > b1 {
		return max(d-float64(b1/gap1*b1), 0.5*least)
	}
	s := 0.0
	if d > b1 {
		s = d - b1
	}
	if a > b1+b2 {
		s = min(s, a-(b1+b2))
	}
	return max(s, 0.333*least)
}

// fromResidual returns a shift for an end where the last d is the least, by the residual of a vector whose
// elements vanish away from the end.
func (z *quotients) fromResidual() float64 {
	const most = 0.563
	b := z.e[z.high-1] / z.q[z.high-1]
	square := b
	for i := z.high - 2; i >= z.low && b != 0; i-- {
		before := b
		b = float64(b * (z.e[i] / z.q[i]))
		square += b
		if 100*max(b, before) < square || most < square {
			break
		}
	}
	square = float64(square * 1.05)
	if square < most {
		return z.d[2] * (1 - math.Sqrt(square)) / (1 + square)
	}
	return 0.25 * z.least[0]
}
