package kernels

import "github.com/seed964deb49/langevin/internal/coef"

// siluOfLayerGeneric sets dst[i] = siluLayer(x[i]).
func siluOfLayerGeneric(dst, x []float32) {
	dst = dst[:len(x)]
	for i, x := range x {
		y, _, d := siluTwice(x, coef.LayerMax)
		if !d.none() {
			y = siluLayer(x)
		}
		dst[i] = y
	}
}

// siluWithSlopeGeneric sets dst[i], slope[i] = siluAndSlope(x[i], coef.LayerMax).
func siluWithSlopeGeneric(dst, slope, x []float32) {
	dst, slope = dst[:len(x)], slope[:len(x)]
	for i, x := range x {
		y, s, d := siluTwice(x, coef.LayerMax)
		if !d.none() {
			y, s = siluAndSlope(x, coef.LayerMax)
		}
		dst[i], slope[i] = y, s
	}
}

// hadamardGeneric sets dst[i] = dst[i]*x[i].
func hadamardGeneric(dst, x []float32) {
	for i, x := range x {
		dst[i] *= x
	}
}
