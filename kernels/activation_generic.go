package kernels

import "github.com/seed964deb49/langevin/internal/coef"

func siluOfLayerGeneric(dst, x []float32) {
	for i, x := range x {
		dst[i] = siluLayer(x)
	}
}

func siluWithSlopeGeneric(dst, slope, x []float32) {
	for i, x := range x {
		dst[i], slope[i] = siluAndSlope(x, coef.LayerMax)
	}
}

// hadamardGeneric sets dst[i] = dst[i]*x[i].
func hadamardGeneric(dst, x []float32) {
	for i, x := range x {
		dst[i] *= x
	}
}
