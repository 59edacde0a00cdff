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

func evaluate(f function, dst, x []float32) {
	if active == generic {
		evaluateGeneric(f, dst, x)
		return
	}
	switch f {
	case expFunction:
		expNEON(&dst[0], &x[0], len(dst))
	case logFunction:
		logNEON(&dst[0], &x[0], len(dst))
	case sigmoidFunction:
		sigmoidNEON(&dst[0], &x[0], len(dst))
	case softplusFunction:
		softplusNEON(&dst[0], &x[0], len(dst))
	case tanhFunction:
		tanhNEON(&dst[0], &x[0], len(dst))
	case eluFunction:
		eluNEON(&dst[0], &x[0], len(dst))
	case siluFunction:
		siluNEON(&dst[0], &x[0], len(dst))
	}
}

func backward(f function, dst, dy, x []float32) {
	if active == generic {
		backwardGeneric(f, dst, dy, x)
		return
	}
	switch f {
	case sigmoidFunction:
		sigmoidGradNEON(&dst[0], &dy[0], &x[0], len(dst))
	case softplusFunction:
		softplusGradNEON(&dst[0], &dy[0], &x[0], len(dst))
	case tanhFunction:
		tanhGradNEON(&dst[0], &dy[0], &x[0], len(dst))
	case eluFunction:
		eluGradNEON(&dst[0], &dy[0], &x[0], len(dst))
	case siluFunction:
		siluGradNEON(&dst[0], &dy[0], &x[0], len(dst))
	}
}

func siluOfLayer(dst, x []float32) {
	if active == generic {
		siluOfLayerGeneric(dst, x)
		return
	}
	siluLayerNEON(&dst[0], &x[0], len(dst))
}

func siluWithSlope(dst, slope, x []float32) {
	if active == generic {
		siluWithSlopeGeneric(dst, slope, x)
		return
	}
	siluWithSlopeNEON(&dst[0], &slope[0], &x[0], len(dst))
}

func hadamard(dst, x []float32) {
	if active == generic {
		hadamardGeneric(dst, x)
		return
	}
	hadamardNEON(&dst[0], &x[0], len(dst))
}

func adam(p, g, m, v, avg []float32, s *AdamStep) {
	switch {
	case active == generic:
		adamGeneric(p, g, m, v, avg, s)
	case avg == nil:
		adamNEON(&p[0], &g[0], &m[0], &v[0], len(p), &s.Rate)
	default:
		adamEMANEON(&p[0], &g[0], &m[0], &v[0], &avg[0], len(p), &s.Rate)
	}
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

func perturbRows(dst, x Matrix, shift, sigma, scale, z []float32) {
	if active == neon {
		perturbRowsNEON(&dst.Data[0], &x.Data[0], &shift[0], &sigma[0], &scale[0], &z[0],
			dst.Rows, dst.Cols, dst.Stride, x.Stride)
		return
	}
	perturbRowsGeneric(dst, x, shift, sigma, scale, z)
}

func langevinRows(x, score Matrix, drift, diffusion, z []float32) {
	if active == neon {
		langevinRowsNEON(&x.Data[0], &score.Data[0], &drift[0], &diffusion[0], &z[0],
			x.Rows, x.Cols, x.Stride, score.Stride)
		return
	}
	langevinRowsGeneric(x, score, drift, diffusion, z)
}

func combineRows(dst, x, y Matrix, a, b []float32) {
	if active == neon {
		combineRowsNEON(&dst.Data[0], &x.Data[0], &y.Data[0], &a[0], &b[0],
			dst.Rows, dst.Cols, dst.Stride, x.Stride, y.Stride)
		return
	}
	combineRowsGeneric(dst, x, y, a, b)
}

func addSquares(sums []float32, x Matrix) {
	if active == neon {
		addSquaresNEON(&sums[0], &x.Data[0], x.Rows, x.Cols, x.Stride)
		return
	}
	addSquaresGeneric(sums, x)
}

func matchScore(df, y, f Matrix, a, b, g, loss, z []float32) {
	if active == neon {
		matchScoreNEON(&df.Data[0], &y.Data[0], &f.Data[0], &a[0], &b[0], &g[0], &loss[0], &z[0],
			df.Rows, df.Cols, df.Stride, y.Stride, f.Stride)
		return
	}
	matchScoreGeneric(df, y, f, a, b, g, loss, z)
}

func sumSquares(x []float32) float64 {
	if active == neon {
		var sum float64
		sumSquaresNEON(&sum, &x[0], len(x))
		return sum
	}
	return sumSquaresGeneric(x)
}

func gemm[T float](p *product[T]) {
	if active == neon {
		gemmTiled(p)
		return
	}
	gemmGeneric(p)
}
