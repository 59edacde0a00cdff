//go:build !purego

package kernels

// available lists the implementations that this machine runs, fastest first: NEON is part of every arm64.
var available = []backend{neon, generic}

// The slices below are not empty, and those of a noise kernel hold whole groups.

func fillNoiseGroups(dst []float32, n Noise, group uint64) {
	if active == neon {
		fillNoiseNEON(&dst[0], len(dst)/groupSize, n.Seed, n.Stream, group)
		return
	}
	fillNoiseGroupsGeneric(dst, n, group)
}

func addNoiseGroups(dst, x []float32, sigma float32, n Noise, group uint64) {
	if active == neon {
		addNoiseNEON(&dst[0], &x[0], sigma, len(dst)/groupSize, n.Seed, n.Stream, group)
		return
	}
	addNoiseGroupsGeneric(dst, x, sigma, n, group)
}

func addScaledNoiseGroups(dst, x, sigma []float32, n Noise, group uint64) {
	if active == neon {
		addScaledNoiseNEON(&dst[0], &x[0], &sigma[0], len(dst)/groupSize, n.Seed, n.Stream, group)
		return
	}
	addScaledNoiseGroupsGeneric(dst, x, sigma, n, group)
}

func langevinGroups(x, score []float32, drift, diffusion float32, n Noise, group uint64) {
	if active == neon {
		langevinNEON(&x[0], &score[0], drift, diffusion, len(x)/groupSize, n.Seed, n.Stream, group)
		return
	}
	langevinGroupsGeneric(x, score, drift, diffusion, n, group)
}

func drift(x, score []float32, drift float32) {
	if active == neon {
		driftNEON(&x[0], &score[0], len(x), drift)
		return
	}
	driftGeneric(x, score, drift)
}

func silu(dst, x []float32) {
	if active == neon {
		siluNEON(&dst[0], &x[0], len(dst))
		return
	}
	siluGeneric(dst, x)
}

func siluGrad(dst, dy, x []float32) {
	if active == neon {
		siluGradNEON(&dst[0], &dy[0], &x[0], len(dst))
		return
	}
	siluGradGeneric(dst, dy, x)
}

func adam(p, g, m, v []float32, s *AdamStep) {
	if active == neon {
		adamNEON(&p[0], &g[0], &m[0], &v[0], len(p),
			s.Rate, s.Beta1, s.Beta2, s.Epsilon, s.Correction1, s.Correction2)
		return
	}
	adamGeneric(p, g, m, v, s)
}

func ema(avg, x []float32, rate float32) {
	if active == neon {
		emaNEON(&avg[0], &x[0], len(avg), rate)
		return
	}
	emaGeneric(avg, x, rate)
}

func addRows(dst []float32, a Matrix) {
	if active == neon {
		addRowsNEON(&dst[0], &a.Data[0], a.Rows, a.Cols, a.Stride)
		return
	}
	addRowsGeneric(dst, a)
}

func gemm[T float](p *product[T]) {
	if active == neon {
		gemmTiled(p)
		return
	}
	gemmGeneric(p)
}
