package peers

import (
	vek64 "github.com/viterin/vek"
	"github.com/viterin/vek/vek32"

	"github.com/seed964deb49/langevin/bench/gonum/compare"
)

// vek is viterin/vek, which has AVX2 and no other vectors. Its root of 1 in float32 is 0.99999994.
func vek() compare.Peer {
	return compare.Peer{
		Name:       "vek",
		Inaccurate: []string{"sqrt f32"},
		Functions32: compare.Functions{
			"dot":  vek32.Dot,
			"scal": vek32.MulNumber_Inplace, "asum": vek32.ManhattanNorm, "nrm2": vek32.Norm,
			"sum": vek32.Sum, "max": vek32.Max, "argmax": vek32.ArgMax,
			"exp": vek32.Exp_Into, "log": vek32.Log_Into, "sqrt": vek32.Sqrt_Into,
			"gemm": func(dst, a, b []float32, n int) { vek32.MatMul_Into(dst, a, b, n) },
		},
		Functions64: compare.Functions{
			"dot":  vek64.Dot,
			"scal": vek64.MulNumber_Inplace, "asum": vek64.ManhattanNorm, "nrm2": vek64.Norm,
			"sum": vek64.Sum, "max": vek64.Max, "argmax": vek64.ArgMax,
			"sqrt": vek64.Sqrt_Into,
			"gemm": func(dst, a, b []float64, n int) { vek64.MatMul_Into(dst, a, b, n) },
		},
	}
}
