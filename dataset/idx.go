package dataset

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/seed964deb49/langevin/internal/oserror"
)

// idxElements are the element types of IDX by their code.
var idxElements = map[byte]element{
	0x08: {'u', 1, binary.BigEndian},
	0x09: {'i', 1, binary.BigEndian},
	0x0B: {'i', 2, binary.BigEndian},
	0x0C: {'i', 4, binary.BigEndian},
	0x0D: {'f', 4, binary.BigEndian},
	0x0E: {'f', 8, binary.BigEndian},
}

// readIDX reads the format of MNIST (LeCun, Cortes and Burges, "The MNIST database of handwritten digits"): two zero
// bytes, a type code, the number of dimensions, the dimensions as big-endian 32-bit integers, and the elements, the
// last index fastest.
func readIDX(name string, r *io.SectionReader, o Options) (*Set, error) {
	head := make([]byte, 4+4*255)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("%s: cannot read the file: %w", name, oserror.Cause(err))
	}
	head = head[:n]
	if len(head) < 4 {
		return nil, fmt.Errorf("%s: the file is truncated: an IDX header has at least 8 bytes, the file %d", name, n)
	}
	if head[0] != 0 || head[1] != 0 {
		return nil, fmt.Errorf("%s: is not an IDX file: it starts with the bytes % x, not with 00 00", name, head[:2])
	}
	e, ok := idxElements[head[2]]
	if !ok {
		return nil, fmt.Errorf("%s: is not an IDX file: byte 2 is 0x%02x, not one of the type codes "+
			"08, 09, 0b, 0c, 0d and 0e", name, head[2])
	}
	dims := int(head[3])
	if dims == 0 {
		return nil, fmt.Errorf("%s: the IDX header gives no dimensions (byte 3 is 0)", name)
	}
	offset := 4 + 4*dims
	if len(head) < offset {
		return nil, fmt.Errorf("%s: the file is truncated: an IDX header with %d dimensions has %d bytes, the file %d",
			name, dims, offset, n)
	}
	a := array{element: e, shape: make([]uint64, dims), offset: int64(offset)}
	for i := range a.shape {
		a.shape[i] = uint64(binary.BigEndian.Uint32(head[4+4*i:]))
	}
	return a.read(name, r, o)
}
