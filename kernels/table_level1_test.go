package kernels

import (
	"math"
	"strings"
)

// level1 has the functions of BLAS's level 1 for one type.
type level1[T float] struct {
	dot                  func(x, y []T) T
	sum, asum, norm, max func(x []T) T
	argmax, iamax        func(x []T) int
	axpy, scale          func(y []T, a T, x []T)
	rotate               func(x, y []T, c, s T)
	swap                 func(x, y []T)
}

var (
	level1Of32 = level1[float32]{Dot, Sum, Asum, Norm, Max, Argmax, Iamax, Axpy, Scale, Rotate, Swap}
	level1Of64 = level1[float64]{
		Dot64, Sum64, Asum64, Norm64, Max64, Argmax64, Iamax64, Axpy64, Scale64, Rotate64, Swap64,
	}
)

// level1Rows are the rows of these functions, whose names end in 64 for float64. Those of the kernels on
// blocks have the blocks' numbers summed by the functions.
func level1Rows[T float](double string, f level1[T]) []rowOf[T] {
	result := func(f func(x []T) T) func(o operandsOf[T]) {
		return func(o operandsOf[T]) { o.setSum(float64(f(o.x[0]))) }
	}
	index := func(f func(x []T) int) func(o operandsOf[T]) {
		return func(o operandsOf[T]) { o.setSum(float64(f(o.x[0]))) }
	}
	rows := []rowOf[T]{
		{name: "Dot", kernel: "dotBlocks", values: TestDot,
			call: func(o operandsOf[T]) { o.setSum(float64(f.dot(o.x[0], o.x[1]))) }},
		{name: "Sum", kernel: "sumBlocks", call: result(f.sum), values: TestSum},
		{name: "Asum", kernel: "asumBlocks", call: result(f.asum), values: TestAsum},
		{name: "Norm", kernel: "squareBlocks", call: result(f.norm), values: TestNorm},
		{name: "Max", kernel: "maxBlocks", call: result(f.max), values: TestMax},
		{name: "Argmax", kernel: "argmax", call: index(f.argmax), values: TestMax},
		{name: "Iamax", kernel: "iamax", call: index(f.iamax), values: TestIamax},
		{name: "Iamax/blocks", kernel: "amaxBlocks", call: index(f.iamax), values: TestIamax},
		{name: "Axpy", kernel: "axpy", inPlace: []string{"y=x"},
			call:    func(o operandsOf[T]) { f.axpy(o.x[0], o.s[0], o.x[1]) },
			formula: func(e element) (float64, float64) { return terms(e.x[0], e.s[0]*e.x[1]) }},
		{name: "Scale", kernel: "scale", inPlace: []string{"dst=x"},
			call:    func(o operandsOf[T]) { f.scale(o.x[0], o.s[0], o.x[1]) },
			formula: func(e element) (float64, float64) { return terms(e.s[0] * e.x[1]) }},
		{name: "Rotate", kernel: "rotate", values: TestRotate,
			call: func(o operandsOf[T]) { f.rotate(o.x[0], o.x[1], o.s[0], o.s[1]) }},
		{name: "Swap", kernel: "swap", inPlace: []string{"x=y"},
			call:    func(o operandsOf[T]) { f.swap(o.x[0], o.x[1]) },
			formula: func(e element) (float64, float64) { return e.x[1], math.Abs(e.x[1]) }},
	}
	for i := range rows {
		name, particular, cut := strings.Cut(rows[i].name, "/")
		if rows[i].name = name + double; cut {
			rows[i].name += "/" + particular
		}
		rows[i].kernel += double
	}
	return rows
}
