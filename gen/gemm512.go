package main

import (
	"fmt"
	"math/bits"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// tileRows512 is the height of a tile in AVX-512: twelve rows of two vectors keep 24 of the 32 registers, and two rows
// already have enough chains to cover the latency of the FMA unit, or of two units with four. A packed panel of B is one
// vector wide, and a packed tile of A half as high, so that both serve AVX2 too.
const tileRows512 = 2 * tileRows

func gemm512() {
	for _, f := range []precision{single, double} {
		f.panels512(2)
		f.panels512(1)
		f.packing512()
	}
}

// packing512 emits the product of one whole tile with two panels of B that are not packed yet, and packs them: B has to be
// read anyway, and the tile leaves the memory units time to write the copy.
func (f precision) packing512() {
	name := f.kernel("PackingAVX512")
	wide := panelBytes / f.Size
	TEXT(name, NOSPLIT, f.types("func(k int, a *T, aRow, aCol, aTile int, b *T, bRow int, packed *T, "+
		"start *T, startRow int, c *T, cRow, following int)"))
	Pragma("noescape")
	Doc(fmt.Sprintf("%s computes %d rows of two panels of B as %s does, and packs them:", name, tileRows512,
		f.kernel("PanelsAVX512")), "",
		fmt.Sprintf("\tpacked[(q*k+p)*%d+j] = b[p*bRow+q*%d+j]    for q < 2, p < k, j < %d", wide, wide, wide), "",
		"Following is how many rows of c come next.")
	t := tile512{precision: f, vectors: 2}
	t.aRow, t.aCol, t.bRow = Load(Param("aRow"), GP64()), Load(Param("aCol"), GP64()), Load(Param("bRow"), GP64())
	f.scale(t.aRow, t.aCol, t.bRow)
	t.packed, t.second = Load(Param("packed"), GP64()), Load(Param("k"), GP64())
	SHLQ(Imm(uint64(bits.Len(panelBytes)-1)), t.second)
	// Rows of B may be too far apart for the processor to foresee them: ask for them 32 rows ahead.
	t.ahead = GP64()
	MOVQ(t.bRow, t.ahead)
	SHLQ(Imm(5), t.ahead)
	t.emit(tileRows512)
	VZEROUPPER()
	RET()
}

// panels512 emits the product of any number of rows with one panel of B, possibly cut, or with two whole ones.
func (f precision) panels512(vectors int) {
	name := map[int]string{1: "PanelAVX512", 2: "PanelsAVX512"}[vectors]
	name = f.kernel(name)
	columns := fmt.Sprintf("two panels of B, %d columns each and bPanel elements apart", 64/f.Size)
	last := "for all their columns."
	if vectors == 1 {
		columns = fmt.Sprintf("a panel of B, %d columns", 64/f.Size)
		last = "for the columns j of which bit j of columns is set."
	}
	TEXT(name, NOSPLIT, f.types("func(m, k int, a *T, aRow, aCol, aTile int, b *T, bRow, bPanel int, "+
		"start *T, startRow int, c *T, cRow int, columns uint32)"))
	Pragma("noescape")
	Doc(
		fmt.Sprintf("%s multiplies m rows of A by %s, k > 0 deep:", name, columns),
		"",
		"\tsum = start[i*startRow+j]",
		"\tfor p < k: sum = fma(a[i/6*aTile + i%6*aRow + p*aCol], b[p*bRow+j], sum)",
		"\tc[i*cRow+j] = sum",
		"",
		last)
	t := tile512{precision: f, vectors: vectors}
	t.aRow, t.aCol = Load(Param("aRow"), GP64()), Load(Param("aCol"), GP64())
	t.bRow, t.bPanel = Load(Param("bRow"), GP64()), Load(Param("bPanel"), GP64())
	f.scale(t.aRow, t.aCol, t.bRow, t.bPanel)
	if vectors == 1 {
		t.mask = K()
		KMOVW(Load(Param("columns"), GP32()), t.mask)
	}
	// What changes only from tile to tile stays in the arguments' memory; the inner loop needs the registers.
	m := argument("m")
	SUBQ(Imm(tileRows512), m)
	JL(LabelRef("rest"))
	Label("tiles")
	t.emit(tileRows512)
	for _, advance := range []struct {
		stride, pointer string
		times           uint64
	}{{"aTile", "a", 2}, {"startRow", "start", tileRows512}, {"cRow", "c", tileRows512}} {
		step := Load(Param(advance.stride), GP64())
		IMUL3Q(U8(uint64(f.Size)*advance.times), step, step)
		ADDQ(step, argument(advance.pointer))
	}
	SUBQ(Imm(tileRows512), m)
	JGE(LabelRef("tiles"))
	Label("rest")
	ADDQ(Imm(tileRows512), m)
	JE(LabelRef("done"))
	for rows := tileRows512 - 1; rows >= 1; rows-- {
		if rows > 1 {
			CMPQ(m, Imm(uint64(rows)))
			JNE(LabelRef(fmt.Sprintf("not%d", rows)))
		}
		t.emit(rows)
		if rows > 1 {
			JMP(LabelRef("done"))
			Label(fmt.Sprintf("not%d", rows))
		}
	}
	Label("done")
	VZEROUPPER()
	RET()
}

// tile512 is a tile of up to twelve rows by one or two panels.
type tile512 struct {
	precision
	vectors      int
	aRow, aCol   Register
	bRow, bPanel Register
	mask         Register // of the columns, with one panel

	packed, second Register // where to pack the panels, one so far behind the other, if that is to be done
	ahead          Register // then how far ahead of its use B is fetched
}

// following is the argument that has the number of rows after the tile.
func (t tile512) following() string {
	if t.packed != nil {
		return "following"
	}
	return "m"
}

// emit computes the chains of a tile.
func (t tile512) emit(rows int) {
	sum := make([][]VecVirtual, rows)
	start, startRow := Load(Param("start"), GP64()), Load(Param("startRow"), GP64())
	t.scale(startRow)
	for i := range rows {
		for v := range t.vectors {
			z := ZMM()
			sum[i] = append(sum[i], z)
			at := Mem{Base: start, Disp: 2 * vectorBytes * v}
			if t.mask == nil {
				VMOVUPS(at, z)
			} else {
				t.loadMasked(at, t.mask, z)
			}
		}
		if i < rows-1 {
			ADDQ(startRow, start)
		}
	}

	k, a, b := Load(Param("k"), GP64()), Load(Param("a"), GP64()), Load(Param("b"), GP64())
	left := rowAddresses(a, t.aRow, min(rows, tileRows))
	if rows > tileRows {
		second := Load(Param("aTile"), GP64())
		t.scale(second)
		ADDQ(a, second)
		left = append(left, rowAddresses(second, t.aRow, rows-tileRows)...)
	}
	columns := []Mem{{Base: b}, {Base: b, Index: t.bPanel, Scale: 1}}
	if t.packed != nil {
		columns[1] = Mem{Base: b, Disp: panelBytes}
	}
	copies := []Mem{{Base: t.packed}, {Base: t.packed, Index: t.second, Scale: 1}}
	// A transposed A has a row of the tile's numbers in each step, which lies too far from the one before to be foreseen. The
	// tile before has fetched the line in which the row begins; fetch the one in which it ends, 32 steps ahead.
	whole := rows == tileRows512 && t.vectors == 2
	var far Register
	if whole {
		far = GP64()
		MOVQ(t.aCol, far)
		SHLQ(Imm(5), far)
	}
	step := func() {
		if far != nil {
			PREFETCHT0(Mem{Base: left[tileRows].Base, Index: far, Scale: 1, Disp: (tileRows - 1) * t.Size})
		}
		right := make([]VecVirtual, t.vectors)
		for v := range right {
			right[v] = ZMM()
			if t.mask == nil {
				VMOVUPS(columns[v], right[v])
			} else {
				t.loadMasked(columns[v], t.mask, right[v])
			}
			if t.packed != nil {
				PREFETCHT0(Mem{Base: b, Index: t.ahead, Scale: 1, Disp: panelBytes * v})
				VMOVUPS(right[v], copies[v])
			}
		}
		for i := range rows {
			x := ZMM()
			t.broadcast(left[i], x)
			for v := range right {
				t.fma(x, right[v], sum[i][v]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
			}
		}
		ADDQ(t.bRow, b)
		if t.packed != nil {
			ADDQ(Imm(panelBytes), t.packed)
		}
		for _, base := range bases(left) {
			ADDQ(t.aCol, base)
		}
	}
	const unroll = 2
	label := func(s string) string { return fmt.Sprintf("%s%d", s, rows) }
	if whole {
		// C comes from where it was left long ago. Meanwhile fetch what the next tile goes on from or writes to, a row each
		// time, lest its chains wait for that; not more rows than there are, since others may be at work on what follows.
		n, most, until := Load(Param(t.following()), GP64()), GP64(), AllocLocal(8)
		MOVQ(U32(tileRows512), most)
		CMPQ(n, most)
		CMOVQGT(most, n)
		IMUL3Q(U8(unroll), n, n)
		SUBQ(k, n)
		NEGQ(n)
		JL(LabelRef(label("short")))
		CMPQ(n, k)
		JE(LabelRef(label("short")))
		MOVQ(n, until)
		next, cRow := GP64(), Load(Param("cRow"), GP64())
		t.scale(cRow)
		IMUL3Q(Imm(tileRows512), cRow, next)
		ADDQ(argument("c"), next)
		Label(label("fetching"))
		for v := range t.vectors {
			PREFETCHT0(Mem{Base: next, Disp: 2 * vectorBytes * v})
		}
		ADDQ(cRow, next)
		for range unroll {
			step()
		}
		SUBQ(Imm(unroll), k)
		CMPQ(k, until)
		JNE(LabelRef(label("fetching")))
		Label(label("short"))
	}
	SUBQ(Imm(unroll), k)
	JL(LabelRef(label("few")))
	Label(label("steps"))
	for range unroll {
		step()
	}
	SUBQ(Imm(unroll), k)
	JGE(LabelRef(label("steps")))
	Label(label("few"))
	ADDQ(Imm(unroll), k)
	JE(LabelRef(label("store")))
	step()
	Label(label("store"))
	c, cRow := Load(Param("c"), GP64()), Load(Param("cRow"), GP64())
	t.scale(cRow)
	for i := range rows {
		for v := range t.vectors {
			at := Mem{Base: c, Disp: 2 * vectorBytes * v}
			if t.mask == nil {
				VMOVUPS(sum[i][v], at)
			} else {
				t.storeMasked(sum[i][v], t.mask, at)
			}
		}
		if i < rows-1 {
			ADDQ(cRow, c)
		}
	}
}
