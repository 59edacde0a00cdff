package peers

import (
	"github.com/seed964deb49/langevin/bench/gonum/compare"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// ours is this module as gonum's BLAS and LAPACK, and its kernels where they are called as such.
func ours() []compare.Peer {
	return []compare.Peer{
		{
			Name:   "ours",
			Ours:   true,
			BLAS32: gonumblas.Float32{},
			BLAS64: gonumblas.Float64{},
			LAPACK: gonumblas.Lapack{},
		},
		{
			Name:        "kernels",
			Ours:        true,
			Functions32: kernels32,
			Functions64: kernels64,
		},
	}
}

var kernels32 = compare.Functions{
	"dot":     kernels.Dot,
	"axpy":    kernels.Axpy,
	"scal":    kernels.Scale,
	"asum":    kernels.Asum,
	"nrm2":    kernels.Norm,
	"iamax":   kernels.Iamax,
	"rot":     kernels.Rotate,
	"swap":    kernels.Swap,
	"sum":     kernels.Sum,
	"max":     kernels.Max,
	"argmax":  kernels.Argmax,
	"exp":     kernels.Exp,
	"log":     kernels.Log,
	"tanh":    kernels.Tanh,
	"sigmoid": kernels.Sigmoid,
	"sqrt":    kernels.Sqrt,
	"gemv": func(dst, a, x []float32, n int) {
		kernels.DotRows(dst, kernels.Matrix{Rows: n, Cols: n, Stride: n, Data: a}, x)
	},
}

var kernels64 = compare.Functions{
	"dot":     kernels.Dot64,
	"axpy":    kernels.Axpy64,
	"scal":    kernels.Scale64,
	"asum":    kernels.Asum64,
	"nrm2":    kernels.Norm64,
	"iamax":   kernels.Iamax64,
	"rot":     kernels.Rotate64,
	"swap":    kernels.Swap64,
	"sum":     kernels.Sum64,
	"max":     kernels.Max64,
	"argmax":  kernels.Argmax64,
	"exp":     kernels.Exp64,
	"log":     kernels.Log64,
	"tanh":    kernels.Tanh64,
	"sigmoid": kernels.Sigmoid64,
	"sqrt":    kernels.Sqrt64,
	"gemv": func(dst, a, x []float64, n int) {
		kernels.DotRows64(dst, kernels.Matrix64{Rows: n, Cols: n, Stride: n, Data: a}, x)
	},
}
