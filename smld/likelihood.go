package smld

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// Likelihood computes log-densities by the probability-flow ODE (Song et al. 2021, Appendix D.2). Along
// dx/dsigma = -sigma score, the log-density of the point changes as d log p/dsigma = sigma * divergence of
// the score, so that
//
//	log p_SigmaMin(x) = log prior(x at SigmaMax) - integral from SigmaMin to SigmaMax of sigma * divergence
//
// with the prior N(Mean, (SigmaMax^2 + Std^2) I). The prior's error falls with the square of Std/SigmaMax or
// faster. For mixtures it is from 0.0003 to 0.0012 nats with SigmaMax = 200, and from 0.0016 to 0.023 with
// the largest distance in the data. It is the most for two modes of the weights .8 and .2, whose shape is far
// from normal.
//
// The ODE is solved as RK45 does, each point with steps of its own. The score must be Divergent or
// Differentiable, and should be a RowScore.
type Likelihood struct {
	SigmaMin, SigmaMax float32   // in units of the points
	Mean               []float32 // of the data; nil is zero
	Std                float32   // of the data
	RelTol, AbsTol     float64   // of RK45, for the point and for the log-density; zero is 10^-5
	// Probes is the number of random vectors v whose v^T J v is averaged as an estimate of the divergence
	// (Hutchinson 1990). The entries of v are -1 or 1, each as likely. A probe is fixed along a point's path,
	// and follows from the seed and the point's number.
	//
	// With zero Probes the divergence is exact where the score is Divergent or of dimension ExactDimension at
	// most. Otherwise there is one probe.
	Probes int
}

// ExactDimension is the dimension up to which the divergence of a score that is only Differentiable is exact
// by default. Such a divergence takes as many evaluations of the derivative as there are dimensions.
const ExactDimension = 16

// LogDensity sets dst[i] to log p_SigmaMin at row i of x, in nats, and returns the mean number of score
// evaluations for a point. It returns the context's cause within a few hundredths of a second of its end.
func (l Likelihood) LogDensity(
	ctx context.Context, dst []float64, score Score, x kernels.Matrix, n Numbers,
) (float64, error) {
	if err := checkCall(score, x); err != nil {
		return 0, err
	}
	if len(dst) != x.Rows || l.Mean != nil && len(l.Mean) != x.Cols {
		return 0, fmt.Errorf("smld: %d log-densities for %d points of dimension %d "+
			"with a mean of dimension %d",
			len(dst), x.Rows, x.Cols, len(l.Mean))
	}
	if !(l.SigmaMin < l.SigmaMax) {
		return 0, fmt.Errorf("smld: noise levels from %v to %v: want SigmaMin below SigmaMax",
			l.SigmaMin, l.SigmaMax)
	}
	if !(l.Std >= 0) {
		return 0, fmt.Errorf("smld: standard deviation of the data of %v: want none below zero", l.Std)
	}
	divergence, err := l.divergence(&evaluation{ctx: ctx, score: score}, x.Cols, n)
	if err != nil {
		return 0, err
	}
	f := flow{
		rk45: RK45{
			Sigmas: []float32{l.SigmaMin, l.SigmaMax},
			RelTol: cmp.Or(l.RelTol, 1e-5), AbsTol: cmp.Or(l.AbsTol, 1e-5),
		},
		derivative: divergence,
	}
	y := kernels.NewMatrix(x.Rows, x.Cols)
	copyRows(y, x)
	clear(dst)
	evaluations, err := f.run(y, dst, n.First, func(int) error { return context.Cause(ctx) })
	if err != nil {
		return evaluations, err
	}
	variance := math.FMA(float64(l.SigmaMax), float64(l.SigmaMax), detmath.Square(float64(l.Std)))
	volume := float64(float64(x.Cols) / 2 * (detmath.LogTwoPi + detmath.Log(variance)))
	for i := range dst {
		square := 0.0
		for j, v := range y.Row(i) {
			d := float64(v)
			if l.Mean != nil {
				d -= float64(l.Mean[j])
			}
			square = math.FMA(d, d, square)
		}
		dst[i] = -square/(2*variance) - volume - dst[i]
		if math.IsNaN(dst[i]) || math.IsInf(dst[i], 0) {
			return evaluations, fmt.Errorf("smld: the log-density of point %d is %v",
				n.First+uint64(i), dst[i])
		}
	}
	return evaluations, nil
}

// divergence returns the derivative of a flow with the divergence beside it.
func (l Likelihood) divergence(e *evaluation, dim int, n Numbers) (derivative, error) {
	if l.Probes < 0 {
		return nil, fmt.Errorf("smld: %d probes: want none or more", l.Probes)
	}
	if _, ok := e.score.(Divergent); ok && l.Probes == 0 {
		return func(s kernels.Matrix, g []float64, x kernels.Matrix, sigma []float32, rows []int) error {
			e.numbers = rows
			return e.parts(x.Rows, func(from, to int) {
				d := e.of(from, to).(Divergent)
				d.ScoreDivergence(s.Slice(from, to), g[from:to], x.Slice(from, to), sigma[from:to])
			})
		}, nil
	}
	if _, ok := e.score.(Differentiable); !ok {
		return nil, fmt.Errorf("smld: a score of type %T has no derivative: "+
			"to have a likelihood it must implement smld.Divergent or smld.Differentiable", e.score)
	}
	t := &trace{numbers: n, probes: max(l.Probes, 1)}
	if t.exact = l.Probes == 0 && dim <= ExactDimension; t.exact {
		t.probes = dim
	}
	return func(s kernels.Matrix, g []float64, x kernels.Matrix, sigma []float32, rows []int) error {
		e.numbers = rows
		return e.parts(x.Rows, func(from, to int) {
			t.score = e.of(from, to).(Differentiable)
			t.add(s.Slice(from, to), g[from:to], x.Slice(from, to), sigma[from:to], rows[from:to])
		})
	}, nil
}

// trace computes the trace of a score's Jacobian from products with vectors: all unit vectors, or probes.
type trace struct {
	score   Differentiable
	numbers Numbers
	exact   bool
	probes  int
	v, vjp  kernels.Matrix
}

// add sets s to the score and g to the trace at the rows of x, which are those of the numbers' rows.
func (t *trace) add(s kernels.Matrix, g []float64, x kernels.Matrix, sigma []float32, rows []int) {
	if t.v.Rows < x.Rows {
		t.v, t.vjp = kernels.NewMatrix(x.Rows, x.Cols), kernels.NewMatrix(x.Rows, x.Cols)
	}
	v, vjp := t.v.Slice(0, x.Rows), t.vjp.Slice(0, x.Rows)
	clear(g)
	for p := range t.probes {
		for i, row := range rows {
			if t.exact {
				clear(v.Row(i))
				v.Row(i)[p] = 1
			} else {
				probe(v.Row(i), stream(t.numbers.Seed, streams.Probe, uint64(p)), t.numbers.First+uint64(row))
			}
		}
		t.score.ScoreVJP(s, vjp, x, v, sigma)
		for i := range g {
			for j, v := range v.Row(i) {
				g[i] = math.FMA(float64(v), float64(vjp.Row(i)[j]), g[i])
			}
		}
	}
	if !t.exact {
		for i := range g {
			g[i] /= float64(t.probes)
		}
	}
}

// probe sets v to the probe of a point, from the bits of one word for 32 entries.
func probe(v []float32, noise kernels.Noise, number uint64) {
	words := uint64(len(v)+31) / 32
	for j := range v {
		v[j] = 1
		if randomWord(noise, number*words+uint64(j/32))>>(j%32)&1 == 1 {
			v[j] = -1
		}
	}
}

// BitsPerDimension turns a log-density in nats into bits for each of dim dimensions:
//
//	-nats/(dim ln 2) - log2(bin)
//
// The values of the data are whole multiples of bin: 1 for integers, 1/256 for images of 8 bits divided by
// 256, 2/255 for those scaled to [-1, 1]. A density times bin^dim is the probability of the value's bin where
// the density is that of values spread evenly over their bins (see Dequantize). The mean of the logarithm is
// then a lower bound of that of the values themselves (Theis et al. 2016).
//
// Values that are not discrete have no bits. bin = 1 then gives the density's in units of the data.
func BitsPerDimension(nats float64, dim int, bin float64) float64 {
	return (-nats/float64(dim) - detmath.Log(bin)) / math.Ln2
}
