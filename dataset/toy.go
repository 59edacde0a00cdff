package dataset

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// A toySet is a distribution in the plane, given as a function of four uniform random words and two independent
// standard normals.
type toySet struct {
	name  string
	point func(w [4]uint32, z1, z2 float64) (x, y float64)
	// classes are how many parts it has, and class is that of a point from the same words; nil where it has
	// none.
	classes int
	class   func(w [4]uint32) int
}

var toySets = []toySet{
	{"8gaussians", eightGaussians, 8, func(w [4]uint32) int { return choice(w[0], 8) }},
	{"moons", moons, 2, func(w [4]uint32) int { return choice(w[1], 2) }},
	{"swissroll", swissRoll, 0, nil},
	{"checkerboard", checkerboard, 0, nil},
	{"2spirals", twoSpirals, 2, func(w [4]uint32) int { return choice(w[3], 2) }},
	{"pinwheel", pinwheel, 5, func(w [4]uint32) int { return choice(w[0], 5) }},
	{"25gaussians", gridGaussians, gridSide * gridSide, gridGaussian},
	{"2gaussians", twoGaussians, 2, twoGaussian},
}

// ToyNames returns the names of the toy sets.
func ToyNames() []string {
	names := make([]string, len(toySets))
	for i, s := range toySets {
		names[i] = s.name
	}
	return names
}

// Toy returns a two-dimensional distribution as a Source whose point i is a pure function of seed and i. The name is
// one of
//
//	8gaussians    the equal mixture that EightGaussians describes
//	moons         two interleaving half circles with noise
//	swissroll     a spiral with noise, the roll seen from its side
//	checkerboard  the uniform distribution on eight of the 4x4 squares that tile [-4,4]^2
//	2spirals      two spirals that wind around each other
//	pinwheel      five curved arms
//	25gaussians   the equal mixture that GridGaussians describes
//	2gaussians    the mixture that TwoGaussians describes
//
// The formulas are those of the toy data of FFJORD (Grathwohl et al., "FFJORD: Free-form continuous dynamics for
// scalable reversible generative models", ICLR 2019), where moons and swissroll come from scikit-learn; 8gaussians
// keeps the ring at radius 4 instead of scaling it, and its standard deviation is 0.3. Each point is drawn on its
// own, so that positions along a curve and the choice of a part are random where those programs space them evenly.
//
// Sets of several parts, which are all but swissroll and checkerboard, are Labelled: a point's class is its part.
func Toy(name string, seed uint64) (Source, error) {
	i := slices.IndexFunc(toySets, func(s toySet) bool { return s.name == name })
	if i < 0 {
		return nil, fmt.Errorf("no toy data set %q; choose one of %s", name, strings.Join(ToyNames(), ", "))
	}
	t := &toy{set: toySets[i], seed: seed, normals: make([]float32, 2*toyChunk)}
	if t.set.classes == 0 {
		return t, nil
	}
	return &classedToy{t}, nil
}

// toyPoints is how many points stand for a toy set in a Set.
const toyPoints = 10_000

// toySample returns the first points of a toy set as a Set that can have more.
func toySample(name string, seed uint64) (*Set, error) {
	source, err := Toy(name, seed)
	if err != nil {
		return nil, err
	}
	points, x := kernels.NewMatrix(toyPoints, source.Dim()), kernels.NewMatrix64(toyPoints, source.Dim())
	source.Batch(points, 0)
	for i, v := range points.Data {
		x.Data[i] = float64(v)
	}
	set, err := newSet(name, x, []int{x.Cols}, []Column{{Name: "x"}, {Name: "y"}}, Options{})
	if err != nil {
		return nil, err
	}
	if classes, ok := source.(Labelled); ok {
		set.Labels, set.Classes = make([]int, toyPoints), numbers(classes.Classes())
		classes.LabelBatch(set.Labels, 0)
	}
	set.About = fmt.Sprintf("%s, points without end in the plane", name)
	set.Fresh = func(seed uint64) Source {
		source, err := Toy(name, seed)
		if err != nil {
			panic(err) // the name was good above
		}
		return source
	}
	return set, nil
}

// toyChunk is the number of points whose normals are drawn at a time.
const toyChunk = 512

type toy struct {
	set     toySet
	seed    uint64
	normals []float32
}

func (t *toy) Dim() int { return 2 }

func (t *toy) Batch(dst kernels.Matrix, first uint64) {
	checkBatch(t.set.name, dst, 2, first, math.MaxInt64)
	key, stream := split(t.seed), split(streams.ToyWords)
	noise := kernels.Noise{Seed: t.seed, Stream: streams.ToyNormals}
	for from := 0; from < dst.Rows; from += toyChunk {
		n, at := min(toyChunk, dst.Rows-from), first+uint64(from)
		z := t.normals[:2*n]
		noise.Fill(z, 2*at)
		for r := range n {
			x, y := t.set.point(philox(key, at+uint64(r), stream), float64(z[2*r]), float64(z[2*r+1]))
			row := dst.Row(from + r)
			row[0], row[1] = float32(x), float32(y)
		}
	}
}

// The ring of eight Gaussians: its radius and the standard deviation of each.
const (
	ringRadius = 4
	ringStd    = float32(0.3)
)

// ringMeans holds the means of the eight Gaussians, anticlockwise from the x axis.
var ringMeans = func() [8][2]float32 {
	const diagonal = ringRadius * (math.Sqrt2 / 2)
	return [8][2]float32{
		{ringRadius, 0}, {diagonal, diagonal}, {0, ringRadius}, {-diagonal, diagonal},
		{-ringRadius, 0}, {-diagonal, -diagonal}, {0, -ringRadius}, {diagonal, -diagonal},
	}
}()

// EightGaussians returns the parameters of the toy set 8gaussians: it is the equal mixture of eight Gaussians with
// the rows of means, 8x2, as their means and covariance std^2 I. The means lie on a circle of radius 4; std is 0.3.
func EightGaussians() (means kernels.Matrix, std float32) {
	means = kernels.NewMatrix(len(ringMeans), 2)
	for i, m := range ringMeans {
		copy(means.Row(i), m[:])
	}
	return means, ringStd
}

func eightGaussians(w [4]uint32, z1, z2 float64) (x, y float64) {
	m := ringMeans[choice(w[0], 8)]
	return math.FMA(float64(ringStd), z1, float64(m[0])), math.FMA(float64(ringStd), z2, float64(m[1]))
}

// GridGaussians returns the parameters of the toy set 25gaussians: it is the equal mixture of 25 Gaussians with the rows
// of means, 25x2, as their means and covariance std^2 I. The means are the points of {-4, -2, 0, 2, 4}^2; std is 0.05.
func GridGaussians() (means kernels.Matrix, std float32) {
	means = kernels.NewMatrix(gridSide*gridSide, 2)
	for i := range means.Rows {
		copy(means.Row(i), []float32{float32(float64(2*(i%gridSide) - 4)), float32(float64(2*(i/gridSide) - 4))})
	}
	return means, gridStd
}

const (
	gridSide = 5
	gridStd  = float32(0.05)
)

func gridGaussians(w [4]uint32, z1, z2 float64) (x, y float64) {
	k := gridGaussian(w)
	return math.FMA(float64(gridStd), z1, float64(2*(k%gridSide)-4)), math.FMA(float64(gridStd), z2, float64(2*(k/gridSide)-4))
}

// TwoGaussians returns the parameters of the toy set 2gaussians: .8 N((5,5), I) + .2 N((-5,-5), I), the distribution on
// which Song and Ermon 2019 show that Langevin dynamics loses the weights of modes (Figure 3).
func TwoGaussians() (weights []float64, means kernels.Matrix, std float32) {
	means = kernels.NewMatrix(2, 2)
	copy(means.Data, []float32{5, 5, -5, -5})
	return []float64{0.8, 0.2}, means, 1
}

func twoGaussians(w [4]uint32, z1, z2 float64) (x, y float64) {
	if twoGaussian(w) == 0 {
		return 5 + z1, 5 + z2
	}
	return z1 - 5, z2 - 5
}

// moons is 2p + (-1, -0.2), where p lies on a half circle (cos a, sin a), or on its counterpart (1 - cos a,
// 1/2 - sin a), 0 < a < pi, with noise of standard deviation 0.1.
func moons(w [4]uint32, z1, z2 float64) (x, y float64) {
	s, c := detmath.Sincos(math.Pi * unit(w[0]))
	if choice(w[1], 2) == 1 {
		s, c = 0.5-s, 1-c
	}
	return math.FMA(2, math.FMA(0.1, z1, c), -1), math.FMA(2, math.FMA(0.1, z2, s), -0.2)
}

// swissRoll is (t cos t, t sin t) with noise of standard deviation 1, over 5; t is uniform in (3 pi/2, 9 pi/2).
func swissRoll(w [4]uint32, z1, z2 float64) (x, y float64) {
	t := 1.5 * math.Pi * math.FMA(2, unit(w[0]), 1)
	s, c := detmath.Sincos(t)
	return math.FMA(t, c, z1) / 5, math.FMA(t, s, z2) / 5
}

// checkerboard is twice a point whose first coordinate is uniform in (-2, 2) and whose second is uniform in the two
// unit intervals that the parity of the first one's floor leaves.
func checkerboard(w [4]uint32, _, _ float64) (x, y float64) {
	x = math.FMA(4, unit(w[0]), -2)
	y = unit(w[1]) - float64(2*choice(w[2], 2)) + float64(int(math.Floor(x))&1)
	return 2 * x, 2 * y
}

// twoSpirals is p/3 or -p/3 with noise of standard deviation 0.1, where p = (-t cos t, t sin t) plus a point uniform
// in [0, 1/2]^2 and t = 3 pi sqrt(u), which spreads the points evenly along the arm.
func twoSpirals(w [4]uint32, z1, z2 float64) (x, y float64) {
	t := 3 * math.Pi * math.Sqrt(unit(w[0]))
	s, c := detmath.Sincos(t)
	x = math.FMA(-t, c, 0.5*unit(w[1])) / 3
	y = math.FMA(t, s, 0.5*unit(w[2])) / 3
	if choice(w[3], 2) == 1 {
		x, y = -x, -y
	}
	return math.FMA(0.1, z1, x), math.FMA(0.1, z2, y)
}

// pinwheel is 2r in one of five arms: r = (1 + 0.3 z1, 0.1 z2), turned clockwise by 2 pi k/5 + exp(r1)/4.
func pinwheel(w [4]uint32, z1, z2 float64) (x, y float64) {
	a, b := math.FMA(0.3, z1, 1), 0.1*z2
	turn := math.FMA(0.25, detmath.Exp(a), 2*math.Pi/5*float64(choice(w[0], 5)))
	s, c := detmath.Sincos(turn)
	return 2 * math.FMA(a, c, float64(b*s)), 2 * math.FMA(b, c, -float64(a*s))
}
