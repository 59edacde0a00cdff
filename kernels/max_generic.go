package kernels

import "math"

func maxBlocksGeneric[T float](of, x []T) {
	eachBlock(of, len(x), func(from, to int) T { return most(x[from:to], itself) })
}

func amaxBlocksGeneric[T float](of, x []T) {
	eachBlock(of, len(x), func(from, to int) T { return most(x[from:to], magnitude) })
}

func argmaxGeneric[T float](x []T) int { return first(x, itself) }

func iamaxGeneric[T float](x []T) int { return first(x, magnitude) }

func itself[T float](x T) T { return x }

// most is the greatest f(x[i]), of zeros the positive one.
func most[T float](x []T, f func(T) T) T {
	most := T(math.Inf(-1))
	for _, v := range x {
		if v := f(v); v > most {
			most = v
		}
	}
	return most + 0
}

// first is the index of the first greatest f(x[i]).
func first[T float](x []T, f func(T) T) int {
	most := most(x, f)
	for i, v := range x {
		if f(v) == most {
			return i
		}
	}
	return -1
}
