//go:build !amd64 || purego

package kernels

// available lists the implementations that this machine runs, fastest first.
var available = []backend{generic}

func fillNoiseGroups(dst []float32, n Noise, group uint64) { fillNoiseGroupsGeneric(dst, n, group) }

func addNoiseGroups(dst, x []float32, sigma float32, n Noise, group uint64) {
	addNoiseGroupsGeneric(dst, x, sigma, n, group)
}

func addScaledNoiseGroups(dst, x, sigma []float32, n Noise, group uint64) {
	addScaledNoiseGroupsGeneric(dst, x, sigma, n, group)
}

func langevinGroups(x, score []float32, drift, diffusion float32, n Noise, group uint64) {
	langevinGroupsGeneric(x, score, drift, diffusion, n, group)
}

func drift(x, score []float32, drift float32) { driftGeneric(x, score, drift) }
func silu(dst, x []float32)                   { siluGeneric(dst, x) }
func siluGrad(dst, dy, x []float32)           { siluGradGeneric(dst, dy, x) }
func adam(p, g, m, v []float32, s *AdamStep)  { adamGeneric(p, g, m, v, s) }
func ema(avg, x []float32, rate float32)      { emaGeneric(avg, x, rate) }
func addRows(dst []float32, a Matrix)         { addRowsGeneric(dst, a) }
func gemm[T float](p *product[T])             { gemmGeneric(p) }

func packRows[T float](dst, src []T, stride, cols, rows int) {
	packRowsGeneric(dst, src, stride, cols, rows)
}

func packWide[T float](dst, src []T, stride, rows int) { packWideGeneric(dst, src, stride, rows) }

func packTransposed[T float](dst, src []T, stride, cols, rows int) {
	packTransposedGeneric(dst, src, stride, cols, rows)
}
