//go:build !purego

package kernels

import "github.com/klauspost/cpuid/v2"

// available lists the implementations that this machine runs, fastest first.
var available = detect(cpuid.CPU)

// detect asks for AVX2 and FMA both, since neither implies the other, and for all that the AVX-512 kernels need besides.
// cpuid reports AVX2 and AVX-512 only where the operating system saves the registers.
func detect(cpu cpuid.CPUInfo) []backend {
	switch {
	case !cpu.Supports(cpuid.AVX2, cpuid.FMA3):
		return []backend{generic}
	case !cpu.Supports(cpuid.AVX512F, cpuid.AVX512BW, cpuid.AVX512DQ, cpuid.AVX512VL, cpuid.BMI2):
		return []backend{avx2, generic}
	}
	return []backend{avx512, avx2, generic}
}

// The slices below are not empty, and those of a noise kernel hold whole groups. The AVX-512 noise kernels take pairs of
// groups, and leave an odd one to AVX2.

func fillNoiseGroups(dst []float32, n Noise, group uint64) {
	if active == generic {
		fillNoiseGroupsGeneric(dst, n, group)
		return
	}
	if pairs := pairsOf(dst); pairs > 0 {
		fillNoiseAVX512(&dst[0], pairs, n.Seed, n.Stream, group)
		dst, group = dst[2*groupSize*pairs:], group+2*uint64(pairs)
	}
	if len(dst) > 0 {
		fillNoiseAVX2(&dst[0], len(dst)/groupSize, n.Seed, n.Stream, group)
	}
}

func addNoiseGroups(dst, x []float32, sigma float32, n Noise, group uint64) {
	if active == generic {
		addNoiseGroupsGeneric(dst, x, sigma, n, group)
		return
	}
	if pairs := pairsOf(dst); pairs > 0 {
		addNoiseAVX512(&dst[0], &x[0], sigma, pairs, n.Seed, n.Stream, group)
		done := 2 * groupSize * pairs
		dst, x, group = dst[done:], x[done:], group+2*uint64(pairs)
	}
	if len(dst) > 0 {
		addNoiseAVX2(&dst[0], &x[0], sigma, len(dst)/groupSize, n.Seed, n.Stream, group)
	}
}

func langevinGroups(x, score []float32, drift, diffusion float32, n Noise, group uint64) {
	if active == generic {
		langevinGroupsGeneric(x, score, drift, diffusion, n, group)
		return
	}
	if pairs := pairsOf(x); pairs > 0 {
		langevinAVX512(&x[0], &score[0], drift, diffusion, pairs, n.Seed, n.Stream, group)
		done := 2 * groupSize * pairs
		x, score, group = x[done:], score[done:], group+2*uint64(pairs)
	}
	if len(x) > 0 {
		langevinAVX2(&x[0], &score[0], drift, diffusion, len(x)/groupSize, n.Seed, n.Stream, group)
	}
}

// pairsOf returns how many pairs of groups of x an AVX-512 kernel takes.
func pairsOf(x []float32) int {
	if active != avx512 {
		return 0
	}
	return len(x) / (2 * groupSize)
}

func drift(x, score []float32, drift float32) {
	switch active {
	case generic:
		driftGeneric(x, score, drift)
	case avx512:
		driftAVX512(&x[0], &score[0], len(x), drift)
	default:
		driftAVX2(&x[0], &score[0], len(x), drift)
	}
}

func siluOfLayer(dst, x []float32) {
	switch active {
	case generic:
		siluOfLayerGeneric(dst, x)
	case avx512:
		siluLayerAVX512(&dst[0], &x[0], len(dst))
	default:
		siluLayerAVX2(&dst[0], &x[0], len(dst))
	}
}

func siluWithSlope(dst, slope, x []float32) {
	switch active {
	case generic:
		siluWithSlopeGeneric(dst, slope, x)
	case avx512:
		siluWithSlopeAVX512(&dst[0], &slope[0], &x[0], len(dst))
	default:
		siluWithSlopeAVX2(&dst[0], &slope[0], &x[0], len(dst))
	}
}

func hadamard(dst, x []float32) {
	switch active {
	case generic:
		hadamardGeneric(dst, x)
	case avx512:
		hadamardAVX512(&dst[0], &x[0], len(dst))
	default:
		hadamardAVX2(&dst[0], &x[0], len(dst))
	}
}

func adam(p, g, m, v, avg []float32, s *AdamStep) {
	switch {
	case active == generic:
		adamGeneric(p, g, m, v, avg, s)
	case active == avx512 && avg == nil:
		adamAVX512(&p[0], &g[0], &m[0], &v[0], len(p), &s.Rate)
	case active == avx512:
		adamEMAAVX512(&p[0], &g[0], &m[0], &v[0], &avg[0], len(p), &s.Rate)
	case avg == nil:
		adamAVX2(&p[0], &g[0], &m[0], &v[0], len(p), &s.Rate)
	default:
		adamEMAAVX2(&p[0], &g[0], &m[0], &v[0], &avg[0], len(p), &s.Rate)
	}
}

func ema(avg, x []float32, rate float32) {
	switch active {
	case generic:
		emaGeneric(avg, x, rate)
	case avx512:
		emaAVX512(&avg[0], &x[0], len(avg), rate)
	default:
		emaAVX2(&avg[0], &x[0], len(avg), rate)
	}
}

// lanes512 is the number of float32 in an AVX-512 register. Rows shorter than one or two are faster with AVX2: most of the
// vectors at their ends cross a border of cache lines, which costs a second read.
const lanes512 = 16

func addRows(dst []float32, a Matrix) {
	switch {
	case active == generic:
		addRowsGeneric(dst, a)
	case active == avx512 && a.Cols >= lanes512:
		addRowsAVX512(&dst[0], &a.Data[0], a.Rows, a.Cols, a.Stride)
	default:
		addRowsAVX2(&dst[0], &a.Data[0], a.Rows, a.Cols, a.Stride)
	}
}

func perturbRows(dst, x Matrix, shift, sigma, scale, z []float32) {
	switch {
	case active == generic:
		perturbRowsGeneric(dst, x, shift, sigma, scale, z)
	case active == avx512 && dst.Cols >= 2*lanes512:
		perturbRowsAVX512(&dst.Data[0], &x.Data[0], &shift[0], &sigma[0], &scale[0], &z[0],
			dst.Rows, dst.Cols, dst.Stride, x.Stride)
	default:
		perturbRowsAVX2(&dst.Data[0], &x.Data[0], &shift[0], &sigma[0], &scale[0], &z[0],
			dst.Rows, dst.Cols, dst.Stride, x.Stride)
	}
}

func langevinRows(x, score Matrix, drift, diffusion, z []float32) {
	switch {
	case active == generic:
		langevinRowsGeneric(x, score, drift, diffusion, z)
	case active == avx512 && x.Cols >= 2*lanes512:
		langevinRowsAVX512(&x.Data[0], &score.Data[0], &drift[0], &diffusion[0], &z[0],
			x.Rows, x.Cols, x.Stride, score.Stride)
	default:
		langevinRowsAVX2(&x.Data[0], &score.Data[0], &drift[0], &diffusion[0], &z[0],
			x.Rows, x.Cols, x.Stride, score.Stride)
	}
}

func combineRows(dst, x, y Matrix, a, b []float32) {
	switch {
	case active == generic:
		combineRowsGeneric(dst, x, y, a, b)
	case active == avx512 && dst.Cols >= 2*lanes512:
		combineRowsAVX512(&dst.Data[0], &x.Data[0], &y.Data[0], &a[0], &b[0],
			dst.Rows, dst.Cols, dst.Stride, x.Stride, y.Stride)
	default:
		combineRowsAVX2(&dst.Data[0], &x.Data[0], &y.Data[0], &a[0], &b[0],
			dst.Rows, dst.Cols, dst.Stride, x.Stride, y.Stride)
	}
}

// addSquares, matchScore and sumSquares stay with AVX2: wider registers would wait for the same chains of sums.

func addSquares(sums []float32, x Matrix) {
	if active != generic {
		addSquaresAVX2(&sums[0], &x.Data[0], x.Rows, x.Cols, x.Stride)
		return
	}
	addSquaresGeneric(sums, x)
}

func matchScore(df, y, f Matrix, a, b, g, loss, z []float32) {
	if active != generic {
		matchScoreAVX2(&df.Data[0], &y.Data[0], &f.Data[0], &a[0], &b[0], &g[0], &loss[0], &z[0],
			df.Rows, df.Cols, df.Stride, y.Stride, f.Stride)
		return
	}
	matchScoreGeneric(df, y, f, a, b, g, loss, z)
}

func sumSquares(x []float32) float64 {
	if active != generic {
		var sum float64
		sumSquaresAVX2(&sum, &x[0], len(x))
		return sum
	}
	return sumSquaresGeneric(x)
}

func gemm[T float](p *product[T]) {
	if active != generic {
		gemmTiled(p)
		return
	}
	gemmGeneric(p)
}
