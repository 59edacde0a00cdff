package peers

import (
	"github.com/seed964deb49/langevin/bench/gonum/compare"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// ours is this module as gonum's BLAS, and its kernels where they are called as such.
func ours() []compare.Peer {
	return []compare.Peer{
		{
			Name:   "ours",
			Ours:   true,
			BLAS32: gonumblas.Float32{},
			BLAS64: gonumblas.Float64{},
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
	"exp":     kernels.Exp,
	"log":     kernels.Log,
	"tanh":    kernels.Tanh,
	"sigmoid": kernels.Sigmoid,
	"sqrt":    kernels.Sqrt,
}

var kernels64 = compare.Functions{
	"exp":     kernels.Exp64,
	"log":     kernels.Log64,
	"tanh":    kernels.Tanh64,
	"sigmoid": kernels.Sigmoid64,
	"sqrt":    kernels.Sqrt64,
}
