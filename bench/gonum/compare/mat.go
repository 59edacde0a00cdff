package compare

import "gonum.org/v1/gonum/mat"

// dense is the operands of package mat: two matrices of normals, a symmetric one, a positive definite one,
// and a right side.
type dense struct {
	a, b     *mat.Dense
	sym, spd *mat.SymDense
	right    *mat.VecDense
}

func newDense(n int) any {
	d := &dense{
		a:     mat.NewDense(n, n, normals[float64](n*n, 1, 1)),
		b:     mat.NewDense(n, n, normals[float64](n*n, 2, 1)),
		sym:   mat.NewSymDense(n, normals[float64](n*n, 3, 1)),
		spd:   mat.NewSymDense(n, nil),
		right: mat.NewVecDense(n, normals[float64](n, 4, 1)),
	}
	d.spd.SymOuterK(1, d.a)
	for i := range n {
		d.spd.SetSym(i, i, d.spd.At(i, i)+1)
	}
	return d
}

// matRow is a function of package mat. call makes the values it returns into receivers that are used again.
type matRow struct {
	name string
	make func(d *dense) (call func(), result func() []float64)
}

func matRows() []Row {
	var rows []Row
	for _, r := range matList {
		bind := func(p Peer, operands any) task {
			if p.BLAS64 == nil {
				return task{}
			}
			call, result := r.make(operands.(*dense))
			return task{use: p.use, run: repeat(call), result: result}
		}
		rows = append(rows, Row{r.name, "mat", []int{100, 500, 1_000}, rowsOf64, newDense, bind})
	}
	return rows
}

var matList = []matRow{
	{"Mul", func(d *dense) (func(), func() []float64) {
		var c mat.Dense
		return func() { c.Mul(d.a, d.b) }, func() []float64 { return c.RawMatrix().Data }
	}},
	{"Cholesky", func(d *dense) (func(), func() []float64) {
		var c mat.Cholesky
		return func() { c.Factorize(d.spd) }, func() []float64 { return []float64{c.LogDet()} }
	}},
	{"LU", func(d *dense) (func(), func() []float64) {
		var lu mat.LU
		return func() { lu.Factorize(d.a) }, func() []float64 {
			det, sign := lu.LogDet()
			return []float64{det, sign}
		}
	}},
	{"QR", func(d *dense) (func(), func() []float64) {
		var qr mat.QR
		return func() { qr.Factorize(d.a) }, func() []float64 {
			var r mat.Dense
			qr.RTo(&r)
			return r.RawMatrix().Data
		}
	}},
	{"Solve", func(d *dense) (func(), func() []float64) {
		var x mat.Dense
		return func() { must(x.Solve(d.a, d.b)) }, func() []float64 { return x.RawMatrix().Data }
	}},
	{"SolveVec", func(d *dense) (func(), func() []float64) {
		var x mat.VecDense
		return func() { must(x.SolveVec(d.a, d.right)) }, func() []float64 { return x.RawVector().Data }
	}},
	{"Inverse", func(d *dense) (func(), func() []float64) {
		var x mat.Dense
		return func() { must(x.Inverse(d.a)) }, func() []float64 { return x.RawMatrix().Data }
	}},
	{"SVDnone", svd(mat.SVDNone)},
	{"SVDthin", svd(mat.SVDThin)},
	{"EigenSym", func(d *dense) (func(), func() []float64) {
		var e mat.EigenSym
		return func() { done(e.Factorize(d.sym, true)) }, func() []float64 { return e.Values(nil) }
	}},
	{"Eigen", func(d *dense) (func(), func() []float64) {
		var e mat.Eigen
		return func() { done(e.Factorize(d.a, mat.EigenRight)) },
			func() []float64 { return moduli(e.Values(nil)) }
	}},
}
