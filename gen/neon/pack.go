package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// Packing puts the operands of a product into the order in which a tile reads them.
func pack() {
	transposer(kernel.Transpose8, 8)
	transposer(kernel.Transpose6, tileRows)
	copier(16)
	copyTiles(16, 4, "dstPanel")
	for _, words := range []int{tileRows, 2 * tileRows} {
		copier(words)
		copyTiles(words, 4, "dstTile")
		copyTiles(words, 8, "dstTile")
	}
	copyScaled(single, FloatArgument)
	copyScaled(double, DoubleArgument)
	transposer64(kernel.Transpose4, 4)
	transposer64(kernel.Transpose6x4, tileRows)
}

// addresses returns base and the addresses a stride apart that follow it.
func addresses(base, stride X, n int) []X {
	x := []X{base}
	for len(x) < n {
		next := NewX()
		ADD(next, x[len(x)-1], stride)
		x = append(x, next)
	}
	return x
}

// transposer emits a copy of rows of a matrix to columns, four columns at a time.
func transposer(k kernel.Kernel, height int) {
	begin(k)
	dst, dstRow := Argument("dst"), single.scaled(Argument("dstRow"))
	src, srcRow := Argument("src"), single.scaled(Argument("srcRow"))
	n, rows := Argument("n"), addresses(src, srcRow, height)
	CBZ(n, "done")
	Label("block")
	x := registers(height)
	for i, v := range x {
		LDRPost(v, rows[i], vectorBytes)
	}
	upper := transpose(x[:lanes])
	if height == 8 {
		lower := transpose(x[lanes:])
		for j := range upper {
			STP(upper[j], lower[j], At(dst))
			ADD(dst, dst, dstRow)
		}
	} else {
		// Two columns of the last two rows in each.
		low, high := NewV(), NewV()
		S4.ZIP1(low, x[4], x[5])
		S4.ZIP2(high, x[4], x[5])
		for j, v := range upper {
			STR(v, At(dst))
			pair := []V{low, high}[j/2]
			if j%2 == 1 {
				second := NewV()
				D2.DUP(second, pair, 1)
				pair = second
			}
			STRD(pair, Mem{Base: dst, Disp: vectorBytes})
			ADD(dst, dst, dstRow)
		}
	}
	SUBS(n, n, lanes)
	BNE("block")
	Label("done")
	RET()
}

// transposer64 emits a copy of rows of float64 to columns, two columns at a time.
func transposer64(k kernel.Kernel, height int) {
	begin(k)
	dst, dstRow := Argument("dst"), double.scaled(Argument("dstRow"))
	src, srcRow := Argument("src"), double.scaled(Argument("srcRow"))
	n, rows := Argument("n"), addresses(src, srcRow, height)
	CBZ(n, "done")
	Label("block")
	x := registers(height)
	for i, v := range x {
		LDRPost(v, rows[i], vectorBytes)
	}
	var low, high []V
	for i := 0; i < height; i += 2 {
		l, h := NewV(), NewV()
		D2.ZIP1(l, x[i], x[i+1])
		D2.ZIP2(h, x[i], x[i+1])
		low, high = append(low, l), append(high, h)
	}
	for _, column := range [][]V{low, high} {
		for i, v := range column {
			STR(v, Mem{Base: dst, Disp: vectorBytes * i})
		}
		ADD(dst, dst, dstRow)
	}
	SUBS(n, n, 2)
	BNE("block")
	Label("done")
	RET()
}

// copier emits a copy of rows of width elements, one after the other.
func copier(width int) {
	begin(kernel.Copy(width))
	dst, src := Argument("dst"), Argument("src")
	srcRow, n := single.scaled(Argument("srcRow")), Argument("n")
	// Rows far apart in memory are more than the processor foresees by itself: ask for them 16 rows ahead.
	ahead := NewX()
	LSL(ahead, srcRow, 4)
	ADD(ahead, ahead, src)
	Label("row")
	PRFM(At(ahead))
	ADD(ahead, ahead, srcRow)
	copyWords(At(src), At(dst), width)
	ADD(src, src, srcRow)
	ADDI(dst, dst, 4*width)
	SUBS(n, n, 1)
	BNE("row")
	RET()
}

// copyWords emits the copy of an even number of 32-bit words.
func copyWords(from, to Mem, n int) {
	for j := 0; j < n; {
		from, to := from.Offset(4*j), to.Offset(4*j)
		v, w := NewV(), NewV()
		switch {
		case n-j >= 2*lanes:
			LDP(v, w, from)
			STP(v, w, to)
			j += 2 * lanes
		case n-j >= lanes:
			LDR(v, from)
			STR(v, to)
			j += lanes
		default:
			LDRD(v, from)
			STRD(v, to)
			j += 2
		}
	}
}

// copyTiles emits a copy of rows to several panels or tiles at once. It visits a page of memory and a cache
// line once instead of once for each.
func copyTiles(width, tiles int, distance string) {
	begin(kernel.CopyTiles(width, tiles, distance))
	to := addresses(Argument("dst"), single.scaled(Argument(distance)), tiles)
	src, srcRow, n := Argument("src"), single.scaled(Argument("srcRow")), Argument("n")
	ahead := NewX()
	LSL(ahead, srcRow, 3)
	ADD(ahead, ahead, src)
	Label("row")
	for line := 0; line < 4*width*tiles; line += 64 {
		PRFM(Mem{Base: ahead, Disp: line})
	}
	for q, to := range to {
		copyWords(Mem{Base: src, Disp: 4 * width * q}, At(to), width)
	}
	ADD(src, src, srcRow)
	ADD(ahead, ahead, srcRow)
	for _, to := range to {
		ADDI(to, to, 4*width)
	}
	SUBS(n, n, 1)
	BNE("row")
	RET()
}

// copyScaled emits a copy times a factor.
func copyScaled(f precision, argument func(name string) V) {
	begin(kernel.CopyScaled(f.Float))
	dst, src, n, alpha := Argument("dst"), Argument("src"), Argument("n"), argument("alpha")
	Label("vectors")
	v, w := NewV(), NewV()
	LDP(v, w, At(src))
	f.FMUL(v, v, alpha)
	f.FMUL(w, w, alpha)
	STP(v, w, At(dst))
	ADDI(src, src, 2*vectorBytes)
	ADDI(dst, dst, 2*vectorBytes)
	SUBS(n, n, 2*vectorBytes/f.Size)
	BNE("vectors")
	RET()
}
