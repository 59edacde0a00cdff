// Package streams has the table of all random numbers that this module makes of a seed. Whatever draws takes
// its place from here, so that one seed can feed everything.
//
// A seed is the key of Philox4x32. It has 2^64 streams of 2^64 blocks of four words. A place is a rectangle of
// both: some streams, and of each some blocks.
package streams

import "math"

// Blocks from which the words of a stream are, in every stream. Each kind ends where the next begins. The
// blocks from End on are not in use.
const (
	Normals    = 0        // Fill, AddNoise and Langevin of package kernels, and words by number
	Shifted    = 4 << 60  // displacements of images
	Epochs     = 8 << 60  // orders of rows
	Normals64  = 12 << 60 // Noise.Fill64
	Uniforms   = 13 << 60 // Noise.Uniform
	Uniforms64 = 14 << 60 // Noise.Uniform64 and Source
	End        = 15 << 60
)

// Streams of package metrics, and what is before them.
const (
	Callers    = 0             // noise of whoever uses the module
	Directions = 1 << 40       // of sliced distances
	Score      = 1 << 41       // noise on the points of a score's error; one a level
	Divergence = Score + 1<<40 // noise on the points of a divergence
	Splits     = 1 << 42       // divisions of a permutation test, one each
	Order      = 1 << 43       // an order of points
)

// Streams of package smld. A purpose has 2^48 of them, one a step where it has steps.
const (
	Init       = (iota + 1) * purpose // initial weights
	Levels                            // noise level of each training point
	Train                             // noise on each training point
	Prior                             // where samples start
	Sample                            // noise of each sampling step
	Components                        // component of each point of a mixture
	Points                            // where in the component
	Corrector                         // noise of each step of a corrector
	Probe                             // probes of a divergence
	Known                             // noise on known coordinates
	Dequantize                        // where in its bin a value lies
	_                                 // in use once, and kept so that those below stay what they are
	HeldOut                           // noise on held-out points
	Axes                              // where the search for principal axes begins
	Particles                         // of an Inpainter: where they start, and their steps
	Resampling                        // which of them go on
	Dropout                           // which training points lose their conditions
)

const purpose = 1 << 48

// Streams of the toy sets of package dataset: point i is made of normals 2i and 2i+1 and of block i.
const (
	ToyNormals = 1 << 63
	ToyWords   = 1<<63 + 1
)

// place is streams from first to last, and of each the blocks from begin to end.
type place struct {
	name        string
	first, last uint64
	begin, end  uint64
}

// places is the table.
var places = []place{
	{"Shifted", 0, 1<<63 - 1, Shifted, Epochs - 1}, // a stream a point
	{"Epochs", 0, math.MaxUint64, Epochs, Normals64 - 1},
	{"Normals64", 0, math.MaxUint64, Normals64, Uniforms - 1},
	{"Uniforms", 0, math.MaxUint64, Uniforms, Uniforms64 - 1},
	{"Uniforms64", 0, math.MaxUint64, Uniforms64, End - 1},

	normals("Callers", Callers, 1<<40),
	normals("Directions", Directions, 1),
	normals("Score", Score, 1<<40),
	normals("Divergence", Divergence, 1),
	normals("Splits", Splits, 1<<42),
	normals("Order", Order, 1),

	normals("Init", Init, purpose),
	normals("Levels", Levels, purpose),
	normals("Train", Train, purpose),
	normals("Prior", Prior, purpose),
	normals("Sample", Sample, purpose),
	normals("Components", Components, purpose),
	normals("Points", Points, purpose),
	normals("Corrector", Corrector, purpose),
	normals("Probe", Probe, purpose),
	normals("Known", Known, purpose),
	normals("Dequantize", Dequantize, purpose),
	normals("HeldOut", HeldOut, purpose),
	normals("Axes", Axes, purpose),
	normals("Particles", Particles, purpose),
	normals("Resampling", Resampling, purpose),
	normals("Dropout", Dropout, purpose),

	normals("ToyNormals", ToyNormals, 1),
	{"ToyWords", ToyWords, ToyWords, Normals, 1<<63 - 1}, // indices of points end there
}

// normals is the place of count streams whose normals are drawn. It has all blocks that normals can take.
func normals(name string, first, count uint64) place {
	return place{name, first, first + count - 1, Normals, Shifted - 1}
}
