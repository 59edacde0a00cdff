package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// Packing puts the operands of a product into the order in which a tile reads them.
func pack() {
	transposer(kernel.Transpose8, lanes)
	transposer(kernel.Transpose6, tileRows)
	wideTransposer()
	copyPanels()
	for _, words := range []int{tileRows, 2 * tileRows} {
		copier(words)
		copyTiles(words, 4)
		copyTiles(words, 8)
	}
	copyScaled(single, VMULPS)
	copyScaled(double, VMULPD)
	transposer64(kernel.Transpose4, 4)
	transposer64(kernel.Transpose6x4, tileRows)
}

// transposer emits a copy of rows of a matrix to columns, eight by eight elements at a time. Rows beyond the
// given number are garbage.
func transposer(k kernel.Kernel, height int) {
	begin(k, avx2)
	dst, dstRow := Load(Param("dst"), GP64()), Load(Param("dstRow"), GP64())
	src, srcRow := Load(Param("src"), GP64()), Load(Param("srcRow"), GP64())
	n := Load(Param("n"), GP64())
	SHLQ(Imm(2), dstRow)
	SHLQ(Imm(2), srcRow)
	rows := rowAddresses(src, srcRow, height)
	SUBQ(Imm(lanes), n)
	JL(LabelRef("done"))
	Label("block")
	var r [lanes]VecVirtual
	for i := range r {
		r[i] = r[0]
		if i < height {
			r[i] = YMM()
			VMOVUPS(rows[i], r[i])
		}
	}
	// Pairs of rows: lanes (0,1) and (2,3) of each half.
	var p [lanes]VecVirtual
	for i := 0; i < lanes; i += 2 {
		if i >= height {
			p[i], p[i+1] = p[0], p[1]
			continue
		}
		p[i], p[i+1] = YMM(), YMM()
		VUNPCKLPS(r[i+1], r[i], p[i])
		VUNPCKHPS(r[i+1], r[i], p[i+1])
	}
	// Quadruples: lane j of four rows, in both halves.
	var q [lanes]VecVirtual
	for i := 0; i < lanes; i += 4 {
		for j := range 2 {
			lo, hi := YMM(), YMM()
			VUNPCKLPD(p[i+2+j], p[i+j], lo)
			VUNPCKHPD(p[i+2+j], p[i+j], hi)
			q[i+2*j], q[i+2*j+1] = lo, hi
		}
	}
	// Halves: low halves give columns 0 to 3, high halves 4 to 7.
	for _, halves := range []uint64{0x20, 0x31} {
		for j := range 4 {
			y := YMM()
			VPERM2F128(Imm(halves), q[4+j], q[j], y)
			VMOVUPS(y, Mem{Base: dst})
			ADDQ(dstRow, dst)
		}
	}
	for _, base := range bases(rows) {
		ADDQ(Imm(4*lanes), base)
	}
	SUBQ(Imm(lanes), n)
	JGE(LabelRef("block"))
	Label("done")
	VZEROUPPER()
	RET()
}

// wideTransposer emits a copy of sixteen rows of a matrix to columns, four columns at a time. A quarter of a
// vector goes to its place on the way from memory, so that of four steps of shuffles two remain.
func wideTransposer() {
	begin(kernel.Transpose16, avx512)
	dst, dstRow := Load(Param("dst"), GP64()), Load(Param("dstRow"), GP64())
	src, srcRow := Load(Param("src"), GP64()), Load(Param("srcRow"), GP64())
	n := Load(Param("n"), GP64())
	single.scale(dstRow, srcRow)
	rows, columns := rowAddresses(src, srcRow, 16), rowAddresses(dst, dstRow, 4)
	quarters, bits := make([]Register, 4), GP32()
	for q := 1; q < 4; q++ {
		quarters[q] = K()
		MOVL(U32(uint32(0xf)<<(4*q)), bits)
		KMOVW(bits, quarters[q])
	}
	Label("block")
	// Row i of r has rows i, 4+i, 8+i and 12+i, four columns each.
	r := avx512.several(4)
	for i, z := range r {
		VMOVUPS(rows[i], z.AsX())
		for q := 1; q < 4; q++ {
			VBROADCASTF32X4(rows[4*q+i], quarters[q], z)
		}
	}
	// Pairs of rows: columns 0 and 1, then 2 and 3. There are more units for integer instructions.
	p := avx512.several(4)
	for i := 0; i < 4; i += 2 {
		VPUNPCKLDQ(r[i+1], r[i], p[i])
		VPUNPCKHDQ(r[i+1], r[i], p[i+1])
	}
	// Quadruples: a column in each.
	for j := range 4 {
		z := ZMM()
		if j%2 == 0 {
			VPUNPCKLQDQ(p[2+j/2], p[j/2], z)
		} else {
			VPUNPCKHQDQ(p[2+j/2], p[j/2], z)
		}
		VMOVUPS(z, columns[j])
	}
	for _, base := range bases(columns) {
		LEAQ(Mem{Base: base, Index: dstRow, Scale: 4}, base)
	}
	for _, base := range bases(rows) {
		ADDQ(Imm(16), base)
	}
	SUBQ(Imm(4), n)
	JNE(LabelRef("block"))
	VZEROUPPER()
	RET()
}

// copier emits a copy of rows of width elements, one after the other.
func copier(width int) {
	begin(kernel.Copy(width), avx2)
	dst, src := Load(Param("dst"), GP64()), Load(Param("src"), GP64())
	srcRow, n := Load(Param("srcRow"), GP64()), Load(Param("n"), GP64())
	SHLQ(Imm(2), srcRow)
	// Rows far apart in memory are more than the processor foresees by itself: ask for them 16 rows ahead.
	ahead := GP64()
	MOVQ(srcRow, ahead)
	SHLQ(Imm(4), ahead)
	ADDQ(src, ahead)
	Label("row")
	PREFETCHT0(Mem{Base: ahead})
	ADDQ(srcRow, ahead)
	copyWords(Mem{Base: src}, Mem{Base: dst}, width)
	ADDQ(srcRow, src)
	ADDQ(Imm(uint64(4*width)), dst)
	DECQ(n)
	JNE(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// copyWords emits the copy of an even number of 32-bit words.
func copyWords(from, to Mem, n int) {
	for j := 0; j < n; {
		from, to := from.Offset(4*j), to.Offset(4*j)
		switch {
		case n-j >= lanes:
			y := YMM()
			VMOVUPS(from, y)
			VMOVUPS(y, to)
			j += lanes
		case n-j >= 4:
			x := XMM()
			VMOVUPS(from, x)
			VMOVUPS(x, to)
			j += 4
		default:
			x := XMM()
			VMOVSD(from, x)
			VMOVSD(x, to)
			j += 2
		}
	}
}

// copyPanels emits a copy of rows to one panel of B or to four at once. Where rows are a page apart, the copy
// of four visits a page of memory once instead of four times.
func copyPanels() {
	copier(16)
	begin(kernel.CopyTiles(16, 4, "dstPanel"), avx2)
	dst, dstPanel := Load(Param("dst"), GP64()), Load(Param("dstPanel"), GP64())
	src, srcRow := Load(Param("src"), GP64()), Load(Param("srcRow"), GP64())
	n := Load(Param("n"), GP64())
	single.scale(dstPanel, srcRow)
	panels := rowAddresses(dst, dstPanel, 4)
	ahead := GP64()
	LEAQ(Mem{Base: src, Index: srcRow, Scale: 8}, ahead)
	Label("row")
	for q, to := range panels {
		PREFETCHT0(Mem{Base: ahead, Disp: 64 * q})
		for v := range 2 {
			y := YMM()
			VMOVUPS(Mem{Base: src, Disp: 64*q + vectorBytes*v}, y)
			VMOVUPS(y, to.Offset(vectorBytes*v))
		}
	}
	ADDQ(srcRow, src)
	ADDQ(srcRow, ahead)
	for _, base := range bases(panels) {
		ADDQ(Imm(64), base)
	}
	DECQ(n)
	JNE(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// copyTiles emits a copy of rows to several tiles of A at once. A cache line is wider than a tile, and one
// copy for each tile would fetch the line again.
func copyTiles(width, tiles int) {
	begin(kernel.CopyTiles(width, tiles, "dstTile"), avx2)
	dst, dstTile := Load(Param("dst"), GP64()), Load(Param("dstTile"), GP64())
	src, srcRow := Load(Param("src"), GP64()), Load(Param("srcRow"), GP64())
	n := Load(Param("n"), GP64())
	single.scale(dstTile, srcRow)
	to := rowAddresses(dst, dstTile, tiles)
	ahead := GP64()
	LEAQ(Mem{Base: src, Index: srcRow, Scale: 8}, ahead)
	Label("row")
	for line := 0; line < 4*width*tiles; line += 64 {
		PREFETCHT0(Mem{Base: ahead, Disp: line})
	}
	for q, to := range to {
		copyWords(Mem{Base: src, Disp: 4 * width * q}, to, width)
	}
	ADDQ(srcRow, src)
	ADDQ(srcRow, ahead)
	for _, base := range bases(to) {
		ADDQ(Imm(uint64(4*width)), base)
	}
	DECQ(n)
	JNE(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// transposer64 emits a copy of four or six rows of float64 to columns, four columns at a time.
func transposer64(k kernel.Kernel, height int) {
	begin(k, avx2)
	dst, dstRow := Load(Param("dst"), GP64()), Load(Param("dstRow"), GP64())
	src, srcRow := Load(Param("src"), GP64()), Load(Param("srcRow"), GP64())
	n := Load(Param("n"), GP64())
	double.scale(dstRow, srcRow)
	rows := rowAddresses(src, srcRow, height)
	SUBQ(Imm(4), n)
	JL(LabelRef("done"))
	Label("block")
	// Pairs of rows: even columns in low, odd ones in high.
	var low, high []VecVirtual
	for i := 0; i < height; i += 2 {
		a, b, l, h := YMM(), YMM(), YMM(), YMM()
		VMOVUPD(rows[i], a)
		VMOVUPD(rows[i+1], b)
		VUNPCKLPD(b, a, l)
		VUNPCKHPD(b, a, h)
		low, high = append(low, l), append(high, h)
	}
	for j := range 4 {
		pairs, half := low, uint64(j/2)
		if j%2 == 1 {
			pairs = high
		}
		y := YMM()
		VPERM2F128(Imm(0x20+0x11*half), pairs[1], pairs[0], y)
		VMOVUPD(y, Mem{Base: dst})
		if height > 4 {
			x := XMM()
			VEXTRACTF128(Imm(half), pairs[2], x)
			VMOVUPD(x, Mem{Base: dst, Disp: vectorBytes})
		}
		ADDQ(dstRow, dst)
	}
	for _, base := range bases(rows) {
		ADDQ(Imm(vectorBytes), base)
	}
	SUBQ(Imm(4), n)
	JGE(LabelRef("block"))
	Label("done")
	VZEROUPPER()
	RET()
}

// copyScaled emits a copy times a factor.
func copyScaled(f precision, multiply func(ops ...Op)) {
	begin(kernel.CopyScaled(f.Float), avx2)
	dst, src, n := Load(Param("dst"), GP64()), Load(Param("src"), GP64()), Load(Param("n"), GP64())
	f.scale(n)
	ADDQ(n, dst)
	ADDQ(n, src)
	NEGQ(n)
	alpha := YMM()
	f.broadcast(argument("alpha"), alpha)
	Label("vectors")
	y := YMM()
	multiply(Mem{Base: src, Index: n, Scale: 1}, alpha, y)
	VMOVUPS(y, Mem{Base: dst, Index: n, Scale: 1})
	ADDQ(Imm(vectorBytes), n)
	JNE(LabelRef("vectors"))
	VZEROUPPER()
	RET()
}
