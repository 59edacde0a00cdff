package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// rows emits the kernels on rows, which have a factor or a sum for each.
func rows() {
	k := rowKernel(kernel.PerturbRows)
	dst, x, z := k.matrix("dst", "dstStride"), k.matrix("x", "xStride"), k.matrix("z", "cols")
	shift := k.matrix("shift", "")
	sigma, scale := k.factor("sigma"), k.factor("scale")
	k.emit(nil, func(a access, _ V) {
		v := a.load(x)
		S4.FSUB(v, v, a.load(shift))
		S4.FMLA(v, sigma, a.load(z)) // fma(sigma, z, x-shift)
		S4.FMUL(v, v, scale)
		a.store(v, dst)
	})

	k = rowKernel(kernel.LangevinRows)
	x, score, z := k.matrix("x", "xStride"), k.matrix("score", "scoreStride"), k.matrix("z", "cols")
	drift, diffusion := k.factor("drift"), k.factor("diffusion")
	k.emit(nil, func(a access, _ V) {
		v := a.load(x)
		S4.FMLA(v, drift, a.load(score))
		S4.FMLA(v, diffusion, a.load(z))
		a.store(v, x)
	})

	k = rowKernel(kernel.CombineRows)
	dst, x, y := k.matrix("dst", "dstStride"), k.matrix("x", "xStride"), k.matrix("y", "yStride")
	fa, fb := k.factor("a"), k.factor("b")
	k.emit(nil, func(a access, _ V) {
		v := a.load(x)
		S4.FMUL(v, v, fa)
		S4.FMLA(v, fb, a.load(y)) // fma(b, y, a*x)
		a.store(v, dst)
	})

	k = rowKernel(kernel.AddSquares)
	x = k.matrix("x", "stride")
	sums := Argument("sums")
	k.emit(func(lane []V) { addLanes(lane, sums) }, func(a access, lane V) {
		v := a.load(x)
		S4.FMLA(lane, v, v)
	})

	k = rowKernel(kernel.MatchScore)
	df, y, f := k.matrix("df", "dfStride"), k.matrix("y", "yStride"), k.matrix("f", "fStride")
	z = k.matrix("z", "cols")
	fa, fb, fg := k.factor("a"), k.factor("b"), k.factor("gradient")
	loss, pool := Argument("loss"), newPool()
	k.emit(func(lane []V) { addLanes(lane, loss) }, func(a access, lane V) {
		r := a.load(z)
		S4.FMLA(r, fa, a.load(y))
		S4.FMLA(r, fb, a.load(f)) // r = fma(b, f, fma(a, y, z))
		if a.elements < lanes {
			VAND(r, r, pool.first(a.elements)) // infinite factors make NaN of the zeros beyond the row
		}
		S4.FMLA(lane, r, r)
		S4.FMUL(r, r, fg)
		a.store(r, df)
	})
}

// first returns a register with ones in the first n lanes and zero in the others.
func (p pool) first(n int) V {
	var w [lanes]uint32
	for i := range n {
		w[i] = 0xffffffff
	}
	return load(Words(p.table, w))
}

// rowsKernel is a kernel that goes through a matrix row by row.
type rowsKernel struct {
	matrices []rowMatrix
	factors  []rowFactor
}

// rowMatrix is an operand whose rows are stride elements apart, or one row for all.
type rowMatrix struct {
	row, at X // beginning of the row, and where it is being read
	stride  string
}

// rowFactor is an operand with a number for each row, and the current row's in all lanes.
type rowFactor struct {
	from  X
	value V
}

// rowKernel begins a kernel; rows and cols are positive.
func rowKernel(k kernel.Kernel) *rowsKernel {
	begin(k)
	return &rowsKernel{}
}

// matrix returns the register with the address of the elements that body works on.
func (k *rowsKernel) matrix(name, stride string) X {
	m := rowMatrix{Argument(name), NewX(), stride}
	k.matrices = append(k.matrices, m)
	return m.at
}

func (k *rowsKernel) factor(name string) V {
	f := rowFactor{Argument(name), NewV()}
	k.factors = append(k.factors, f)
	return f.value
}

// emit emits body for every vector of every row, and end, if not nil, after each row. body may add to lanes,
// which are zero at a row's beginning. Element j of a row adds to lane j%8. Lanes 0 to 3 are a register, and
// lanes 4 to 7 another.
func (k *rowsKernel) emit(end func(lane []V), body func(a access, lane V)) {
	rows, lane := Argument("rows"), registers(2)
	var at []X
	for _, m := range k.matrices {
		at = append(at, m.at)
	}
	Label("row")
	for _, f := range k.factors {
		S4.LD1R(f.value, f.from)
		ADDI(f.from, f.from, 4)
	}
	for _, m := range k.matrices {
		MOV(m.at, m.row)
	}
	for _, v := range lane {
		VZERO(v)
	}
	left := Argument("cols")
	SUBS(left, left, 2*lanes)
	BLT("vectors_end")
	Label("vectors")
	for i, v := range lane {
		body(access{elements: lanes, disp: vectorBytes * i}, v)
	}
	advance(at, 2*vectorBytes)
	SUBS(left, left, 2*lanes)
	BGE("vectors")
	Label("vectors_end")
	ADDI(left, left, 2*lanes)
	TBZ(left, 2, "lower")
	body(access{elements: lanes}, lane[0])
	advance(at, vectorBytes)
	SUBI(left, left, lanes)
	rest("upper_rest", left, func(a access) { body(a, lane[1]) })
	B("next")
	Label("lower")
	rest("lower_rest", left, func(a access) { body(a, lane[0]) })
	Label("next")
	if end != nil {
		end(lane)
	}
	for _, m := range k.matrices {
		if m.stride != "" {
			ADD(m.row, m.row, single.scaled(Argument(m.stride)))
		}
	}
	SUBS(rows, rows, 1)
	BNE("row")
	RET()
}

// addLanes adds sumLanes of the lanes to the number at p, and moves p on.
func addLanes(lane []V, p X) {
	sum, other, total := NewV(), NewV(), NewV()
	S4.FADD(sum, lane[0], lane[1]) // 0+4, 1+5, 2+6, 3+7
	D2.DUP(other, sum, 1)
	S4.FADD(sum, sum, other) // (0+4)+(2+6), (1+5)+(3+7)
	S4.DUP(other, sum, 1)
	S4.FADD(sum, sum, other)
	LDRS(total, At(p))
	S4.FADD(total, total, sum)
	STRS(total, At(p))
	ADDI(p, p, 4)
}
