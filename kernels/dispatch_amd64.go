//go:build !purego

package kernels

import "github.com/klauspost/cpuid/v2"

// available lists the implementations that this machine runs, fastest first.
var available = detect()

// detect asks for AVX2 and FMA both, since neither implies the other. cpuid reports AVX2 only where the operating
// system saves the registers.
func detect() []backend {
	if cpuid.CPU.Supports(cpuid.AVX2, cpuid.FMA3) {
		return []backend{avx2, generic}
	}
	return []backend{generic}
}

// The slices below are not empty, and those of a noise kernel hold whole groups.

func fillNoiseGroups(dst []float32, n Noise, group uint64) {
	if active == avx2 {
		fillNoiseAVX2(&dst[0], len(dst)/groupSize, n.Seed, n.Stream, group)
		return
	}
	fillNoiseGroupsGeneric(dst, n, group)
}

func addNoiseGroups(dst, x []float32, sigma float32, n Noise, group uint64) {
	if active == avx2 {
		addNoiseAVX2(&dst[0], &x[0], sigma, len(dst)/groupSize, n.Seed, n.Stream, group)
		return
	}
	addNoiseGroupsGeneric(dst, x, sigma, n, group)
}

func addScaledNoiseGroups(dst, x, sigma []float32, n Noise, group uint64) {
	if active == avx2 {
		addScaledNoiseAVX2(&dst[0], &x[0], &sigma[0], len(dst)/groupSize, n.Seed, n.Stream, group)
		return
	}
	addScaledNoiseGroupsGeneric(dst, x, sigma, n, group)
}

func langevinGroups(x, score []float32, drift, diffusion float32, n Noise, group uint64) {
	if active == avx2 {
		langevinAVX2(&x[0], &score[0], drift, diffusion, len(x)/groupSize, n.Seed, n.Stream, group)
		return
	}
	langevinGroupsGeneric(x, score, drift, diffusion, n, group)
}

func drift(x, score []float32, drift float32) {
	if active == avx2 {
		driftAVX2(&x[0], &score[0], len(x), drift)
		return
	}
	driftGeneric(x, score, drift)
}

func silu(dst, x []float32) {
	if active == avx2 {
		siluAVX2(&dst[0], &x[0], len(dst))
		return
	}
	siluGeneric(dst, x)
}

func siluGrad(dst, dy, x []float32) {
	if active == avx2 {
		siluGradAVX2(&dst[0], &dy[0], &x[0], len(dst))
		return
	}
	siluGradGeneric(dst, dy, x)
}

func adam(p, g, m, v []float32, s *AdamStep) {
	if active == avx2 {
		adamAVX2(&p[0], &g[0], &m[0], &v[0], len(p),
			s.Rate, s.Beta1, s.Beta2, s.Epsilon, s.Correction1, s.Correction2)
		return
	}
	adamGeneric(p, g, m, v, s)
}

func ema(avg, x []float32, rate float32) {
	if active == avx2 {
		emaAVX2(&avg[0], &x[0], len(avg), rate)
		return
	}
	emaGeneric(avg, x, rate)
}

func sumRows(dst []float32, a Matrix) {
	if active == avx2 {
		sumRowsAVX2(&dst[0], &a.Data[0], a.Rows, a.Cols, a.Stride)
		return
	}
	sumRowsGeneric(dst, a)
}

func gemm(p *product) {
	if active == avx2 {
		gemmTiled(p)
		return
	}
	gemmGeneric(p)
}

// panelProduct holds the arguments of gemmPanel16AVX2 and its kin.
type panelProduct struct {
	m, k              int
	a                 *float32
	aRow, aCol, aTile int
	b                 *float32
	bRow              int
	start             *float32
	startRow          int
	c                 *float32
	cRow              int
	width             int // columns of the panel that are there
}

// multiply computes a panel of c.
func (q *panelProduct) multiply() {
	switch {
	case q.width == tileCols:
		gemmPanel16AVX2(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow)
	case q.width > 8:
		gemmPanelTo16AVX2(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow, q.width)
	default:
		gemmPanelTo8AVX2(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow, q.width)
	}
}

// multiplyNarrow computes up to four columns of c; q.m is a multiple of narrowRows.
func (q *panelProduct) multiplyNarrow(bCol int) {
	switch q.width {
	case 1:
		gemmNarrow1AVX2(q.m, q.k, q.a, q.aRow, q.b, q.bRow, bCol, q.start, q.startRow, q.c, q.cRow)
	case 2:
		gemmNarrow2AVX2(q.m, q.k, q.a, q.aRow, q.b, q.bRow, bCol, q.start, q.startRow, q.c, q.cRow)
	case 3:
		gemmNarrow3AVX2(q.m, q.k, q.a, q.aRow, q.b, q.bRow, bCol, q.start, q.startRow, q.c, q.cRow)
	default:
		gemmNarrow4AVX2(q.m, q.k, q.a, q.aRow, q.b, q.bRow, bCol, q.start, q.startRow, q.c, q.cRow)
	}
}

// multiplyWide computes one row of 64 columns of c, or two of 32; panels of b are bPanel apart.
func (q *panelProduct) multiplyWide(bPanel int) {
	if q.m == 1 {
		gemmRow64AVX2(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, bPanel, q.start, q.startRow, q.c, q.cRow)
		return
	}
	gemmRows2x32AVX2(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, bPanel, q.start, q.startRow, q.c, q.cRow)
}

// transpose8 sets dst[j*dstRow+i] = src[i*srcRow+j] for i < 8 and j < n, a multiple of 8.
func transpose8(dst *float32, dstRow int, src *float32, srcRow, n int) {
	transpose8AVX2(dst, dstRow, src, srcRow, n)
}

// transpose6 is transpose8 for six rows; it also writes two elements beyond each six.
func transpose6(dst *float32, dstRow int, src *float32, srcRow, n int) {
	transpose6AVX2(dst, dstRow, src, srcRow, n)
}

// copy16 sets dst[p*16+j] = src[p*srcRow+j] for p < n and j < 16.
func copy16(dst, src *float32, srcRow, n int) { copy16AVX2(dst, src, srcRow, n) }

// copy6 sets dst[p*6+j] = src[p*srcRow+j] for p < n and j < 6.
func copy6(dst, src *float32, srcRow, n int) { copy6AVX2(dst, src, srcRow, n) }
