package smld

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// Preconditioning is the way in which a network's output gives the score.
type Preconditioning string

// EDM, NCSNv2, Bounded and Linear are the ways in which a network's output gives the score. m is the data's
// mean, s its standard deviation and F the network.
//
// EDM is the preconditioning of Karras et al. 2022 ("Elucidating the design space of diffusion-based
// generative models", Table 1),
//
//	denoised = m + cSkip (x-m) + cOut F(cIn (x-m), noise level)
//	cSkip = s^2/(sigma^2+s^2), cOut = sigma s/sqrt(sigma^2+s^2), cIn = 1/sqrt(sigma^2+s^2)
//
// and score = (denoised - x)/sigma^2. The score is linear in F and in the scaled point cIn (x-m). The linear
// form does not have the cancellation of that difference:
//
//	score = -cIn (x-m)/sqrt(sigma^2+s^2) + s/(sigma sqrt(sigma^2+s^2)) F
//
// NCSNv2 is the preconditioning of Song and Ermon 2020, Technique 3, of points in units of the data's
// standard deviation:
//
//	score = F((x-m)/s, noise level)/sigma
//
// Bounded is for data that lie in an interval, such as the pixels of an image. Each pixel has its own
// interval where the encoding knows it. Let e be what EDM takes for the denoised point. Bounded brings e into
// the interval first,
//
//	denoised = low + t softplus((e-low)/t) - t softplus((e-high)/t),    t = cOut/2
//
// with the arguments of softplus no less than -32, lest gradients become subnormal numbers. The denoised
// point is nearly e inside, and low or high beyond the ends, the more sharply the less noise there is. The
// data may be at an end, as the background of an image is. There the network need not give back the noise of
// x to the last digit, but only something outside.
//
// Training of Bounded follows the gradient of the loss for e whose derivative is denoised - x0, with x0 the
// clean point. That loss is convex, and it is least where denoised is the mean of x0. The square of the
// difference is least there too, but its gradient vanishes with the slope of softplus, and this one does not
// (the matching loss of Auer, Herbster and Warmuth 1996, "Exponentially many local minima for single
// neurons").
//
// Linear is EDM with the covariance of the data in the place of s^2. In the coordinates of its principal
// axes, the standard deviation s_j along axis j is in the place of s. A network that returns zero then has
// the score of the normal distribution with the data's mean and covariance. The network learns what is left.
// It sees and returns coordinates along the axes that the data have any extent along. The other axes keep
// that normal score.
//
// A denoised point is a mean of points of the data. Along each axis it lies between the lowest and the
// highest of them. With Linear, what a network says more than s_j beyond an end counts as that end, lest a
// sample that strays to where the network has learned nothing be led away for good. Training does not see
// these ends.
//
// The noise level enters behind the point, as sines and cosines of low multiples of u = log(sigma/s), in the
// order sin(u/4), cos(u/4), sin(u/2), cos(u/2), sin(u), cos(u), sin(2u), cos(2u). Augment labels
// follow, and then the condition with a number that is 1 where there is one; see Conditional.
const (
	EDM     Preconditioning = "edm"
	NCSNv2  Preconditioning = "ncsnv2"
	Bounded Preconditioning = "bounded"
	Linear  Preconditioning = "linear"
)

// The multiples are the lowest and its doubles. Their sines and cosines follow by the formulas for double
// angles.
const (
	lowestFrequency = 0.25
	frequencies     = 4
)

// levelFeatures is the number of network inputs that carry the noise level.
const levelFeatures = 2 * frequencies

// level holds what depends on the noise level alone.
type level struct {
	sigma     float32
	scaleIn   float32 // of x-m in the network's input
	linearIn  float32 // factor of the scaled point in the score
	network   float32 // factor of F in the score
	weightEDM float32 // see WeightEDM
	skip      float32 // of Bounded: factor of the scaled point in e - m
	out       float32 // of F there
	soft      float32 // t
	features  [levelFeatures]float32
}

// level returns a noise level as the model sees it.
func (m *Model) level(sigma float32) level {
	return m.levelAt(sigma, detmath.Log(float64(sigma)/float64(m.Std)))
}

// levelAt returns a noise level where u = log(sigma/Std) is known.
func (m *Model) levelAt(sigma float32, u float64) level {
	s, d := float64(sigma), float64(m.Std)
	variance := math.FMA(s, s, detmath.Square(d))
	root := math.Sqrt(variance)
	l := level{
		sigma: sigma, scaleIn: float32(1 / root), linearIn: float32(-1 / root),
		network:   float32(d / (s * root)),
		weightEDM: float32(variance / detmath.Square(d)),
	}
	switch m.Preconditioning {
	case NCSNv2:
		l.scaleIn, l.linearIn, l.network = float32(1/d), 0, float32(1/s)
	case Bounded:
		out := s * d / root
		l.skip, l.out, l.soft = float32(detmath.Square(d)/root), float32(out), float32(out/2)
	}
	sin, cos := detmath.Sincos(lowestFrequency * u)
	for i := range frequencies {
		l.features[2*i], l.features[2*i+1] = float32(sin), float32(cos)
		sin, cos = 2*sin*cos, math.FMA(-2*sin, sin, 1)
	}
	return l
}

// points returns the columns of a network's input that hold the scaled points. The level's features follow
// them.
func points(input kernels.Matrix, dim int) kernels.Matrix {
	input.Cols = dim
	return input
}

// labels returns the columns of an input of m that hold augment labels. They follow the level's features.
func (m *Model) labels(input kernels.Matrix) kernels.Matrix {
	return columns(input, m.width()+levelFeatures, m.AugmentLabels)
}

// conditions returns the columns of an input of m that hold the condition. They follow the augment labels.
func (m *Model) conditions(input kernels.Matrix) kernels.Matrix {
	return columns(input, m.width()+levelFeatures+m.AugmentLabels, conditionInputs(m.Conditions))
}

// columns returns some columns of a matrix, from a first one on.
func columns(x kernels.Matrix, first, count int) kernels.Matrix {
	x.Data, x.Cols = x.Data[min(first, len(x.Data)):], count
	return x
}
