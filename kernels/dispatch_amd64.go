//go:build !purego

package kernels

import "github.com/klauspost/cpuid/v2"

// available lists the implementations that this machine runs, fastest first.
var available = detect()

// detect asks for AVX2 and FMA both, since neither implies the other. cpuid reports AVX2 and AVX-512 only where the
// operating system saves the registers.
func detect() []backend {
	switch {
	case !cpuid.CPU.Supports(cpuid.AVX2, cpuid.FMA3):
		return []backend{generic}
	case !cpuid.CPU.Supports(cpuid.AVX512F, cpuid.AVX512BW, cpuid.AVX512DQ, cpuid.AVX512VL):
		return []backend{avx2, generic}
	}
	return []backend{avx512, avx2, generic}
}

// The slices below are not empty, and those of a noise kernel hold whole groups.

func fillNoiseGroups(dst []float32, n Noise, group uint64) {
	if active != generic {
		fillNoiseAVX2(&dst[0], len(dst)/groupSize, n.Seed, n.Stream, group)
		return
	}
	fillNoiseGroupsGeneric(dst, n, group)
}

func addNoiseGroups(dst, x []float32, sigma float32, n Noise, group uint64) {
	if active != generic {
		addNoiseAVX2(&dst[0], &x[0], sigma, len(dst)/groupSize, n.Seed, n.Stream, group)
		return
	}
	addNoiseGroupsGeneric(dst, x, sigma, n, group)
}

func addScaledNoiseGroups(dst, x, sigma []float32, n Noise, group uint64) {
	if active != generic {
		addScaledNoiseAVX2(&dst[0], &x[0], &sigma[0], len(dst)/groupSize, n.Seed, n.Stream, group)
		return
	}
	addScaledNoiseGroupsGeneric(dst, x, sigma, n, group)
}

func langevinGroups(x, score []float32, drift, diffusion float32, n Noise, group uint64) {
	if active != generic {
		langevinAVX2(&x[0], &score[0], drift, diffusion, len(x)/groupSize, n.Seed, n.Stream, group)
		return
	}
	langevinGroupsGeneric(x, score, drift, diffusion, n, group)
}

func drift(x, score []float32, drift float32) {
	if active != generic {
		driftAVX2(&x[0], &score[0], len(x), drift)
		return
	}
	driftGeneric(x, score, drift)
}

func silu(dst, x []float32) {
	if active != generic {
		siluAVX2(&dst[0], &x[0], len(dst))
		return
	}
	siluGeneric(dst, x)
}

func siluGrad(dst, dy, x []float32) {
	if active != generic {
		siluGradAVX2(&dst[0], &dy[0], &x[0], len(dst))
		return
	}
	siluGradGeneric(dst, dy, x)
}

func adam(p, g, m, v []float32, s *AdamStep) {
	if active != generic {
		adamAVX2(&p[0], &g[0], &m[0], &v[0], len(p),
			s.Rate, s.Beta1, s.Beta2, s.Epsilon, s.Correction1, s.Correction2)
		return
	}
	adamGeneric(p, g, m, v, s)
}

func ema(avg, x []float32, rate float32) {
	if active != generic {
		emaAVX2(&avg[0], &x[0], len(avg), rate)
		return
	}
	emaGeneric(avg, x, rate)
}

func addRows(dst []float32, a Matrix) {
	if active != generic {
		addRowsAVX2(&dst[0], &a.Data[0], a.Rows, a.Cols, a.Stride)
		return
	}
	addRowsGeneric(dst, a)
}

func gemm[T float](p *product[T]) {
	if active != generic {
		gemmTiled(p)
		return
	}
	gemmGeneric(p)
}
