package peers

import (
	"math"

	"github.com/seed964deb49/langevin/bench/gonum/compare"
)

// These loops are written out, since a call by way of a function value takes several times as long.

func exp[T compare.Float](dst, x []T) {
	for i := range dst {
		dst[i] = T(math.Exp(float64(x[i])))
	}
}

func log[T compare.Float](dst, x []T) {
	for i := range dst {
		dst[i] = T(math.Log(float64(x[i])))
	}
}

func tanh[T compare.Float](dst, x []T) {
	for i := range dst {
		dst[i] = T(math.Tanh(float64(x[i])))
	}
}

func sigmoid[T compare.Float](dst, x []T) {
	for i := range dst {
		dst[i] = T(1 / (1 + math.Exp(-float64(x[i]))))
	}
}

func sqrt[T compare.Float](dst, x []T) {
	for i := range dst {
		dst[i] = T(math.Sqrt(float64(x[i])))
	}
}
