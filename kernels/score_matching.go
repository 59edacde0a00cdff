package kernels

// MatchScoreRows is denoising score matching (Vincent 2011) for a score whose product with the noise level is
// a[i]*y[i][j] + b[i]*f[i][j], with y a network's noisy input and f its output. With z = z(at + i*Cols + j), which is the
// noise that went into y, it computes the residual, the loss of each row and the gradient at f:
//
//	r = fma(b[i], f[i][j], fma(a[i], y[i][j], z))
//	df[i][j] = r * g[i]
//	loss[i] = sum of r^2 over j
//
// For the loss w/2 |r|^2, g is w*b. The sum is that of SumSquaresRows. df, y and f have the same shape. df may be f; other
// overlaps panic.
func MatchScoreRows(df Matrix, loss []float32, y, f Matrix, a, b, g []float32, n Noise, at uint64) {
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
	}{{"a", a}, {"b", b}, {"g", g}, {"loss", loss}} {
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
	s := rowSweeps.get()
	s.op, s.dst, s.x, s.y, s.noise, s.at = pieceOfMatch, df, y, f, n, at
	s.bias, s.factor, s.scale, s.sums = a, b, g, loss
	s.do(df.Rows, df.Cols, true)
}

func pieceOfMatch(s *rowSweep, p piece) {
	var z [pieceSize]float32
	s.normals(&z, p)
	matchScore(p.of(s.dst), p.of(s.x), p.of(s.y), p.rowsOf(s.bias), p.rowsOf(s.factor), p.rowsOf(s.scale),
		p.rowsOf(s.sums), z[:])
}

// matchScoreGeneric adds a block's sum to each row's loss.
func matchScoreGeneric(df, y, f Matrix, a, b, g, loss, z []float32) {
	for i := range df.Rows {
		var lane [8]float32
		to, y := df.Row(i), y.Row(i)
		for j, f := range f.Row(i) {
			r := fma32(b[i], f, fma32(a[i], y[j], z[j]))
			to[j] = r * g[i]
			lane[j%8] = fma32(r, r, lane[j%8])
		}
		loss[i] += sumLanes(&lane)
		z = z[df.Cols:]
	}
}
