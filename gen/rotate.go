package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() { more = append(more, simd.rotateRows) }

// rotateRows emits sweeps of rotations. Several sweeps go over the rows together, each one row behind the one
// before, so a row is read and written once for all of them. The row that a sweep has in hand stays in
// registers.
func (s simd) rotateRows() {
	s = s.in(double)
	s.rotate(kernel.RotateSweeps, 2, false)
	s.rotate(kernel.RotateSweeps, 1, true)
	s.rotate(1, 4, false)
	s.rotate(1, 1, true)
}

// rotation is the program of some sweeps over some vectors.
type rotation struct {
	simd
	from, to     Register // the next row to read, and the next to write
	row          Register // bytes from row to row
	coefficients Register
	mask         Register       // of the only vector, or nil
	hand         [][]VecVirtual // the row in hand, of each sweep
}

func (s simd) rotate(sweeps, vectors int, cut bool) {
	begin(kernel.RotateRows(sweeps, vectors, cut), s)
	r := rotation{simd: s, hand: make([][]VecVirtual, sweeps)}
	r.from, r.to = Load(Param("a"), GP64()), GP64()
	MOVQ(r.from, r.to)
	r.row = Load(Param("aRow"), GP64())
	s.float.scale(r.row)
	r.coefficients = Load(Param("rotations"), GP64())
	if cut {
		r.mask = s.lowLanes(Load(Param("width"), GP64()))
	}
	left := Load(Param("pairs"), GP64())
	r.hand[0] = r.read(vectors)
	for first := range sweeps - 1 {
		r.hand[first+1] = r.step(0, first, r.read(vectors))
	}
	if sweeps > 1 {
		SUBQ(Imm(uint64(sweeps-1)), left)
		JE(LabelRef("last"))
	}
	Label("rows")
	r.write(r.step(0, sweeps-1, r.read(vectors)))
	DECQ(left)
	JNE(LabelRef("rows"))
	Label("last")
	for done := range sweeps {
		out := r.hand[done]
		if done < sweeps-1 {
			out = r.step(done+1, sweeps-1, out)
		}
		r.write(out)
	}
	VZEROUPPER()
	RET()
}

// step emits a rotation of each of the sweeps from first to last. Next is the row after the one that the
// first of them has in hand. It returns the row that the last has done with.
func (r *rotation) step(first, last int, next []VecVirtual) []VecVirtual {
	for k := first; k <= last; k++ {
		c, s := r.register(), r.register()
		r.float.broadcast(Mem{Base: r.coefficients, Disp: 16 * k}, c)
		r.float.broadcast(Mem{Base: r.coefficients, Disp: 16*k + 8}, s)
		done := r.several(len(next))
		for v, left := range r.hand[k] {
			VMULPD(next[v], s, done[v])
			VMULPD(next[v], c, next[v])
			VFMADD231PD(left, c, done[v])  // x = fma(c, left, s*next)
			VFNMADD213PD(next[v], s, left) // y = fma(-s, left, c*next)
		}
		next = done
	}
	ADDQ(Imm(uint64(16*len(r.hand))), r.coefficients)
	return next
}

// read loads the next row.
func (r *rotation) read(vectors int) []VecVirtual {
	row := r.several(vectors)
	for v, x := range row {
		at := Mem{Base: r.from, Disp: r.bytes * v}
		if r.mask != nil {
			r.float.loadMasked(at, r.mask, x)
		} else {
			VMOVUPD(at, x)
		}
	}
	ADDQ(r.row, r.from)
	return row
}

// write stores the next row.
func (r *rotation) write(row []VecVirtual) {
	for v, x := range row {
		at := Mem{Base: r.to, Disp: r.bytes * v}
		if r.mask != nil {
			r.float.storeMasked(x, r.mask, at)
		} else {
			VMOVUPD(x, at)
		}
	}
	ADDQ(r.row, r.to)
}
