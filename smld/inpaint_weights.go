package smld

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/internal/streams"
)

// weigh multiplies the weights of row i's particles, which are where the step begins, by the density of their
// steps to the known part of path, where it ends.
func (b *inpainting) weigh(i int, step inpaintStep) {
	x, _ := b.particles(b.x, i)
	s, _ := b.particles(b.s, i)
	path, free, drift := b.path.Row(i), b.free[i*x.Cols:(i+1)*x.Cols], float64(step.Drift)
	for k := range x.Rows {
		from, score, square := x.Row(k), s.Row(k), 0.0
		for j, v := range path {
			if !free[j] {
				d := math.FMA(-drift, float64(score[j]), float64(v)-float64(from[j]))
				square = math.FMA(d, d, square)
			}
		}
		b.logs[i*x.Rows+k] -= square / (2 * step.variance)
	}
}

// shares sets weights to those of row i's particles, the largest being 1, and returns their sum and the
// number of equal weights that would be as good, (sum w)^2 / sum w^2.
func (b *inpainting) shares(i int) (weights []float64, sum, effective float64) {
	k := b.Particles
	logs, weights := b.logs[i*k:(i+1)*k], b.weights[i*k:(i+1)*k]
	most, squares := logs[0], 0.0
	for _, l := range logs {
		most = max(most, l)
	}
	for j, l := range logs {
		w := detmath.Exp(l - most)
		weights[j] = w
		sum += w
		squares = math.FMA(w, w, squares)
	}
	return weights, sum, sum * sum / squares
}

// resample draws row i's particles but the reference by their weights, if these are worth less than midway
// from one to all.
func (b *inpainting) resample(i, t int) {
	weights, sum, effective := b.shares(i)
	if effective >= float64(b.Particles+1)/2 {
		return
	}
	x, _ := b.particles(b.x, i)
	y, _ := b.particles(b.y, i)
	copyRows(y, x)
	for k := b.references(); k < x.Rows; k++ {
		copy(x.Row(k), y.Row(b.drawn(i, k, t, weights, sum)))
	}
	clear(b.logs[i*x.Rows : (i+1)*x.Rows])
}

// choose sets path of row i to a particle drawn by the weights.
func (b *inpainting) choose(i int) {
	weights, sum, _ := b.shares(i)
	x, _ := b.particles(b.x, i)
	copy(b.path.Row(i), x.Row(b.drawn(i, 0, 0, weights, sum)))
}

// drawn returns the index of a weight, drawn by the weights, which add up to sum; k and t number the draws of
// a row.
func (b *inpainting) drawn(i, k, t int, weights []float64, sum float64) int {
	word := randomWord(b.noise(streams.Resampling, t), b.number[i]*uint64(b.Particles)+uint64(k))
	u := float64((float64(word) + 0.5) * 0x1p-32 * sum)
	at := 0
	for at < len(weights)-1 && u > weights[at] {
		u -= weights[at]
		at++
	}
	return at
}
