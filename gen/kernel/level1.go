package kernel

// Kernels of BLAS's level 1, and the product of a matrix's rows with a vector.
var (
	DotBlocks, DotBlocks64       = onSlicesOfBoth("dotBlocks", out(Sums, "of"), in(Slice, "x", "y"))
	SquareBlocks, SquareBlocks64 = onSlicesOfBoth("squareBlocks", out(Sums, "of"), in(Slice, "x"))
	SumBlocks, SumBlocks64       = onSlicesOfBoth("sumBlocks", out(Sums, "of"), in(Slice, "x"))
	AsumBlocks, AsumBlocks64     = onSlicesOfBoth("asumBlocks", out(Sums, "of"), in(Slice, "x"))
	MaxBlocks, MaxBlocks64       = onSlicesOfBoth("maxBlocks", out(Sums, "of"), in(Slice, "x"))
	AmaxBlocks, AmaxBlocks64     = neverAlone(onSlicesOfBoth("amaxBlocks", out(Sums, "of"), in(Slice, "x")))
	Argmax, Argmax64             = onSlicesOfBoth("argmax", out(Index, "at"), in(Slice, "x"))
	Iamax, Iamax64               = onSlicesOfBoth("iamax", out(Index, "at"), in(Slice, "x"))
	Axpy, Axpy64                 = shortOn512(onSlicesOfBoth("axpy",
		inOut(Slice, "y"), in(Scalar, "a"), in(Slice, "x")))
	Scale, Scale64 = shortOn512(onSlicesOfBoth("scale",
		out(Slice, "dst"), in(Scalar, "a"), in(Slice, "x")))
	Rotate, Rotate64   = onSlicesOfBoth("rotate", inOut(Slice, "x", "y"), in(Scalar, "c", "s"))
	Swap, Swap64       = onSlicesOfBoth("swap", inOut(Slice, "x", "y"))
	DotRows, DotRows64 = onRowsOfBoth("dotRows",
		out(PerRow, "dst"), in(Matrix, "a"), in(PerColumn, "x"))
)
