package kernel

import "fmt"

// BlockField is a field of the struct that the kernels of blocks take.
type BlockField struct {
	Name, Type, Doc string
}

// BlockFields are the fields in their order, of eight bytes each.
var BlockFields = []BlockField{
	{"m", "int", "rows of C; the kernel uses it up"},
	{"rows", "int", "of a tile, at most as many as BlockRows says"},
	{"k", "int", "positive"},
	{"a", "*T", "the first element of op(A)"},
	{"aRow", "int", "from row to row of op(A), in elements"},
	{"aCol", "int", "from column to column"},
	{"b", "*T", "the first element of B"},
	{"bRow", "int", ""},
	{"bPanel", "int", "from 64 bytes of a row to the next; panels that lie apart are whole"},
	{"ahead", "int", "elements ahead of its use that a B which lies as it is is fetched; 0 is none"},
	{"start", "*T", "where the chains start; nil is zero"},
	{"startRow", "int", ""},
	{"c", "*T", ""},
	{"cRow", "int", ""},
	{"far", "int", "not 0 if C is not in the first-level cache, and worth fetching"},
	{"width", "int", "columns of the last vector"},
}

// BlockOffset is where a field is, in bytes.
func BlockOffset(name string) int {
	for i, f := range BlockFields {
		if f.Name == name {
			return 8 * i
		}
	}
	panic("kernel: a block has no field " + name)
}

// BlockVectors is the number of vectors up to which a block has columns.
const BlockVectors = 12

// BlockRows returns the most rows of a tile of so many vectors: its sums stay in registers, next to the
// vectors of B or the elements of A, whichever are fewer, one of the others, and AVX2's mask of a cut vector.
// Twelve rows have enough chains with one vector. Eight have with several; higher tiles would only make
// NEON's programs longer.
func BlockRows(set Set, vectors int, cut bool) int {
	registers, most := 32, 12
	switch {
	case set == AVX2 && cut:
		registers = 15
	case set == AVX2:
		registers = 16
	case set == NEON && vectors > 1:
		most = 8
	}
	rows := 1
	for rows < most && (rows+1)*vectors+min(rows+1, vectors)+1 <= registers {
		rows++
	}
	return rows
}

// Block declares the product with a block of columns of B, as they lie or in panels, vectors wide. If cut,
// the last vector has columns beyond width, which do not exist.
func (f Float) Block(vectors int, cut bool) Kernel {
	name, last := fmt.Sprintf("Block%d", vectors), "All vectors are whole."
	if cut {
		name, last = fmt.Sprintf("BlockTo%d", vectors), "The last vector has width columns."
	}
	return f.product(name, "q *byte",
		fmt.Sprintf("multiplies rows of op(A) by %d vectors of columns of B, k > 0 deep:", vectors),
		"",
		"\tsum = start[i*startRow+j], or 0 if start is nil",
		fmt.Sprintf("\tfor p < k: sum = fma(a[i*aRow+p*aCol], b[j/%d*bPanel + p*bRow + j%%%d], sum)",
			f.Wide(), f.Wide()),
		"\tc[i*cRow+j] = sum",
		"",
		last)
}
