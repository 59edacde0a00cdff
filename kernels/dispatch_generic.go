//go:build !(amd64 || arm64) || purego

package kernels

// available lists the implementations that this machine runs, fastest first.
var available = []backend{generic}

func fillNoiseGroups(dst []float32, n Noise, group uint64) { fillNoiseGroupsGeneric(dst, n, group) }

func addNoiseGroups(dst, x []float32, sigma float32, n Noise, group uint64) {
	addNoiseGroupsGeneric(dst, x, sigma, n, group)
}

func langevinGroups(x, score []float32, drift, diffusion float32, n Noise, group uint64) {
	langevinGroupsGeneric(x, score, drift, diffusion, n, group)
}

func drift(x, score []float32, drift float32)     { driftGeneric(x, score, drift) }
func evaluate(f function, dst, x []float32)       { evaluateGeneric(f, dst, x) }
func backward(f function, dst, dy, x []float32)   { backwardGeneric(f, dst, dy, x) }
func siluOfLayer(dst, x []float32)                { siluOfLayerGeneric(dst, x) }
func siluWithSlope(dst, slope, x []float32)       { siluWithSlopeGeneric(dst, slope, x) }
func hadamard(dst, x []float32)                   { hadamardGeneric(dst, x) }
func adam(p, g, m, v, avg []float32, s *AdamStep) { adamGeneric(p, g, m, v, avg, s) }
func ema(avg, x []float32, rate float32)          { emaGeneric(avg, x, rate) }
func sumSquares(x []float32) float64              { return sumSquaresGeneric(x) }
func addRows(dst []float32, a Matrix)             { addRowsGeneric(dst, a) }
func gemm[T float](p *product[T])                 { gemmGeneric(p) }

func perturbRows(dst, x Matrix, shift, sigma, scale, z []float32) {
	perturbRowsGeneric(dst, x, shift, sigma, scale, z)
}

func langevinRows(x, score Matrix, drift, diffusion, z []float32) {
	langevinRowsGeneric(x, score, drift, diffusion, z)
}

func combineRows(dst, x, y Matrix, a, b []float32) { combineRowsGeneric(dst, x, y, a, b) }
func addSquares(sums []float32, x Matrix)          { addSquaresGeneric(sums, x) }

func matchScore(df, y, f Matrix, a, b, g, loss, z []float32) {
	matchScoreGeneric(df, y, f, a, b, g, loss, z)
}

func packRows[T float](dst, src []T, stride, cols, rows int) {
	packRowsGeneric(dst, src, stride, cols, rows)
}

func packWide[T float](dst, src []T, stride, rows int) { packWideGeneric(dst, src, stride, rows) }

func packTransposed[T float](dst, src []T, stride, cols, rows int) {
	packTransposedGeneric(dst, src, stride, cols, rows)
}
