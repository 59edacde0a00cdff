package kernels

func axpyGeneric[T float](y []T, a T, x []T) {
	for i, x := range x {
		y[i] = fma(a, x, y[i])
	}
}

func scaleGeneric[T float](dst []T, a T, x []T) {
	for i, x := range x {
		dst[i] = a * x
	}
}

func rotateGeneric[T float](x, y []T, c, s T) {
	for i := range x {
		x[i], y[i] = fma(c, x[i], T(s*y[i])), fma(c, y[i], T(-s*x[i]))
	}
}

func swapGeneric[T float](x, y []T) {
	for i := range x {
		x[i], y[i] = y[i], x[i]
	}
}
