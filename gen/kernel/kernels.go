package kernel

// lanes512 is the number of float32 in a register of AVX-512.
const lanes512 = 16

// Kernels on groups of noise.
var (
	FillNoise = onGroups("fillNoise", out(Slice, "dst"))
	AddNoise  = onGroups("addNoise", out(Slice, "dst"), in(Slice, "x"), in(Scalar, "sigma"))
	Langevin  = onGroups("langevin", inOut(Slice, "x"), in(Slice, "score"), in(Scalar, "drift", "diffusion"))

	FillNoise64 = onGroups("fillNoise64", of(Double, out(Slice, "dst")))
	Uniform     = onGroups("uniform", out(Slice, "dst"))
	Uniform64   = onGroups("uniform64", of(Double, out(Slice, "dst")))
	NoiseWords  = onGroups("noiseWords", of(Words, out(Slice, "dst")))
)

// Kernels on slices.
var (
	Drift         = onSlices("drift", inOut(Slice, "x"), in(Slice, "score"), in(Scalar, "drift"))
	SiLULayer     = onSlices("siluLayer", out(Slice, "dst"), in(Slice, "x")).calledBy("siluOfLayer")
	SiLUWithSlope = onSlices("siluWithSlope", out(Slice, "dst", "slope"), in(Slice, "x"))
	Hadamard      = onSlices("hadamard", inOut(Slice, "dst"), in(Slice, "x"))
	Adam          = onSlices("adam",
		inOut(Slice, "p"), in(Slice, "grad"), inOut(Slice, "m", "v"), in(Step, "step"))
	AdamEMA = onSlices("adamEMA",
		inOut(Slice, "p"), in(Slice, "grad"), inOut(Slice, "m", "v", "avg"), in(Step, "step"))
	EMA   = onSlices("ema", inOut(Slice, "avg"), in(Slice, "x"), in(Scalar, "rate"))
	Axpby = onSlices("axpby",
		out(Slice, "dst"), in(Scalar, "a"), in(Slice, "x"), in(Scalar, "b"), in(Slice, "y"))
	Axpby64 = onSlices64("axpby64",
		out(Slice, "dst"), in(Scalar, "a"), in(Slice, "x"), in(Scalar, "b"), in(Slice, "y"))
	Sqrt       = onSlices("sqrt", out(Slice, "dst"), in(Slice, "x"))
	Sqrt64     = onSlices64("sqrt64", out(Slice, "dst"), in(Slice, "x"))
	Exp64      = onSlices64("exp64", out(Slice, "dst"), in(Slice, "x"))
	Log64      = onSlices64("log64", out(Slice, "dst"), in(Slice, "x"))
	Sigmoid64  = onSlices64("sigmoid64", out(Slice, "dst"), in(Slice, "x"))
	Tanh64     = onSlices64("tanh64", out(Slice, "dst"), in(Slice, "x"))
	SumSquares = without512(onSlices("sumSquares", out(Sum, "sum"), in(Slice, "x")))
)

// Kernels on rows.
var (
	AddRows     = onRows("addRows", lanes512, inOut(PerColumn, "dst"), in(Matrix, "a"))
	PerturbRows = onRows("perturbRows", 2*lanes512,
		out(Matrix, "dst"), in(Matrix, "x"), in(PerColumn, "shift"),
		in(PerRow, "sigma", "scale"), in(Normals, "z"))
	LangevinRows = onRows("langevinRows", 2*lanes512,
		inOut(Matrix, "x"), in(Matrix, "score"), in(PerRow, "drift", "diffusion"), in(Normals, "z"))
	CombineRows = onRows("combineRows", 2*lanes512,
		out(Matrix, "dst"), in(Matrix, "x", "y"), in(PerRow, "a", "b"))
	MaxRows = onRows("maxRows", 2*lanes512, inOut(PerRow, "most"), in(Matrix, "x"))
	ExpRows = onRows("expRows", 2*lanes512,
		out(Matrix, "dst"), in(Matrix, "x"), in(PerRow, "most"), inOut(PerRow, "sums"))
	DivideRows = onRows("divideRows", 2*lanes512, inOut(Matrix, "x"), in(PerRow, "by"))
	AddSquares = onRowsNarrow("addSquares", inOut(PerRow, "sums"), in(Matrix, "x"))
	MatchScore = onRowsNarrow("matchScore",
		out(Matrix, "df"), in(Matrix, "y", "f"), in(PerRow, "a", "b", "gradient"),
		inOut(PerRow, "loss"), in(Normals, "z"))
)
