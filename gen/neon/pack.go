package neon

import (
	"fmt"

	. "github.com/seed964deb49/langevin/gen/arm64"
)

// Packing puts the operands of a product into the order in which a tile reads them.
func pack() {
	transposer("transpose8NEON", 8,
		"transpose8NEON sets dst[j*dstRow+i] = src[i*srcRow+j] for i < 8 and j < n; n is a multiple of 8.")
	transposer("transpose6NEON", tileRows,
		"transpose6NEON sets dst[j*dstRow+i] = src[i*srcRow+j] for i < 6 and j < n; n is a multiple of 8. It also writes to",
		"dst[j*dstRow+6] and dst[j*dstRow+7], each before the elements of column j+1.")
	copier("copy16NEON", 16)
	copyTiles("copy4x16NEON", "dstPanel", 16, 4)
	for _, words := range []int{tileRows, 2 * tileRows} {
		copier(fmt.Sprintf("copy%dNEON", words), words)
		copyTiles(fmt.Sprintf("copy4x%dNEON", words), "dstTile", words, 4)
		copyTiles(fmt.Sprintf("copy8x%dNEON", words), "dstTile", words, 8)
	}
	transposer64("transpose4NEON", 4)
	transposer64("transpose6x4NEON", tileRows)
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
func transposer(name string, height int, doc ...string) {
	Begin(name, "func(dst *float32, dstRow int, src *float32, srcRow, n int)", doc...)
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
func transposer64(name string, height int) {
	Begin(name, "func(dst *float64, dstRow int, src *float64, srcRow, n int)",
		fmt.Sprintf("%s sets dst[j*dstRow+i] = src[i*srcRow+j] for i < %d and j < n; n is a multiple of 4.", name, height))
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
func copier(name string, width int) {
	Begin(name, "func(dst, src *float32, srcRow, n int)",
		name+" sets dst[p*w+j] = src[p*srcRow+j] for p < n and j < w, with w the number in its name; n > 0.")
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

// copyTiles emits a copy of rows to several panels or tiles at once, which visits a page of memory and a cache line once
// instead of for each.
func copyTiles(name, stride string, width, tiles int) {
	Begin(name, "func(dst *float32, "+stride+" int, src *float32, srcRow, n int)",
		fmt.Sprintf("%s sets dst[q*%s+p*%d+j] = src[p*srcRow+q*%d+j] for q < %d, p < n and j < %d; n > 0.",
			name, stride, width, width, tiles, width))
	to := addresses(Argument("dst"), single.scaled(Argument(stride)), tiles)
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
