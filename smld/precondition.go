package smld

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// A model sees a point through the preconditioning of Karras et al. 2022 ("Elucidating the design space of
// diffusion-based generative models", Table 1): with m the data's mean, s its standard deviation and F the network,
//
//	denoised = m + cSkip (x-m) + cOut F(cIn (x-m), noise level)
//	cSkip = s^2/(sigma^2+s^2), cOut = sigma s/sqrt(sigma^2+s^2), cIn = 1/sqrt(sigma^2+s^2)
//
// and score = (denoised - x)/sigma^2, which is linear in the scaled point cIn (x-m) and F, without the cancellation of that difference:
//
//	score = -cIn (x-m)/sqrt(sigma^2+s^2) + s/(sigma sqrt(sigma^2+s^2)) F
//
// The noise level enters as sines and cosines of low multiples of log(sigma/s).

var frequencies = [...]float64{0.25, 0.5, 1, 2}

// levelFeatures is the number of network inputs that carry the noise level.
const levelFeatures = 2 * len(frequencies)

// level holds what depends on the noise level alone.
type level struct {
	sigma    float32
	scaleIn  float32 // cIn
	linearIn float32 // factor of cIn (x-m) in the score
	network  float32 // factor of F in the score
	features [levelFeatures]float32
}

func newLevel(sigma, std float32) level {
	s, d := float64(sigma), float64(std)
	variance := math.FMA(s, s, float64(d*d))
	root := math.Sqrt(variance)
	l := level{sigma: sigma, scaleIn: float32(1 / root), linearIn: float32(-1 / root), network: float32(d / (s * root))}
	u := detmath.Log(s / d)
	for i, f := range frequencies {
		sin, cos := detmath.Sincos(f * u)
		l.features[2*i], l.features[2*i+1] = float32(sin), float32(cos)
	}
	return l
}

// points returns the columns of a network's input that hold the scaled points; the level's features follow them.
func points(input kernels.Matrix, dim int) kernels.Matrix {
	input.Cols = dim
	return input
}
