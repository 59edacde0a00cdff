package peers

import (
	blasgonum "gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/floats"

	"github.com/seed964deb49/langevin/bench/gonum/compare"
)

// gonum is gonum without a C library, and a loop over package math where it has no function.
func gonum() compare.Peer {
	return compare.Peer{
		Name:        "gonum",
		BLAS32:      blasgonum.Implementation{},
		BLAS64:      blasgonum.Implementation{},
		Functions32: loops[float32](),
		Functions64: with(loops[float64](), compare.Functions{
			"sum": floats.Sum, "max": floats.Max, "argmax": floats.MaxIdx,
		}),
	}
}

// with returns the functions of both, those of more where both have one.
func with(functions, more compare.Functions) compare.Functions {
	for name, f := range more {
		functions[name] = f
	}
	return functions
}

func loops[T compare.Float]() compare.Functions {
	return compare.Functions{
		"sum": sum[T], "max": func(x []T) T { return x[argmax(x)] }, "argmax": argmax[T],
		"exp": exp[T], "log": log[T], "tanh": tanh[T], "sigmoid": sigmoid[T], "sqrt": sqrt[T],
	}
}

func sum[T compare.Float](x []T) T {
	var s T
	for _, v := range x {
		s += v
	}
	return s
}

func argmax[T compare.Float](x []T) int {
	best := 0
	for i, v := range x {
		if v > x[best] {
			best = i
		}
	}
	return best
}
