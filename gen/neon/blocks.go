package neon

import (
	"math/bits"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() {
	more = append(more, func() {
		sums(S4, kernel.DotBlocks, kernel.SquareBlocks, kernel.SumBlocks, kernel.AsumBlocks)
		sums(D2, kernel.DotBlocks64, kernel.SquareBlocks64, kernel.SumBlocks64, kernel.AsumBlocks64)
	})
}

// sums emits the kernels that sum a block in lanes.
func sums(of Arrangement, dot, squares, sum, asum kernel.Kernel) {
	for _, p := range []struct {
		k        kernel.Kernel
		operands []string
		term     func(lane V, x []V)
	}{
		{dot, []string{"x", "y"}, func(lane V, x []V) { of.FMLA(lane, x[0], x[1]) }},
		{squares, []string{"x"}, func(lane V, x []V) { of.FMLA(lane, x[0], x[0]) }},
		{sum, []string{"x"}, func(lane V, x []V) { of.FADD(lane, lane, x[0]) }},
		{asum, []string{"x"}, func(lane V, x []V) {
			of.FABS(x[0], x[0])
			of.FADD(lane, lane, x[0])
		}},
	} {
		b := blockKernelOf(p.k, of, p.operands...)
		b.emit(func() {
			for _, v := range b.lane {
				VZERO(v)
			}
			b.through(VZERO, p.term)
			b.fold(of.FADD)
		})
	}
}

// laneBytes is the size of all lanes of a sum.
const laneBytes = 256

// blockKernel is a kernel that makes a number of each block of its operands, in lanes.
type blockKernel struct {
	of       Arrangement
	n, left  X // elements of all blocks that are left, and of this one
	operands []X
	lane     []V
}

// blockKernelOf begins a kernel; n is positive.
func blockKernelOf(k kernel.Kernel, of Arrangement, operands ...string) *blockKernel {
	begin(k)
	b := &blockKernel{of: of, n: Argument("n"), left: NewX()}
	for _, name := range operands {
		b.operands = append(b.operands, Argument(name))
	}
	b.lane = registers(laneBytes / vectorBytes)
	return b
}

// emit emits body for each block. What body leaves in the first lane is stored.
func (b *blockKernel) emit(body func()) {
	results, whole := Argument("of"), NewX()
	MOVI(whole, kernel.BlockElements)
	Label("block")
	CMPX(b.n, whole)
	CSELLT(b.left, b.n, whole)
	body()
	if b.of == S4 {
		STRS(b.lane[0], At(results))
	} else {
		STRD(b.lane[0], At(results))
	}
	ADDI(results, results, b.of.Bytes())
	SUBS(b.n, b.n, kernel.BlockElements)
	BGT("block")
	RET()
}

// through emits term for all vectors of a block. In the place of elements beyond it there is what clear
// makes.
func (b *blockKernel) through(clear func(V), term func(lane V, x []V)) {
	all := laneBytes / b.of.Bytes()
	terms := func(from []X) {
		for i, lane := range b.lane {
			var x []V
			for _, p := range from {
				x = append(x, load(Mem{Base: p, Disp: vectorBytes * i}))
			}
			term(lane, x)
		}
	}
	SUBS(b.left, b.left, all)
	BLT("rest")
	Label("lanes")
	terms(b.operands)
	advance(b.operands, laneBytes)
	SUBS(b.left, b.left, all)
	BGE("lanes")
	Label("rest")
	ADDS(b.left, b.left, all)
	BEQ("fold")
	var rests []X
	for i, x := range b.operands {
		rests = append(rests, b.rest([]string{"copy_x", "copy_y"}[i], x, clear))
	}
	terms(rests)
	Label("fold")
}

// rest copies the last elements of a block, after what clear makes of as many as all lanes have.
func (b *blockKernel) rest(label string, x X, clear func(V)) X {
	few, v := Local(laneBytes), NewV()
	clear(v)
	for i := range b.lane {
		STR(v, Mem{Base: few, Disp: vectorBytes * i})
	}
	left, to := COPY(b.left), COPY(few)
	Label(label)
	if b.of == S4 {
		LDRSPost(v, x, 4)
		STRS(v, At(to))
	} else {
		LDRDPost(v, x, 8)
		STRD(v, At(to))
	}
	ADDI(to, to, b.of.Bytes())
	SUBS(left, left, 1)
	BNE(label)
	return few
}

// fold combines the lanes by halves into the first one.
func (b *blockKernel) fold(combine func(d, n, m V)) {
	for half := len(b.lane) / 2; half > 0; half /= 2 {
		for i := range half {
			combine(b.lane[i], b.lane[i], b.lane[i+half])
		}
	}
	lane, other := b.lane[0], NewV()
	D2.DUP(other, lane, 1)
	combine(lane, lane, other)
	if b.of == S4 {
		S4.DUP(other, lane, 1)
		combine(lane, lane, other)
	}
}

// sizeShift is the logarithm of an element's bytes.
func sizeShift(of Arrangement) int { return bits.TrailingZeros(uint(of.Bytes())) }
