package kernels

// ScoreFactors are the factors of MatchScoreRows, one number for each row. Input and Output multiply a
// network's input and output; the sum is the score times the noise level. Gradient multiplies the residual.
type ScoreFactors struct{ Input, Output, Gradient []float32 }

// MatchScoreRows is denoising score matching (Vincent 2011). The score times the noise level is
// Input[i]*y[i][j] + Output[i]*f[i][j], with y a network's noisy input and f its output.
// z = z(at + i*Cols + j) is the noise that went into y. MatchScoreRows computes the residual r, the loss of
// each row and the gradient at f:
//
//	r = fma(Output[i], f[i][j], fma(Input[i], y[i][j], z))
//	df[i][j] = r * Gradient[i]
//	loss[i] = sum of r^2 over j
//
// For the loss w/2 |r|^2, Gradient is w*Output. The sum is that of SumSquaresRows. df, y and f have the same
// shape. df may be f; other overlaps panic.
func MatchScoreRows(df Matrix, loss []float32, y, f Matrix, by ScoreFactors, n Noise, at uint64) {
	const function = "MatchScoreRows"
	df.check(function, "df")
	y.checkShape(function, "y", df.Rows, df.Cols)
	f.checkShape(function, "f", df.Rows, df.Cols)
	checkRowAlias(function, "df", df, "f", f)
	checkRowsDisjoint(function, "df", df, "y", y)
	elements := df.region()
	for _, v := range [...]struct {
		name string
		x    []float32
	}{{"Input", by.Input}, {"Output", by.Output}, {"Gradient", by.Gradient}, {"loss", loss}} {
		checkLen(function, v.name, v.x, df.Rows)
		checkApart(function, "df", elements, v.name, regionOf(v.x))
		if v.name != "loss" {
			checkDisjoint(function, "loss", loss, v.name, v.x)
		}
	}
	checkApart(function, "loss", regionOf(loss), "y", y.region())
	checkApart(function, "loss", regionOf(loss), "f", f.region())
	checkIndex(function, at, df.Rows*df.Cols)
	clear(loss)
	s := matchScoreKernel.begin()
	o := &s.operands
	o.df, o.y, o.f, o.loss = df, y, f, loss
	o.a, o.b, o.g = by.Input, by.Output, by.Gradient
	o.noise, o.at, o.cols = n, at, df.Cols
	s.do(df.Rows, df.Cols)
}

type matchScoreOperands struct {
	df, y, f      Matrix
	a, b, g, loss []float32
	rowNoise
}

var matchScoreKernel = onWholeRows(func(m *matchScoreOperands, p piece) {
	var z [pieceSize]float32
	m.normals(&z, p)
	df, y, f := p.of(m.df), p.of(m.y), p.of(m.f)
	matchScore(df, y, f, p.rowsOf(m.a), p.rowsOf(m.b), p.rowsOf(m.g), p.rowsOf(m.loss), z[:])
})
