package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() { more = append(more, rotateRows) }

// rotateRows emits sweeps of rotations. Several sweeps go over the rows together, each one row behind the one
// before, so a row is read and written once for all of them. The row that a sweep has in hand stays in
// registers.
func rotateRows() {
	rotate(kernel.RotateSweeps, 4, false)
	rotate(kernel.RotateSweeps, 1, true)
	rotate(1, 4, false)
	rotate(1, 1, true)
}

// rotation is the program of some sweeps over some vectors.
type rotation struct {
	vectors           int
	one               bool // the only vector has one element
	from, to          X    // the next row to read, and the next to write
	row, coefficients X
	hand              [][]V // the row in hand, of each sweep
}

func rotate(sweeps, vectors int, cut bool) {
	begin(kernel.RotateRows(sweeps, vectors, cut))
	r := rotation{vectors: vectors, from: Argument("a"), row: double.scaled(Argument("aRow"))}
	r.to, r.coefficients = COPY(r.from), Argument("rotations")
	left := Argument("pairs")
	if cut {
		CMP(Argument("width"), 1)
		BEQ("one")
	}
	r.sweeps("whole", sweeps, left)
	if cut {
		Label("one")
		r.one = true
		r.sweeps("single", sweeps, left)
	}
}

// sweeps emits the program for a width.
func (r rotation) sweeps(label string, sweeps int, left X) {
	r.hand = make([][]V, sweeps)
	r.hand[0] = r.read()
	for first := range sweeps - 1 {
		r.hand[first+1] = r.step(0, first, r.read())
	}
	if sweeps > 1 {
		SUBS(left, left, sweeps-1)
		BEQ(label + "_last")
	}
	Label(label + "_rows")
	r.write(r.step(0, sweeps-1, r.read()))
	SUBS(left, left, 1)
	BNE(label + "_rows")
	Label(label + "_last")
	for done := range sweeps {
		out := r.hand[done]
		if done < sweeps-1 {
			out = r.step(done+1, sweeps-1, out)
		}
		r.write(out)
	}
	RET()
}

// step emits a rotation of each of the sweeps from first to last. Next is the row after the one that the
// first of them has in hand. It returns the row that the last has done with.
func (r *rotation) step(first, last int, next []V) []V {
	for k := first; k <= last; k++ {
		both := NewV()
		LDR(both, Mem{Base: r.coefficients, Disp: 16 * k})
		c, s := NewV(), NewV()
		D2.DUP(c, both, 0)
		D2.DUP(s, both, 1)
		done := registers(len(next))
		for v, left := range r.hand[k] {
			D2.FMUL(done[v], s, next[v])
			D2.FMUL(next[v], c, next[v])
			D2.FMLA(done[v], c, left) // x = fma(c, left, s*next)
			D2.FMLS(next[v], s, left) // y = fma(-s, left, c*next)
			VMOV(left, next[v])
		}
		next = done
	}
	ADDI(r.coefficients, r.coefficients, 16*len(r.hand))
	return next
}

// read loads the next row.
func (r *rotation) read() []V {
	row, load := registers(r.vectors), LDR
	if r.one {
		load = LDRD
	}
	for v, x := range row {
		load(x, Mem{Base: r.from, Disp: vectorBytes * v})
	}
	ADD(r.from, r.from, r.row)
	return row
}

// write stores the next row.
func (r *rotation) write(row []V) {
	store := STR
	if r.one {
		store = STRD
	}
	for v, x := range row {
		store(x, Mem{Base: r.to, Disp: vectorBytes * v})
	}
	ADD(r.to, r.to, r.row)
}
