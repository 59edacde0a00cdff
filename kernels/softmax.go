package kernels

import "math"

// SoftmaxRows sets each row of dst to the softmax of the row of x:
//
//	most = max of x[i][j] over j
//	e[j] = exp(x[i][j] - most)
//	dst[i][j] = e[j] / sum of e[j] over j
//
// The difference is rounded, exp is that of Exp, and the sum takes blocks of 1024 columns. In a block, lane l
// = 0..7 adds up the columns l, l+8, l+16 and so on. The block's sum is ((0+4)+(2+6)) + ((1+5)+(3+7)). The
// blocks' sums are added in order. dst and x have the same shape and may be the same matrix; other overlaps
// panic.
//
// With n columns and u = 2^-24 an element is off by at most (|x[i][j]-most| + ln n + 136 + n/1024) u of
// itself, where it is not subnormal. It is zero where x[i][j] is 104 below the greatest. A row with NaN or
// +Inf becomes NaN, and so does a row of -Inf alone.
func SoftmaxRows(dst, x Matrix) {
	dst.check("SoftmaxRows", "dst")
	x.checkShape("SoftmaxRows", "x", dst.Rows, dst.Cols)
	checkRowAlias("SoftmaxRows", "dst", dst, "x", x)
	s := softmaxKernel.begin()
	s.operands.dst, s.operands.x = dst, x
	s.do(dst.Rows, dst.Cols)
}

type softmaxOperands struct{ dst, x Matrix }

var softmaxKernel = onBands(func(a *softmaxOperands, p piece) {
	var most, sums [pieceSize]float32
	for i := range most[:p.rows] {
		most[i] = float32(math.Inf(-1))
	}
	for i := range p.blocks() {
		maxRows(most[:p.rows], p.block(i).of(a.x))
	}
	for i := range p.blocks() {
		b := p.block(i)
		expRows(b.of(a.dst), b.of(a.x), most[:p.rows], sums[:p.rows])
	}
	for i := range p.blocks() {
		divideRows(p.block(i).of(a.dst), sums[:p.rows])
	}
})
