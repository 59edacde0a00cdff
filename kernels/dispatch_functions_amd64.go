//go:build !purego

package kernels

func evaluate(f function, dst, x []float32) {
	switch active {
	case generic:
		evaluateGeneric(f, dst, x)
	case avx512:
		evaluateAVX512(f, dst, x)
	default:
		evaluateAVX2(f, dst, x)
	}
}

func backward(f function, dst, dy, x []float32) {
	switch active {
	case generic:
		backwardGeneric(f, dst, dy, x)
	case avx512:
		backwardAVX512(f, dst, dy, x)
	default:
		backwardAVX2(f, dst, dy, x)
	}
}

func evaluateAVX2(f function, dst, x []float32) {
	switch f {
	case expFunction:
		expAVX2(&dst[0], &x[0], len(dst))
	case logFunction:
		logAVX2(&dst[0], &x[0], len(dst))
	case sigmoidFunction:
		sigmoidAVX2(&dst[0], &x[0], len(dst))
	case softplusFunction:
		softplusAVX2(&dst[0], &x[0], len(dst))
	case tanhFunction:
		tanhAVX2(&dst[0], &x[0], len(dst))
	case eluFunction:
		eluAVX2(&dst[0], &x[0], len(dst))
	case siluFunction:
		siluAVX2(&dst[0], &x[0], len(dst))
	}
}

func backwardAVX2(f function, dst, dy, x []float32) {
	switch f {
	case sigmoidFunction:
		sigmoidGradAVX2(&dst[0], &dy[0], &x[0], len(dst))
	case softplusFunction:
		softplusGradAVX2(&dst[0], &dy[0], &x[0], len(dst))
	case tanhFunction:
		tanhGradAVX2(&dst[0], &dy[0], &x[0], len(dst))
	case eluFunction:
		eluGradAVX2(&dst[0], &dy[0], &x[0], len(dst))
	case siluFunction:
		siluGradAVX2(&dst[0], &dy[0], &x[0], len(dst))
	}
}

func evaluateAVX512(f function, dst, x []float32) {
	switch f {
	case expFunction:
		expAVX512(&dst[0], &x[0], len(dst))
	case logFunction:
		logAVX512(&dst[0], &x[0], len(dst))
	case sigmoidFunction:
		sigmoidAVX512(&dst[0], &x[0], len(dst))
	case softplusFunction:
		softplusAVX512(&dst[0], &x[0], len(dst))
	case tanhFunction:
		tanhAVX512(&dst[0], &x[0], len(dst))
	case eluFunction:
		eluAVX512(&dst[0], &x[0], len(dst))
	case siluFunction:
		siluAVX512(&dst[0], &x[0], len(dst))
	}
}

func backwardAVX512(f function, dst, dy, x []float32) {
	switch f {
	case sigmoidFunction:
		sigmoidGradAVX512(&dst[0], &dy[0], &x[0], len(dst))
	case softplusFunction:
		softplusGradAVX512(&dst[0], &dy[0], &x[0], len(dst))
	case tanhFunction:
		tanhGradAVX512(&dst[0], &dy[0], &x[0], len(dst))
	case eluFunction:
		eluGradAVX512(&dst[0], &dy[0], &x[0], len(dst))
	case siluFunction:
		siluGradAVX512(&dst[0], &dy[0], &x[0], len(dst))
	}
}
