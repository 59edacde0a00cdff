package dataset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// readNPY reads NumPy's format, as numpy.lib.format describes it: six bytes of magic, the version, the length of the
// header, the header, and the elements.
func readNPY(name string, r *io.SectionReader) (*Set, error) {
	head := make([]byte, 12)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("%s: cannot read the file: %w", name, cause(err))
	}
	head = head[:n]
	if !bytes.HasPrefix(head, npyMagic) {
		return nil, fmt.Errorf("%s: is not a .npy file: it does not start with the bytes \\x93NUMPY", name)
	}
	if len(head) < len(npyMagic)+2 {
		return nil, fmt.Errorf("%s: the file is truncated: it ends inside the header, at byte %d", name, n)
	}
	at, length := 10, uint64(0)
	switch major, minor := head[6], head[7]; {
	case major == 1 && minor == 0 && n >= 10:
		length = uint64(binary.LittleEndian.Uint16(head[8:]))
	case (major == 2 || major == 3) && minor == 0 && n >= 12:
		at, length = 12, uint64(binary.LittleEndian.Uint32(head[8:]))
	case 1 <= major && major <= 3 && minor == 0:
		return nil, fmt.Errorf("%s: the file is truncated: it ends inside the header, at byte %d", name, n)
	default:
		return nil, fmt.Errorf("%s: the file has .npy version %d.%d, not 1.0, 2.0 or 3.0", name, major, minor)
	}
	if left := uint64(r.Size() - int64(at)); length > left {
		return nil, fmt.Errorf("%s: the file is truncated: its header should have %d bytes, but only %d follow",
			name, length, left)
	}
	text := make([]byte, length)
	if n, err := r.ReadAt(text, int64(at)); n < len(text) {
		return nil, fmt.Errorf("%s: cannot read byte %d of the file: %w", name, at+n, cause(err))
	}
	h, err := parseNPYHeader(string(text), at)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	a := array{shape: h.shape, fortran: h.fortran, offset: int64(at) + int64(length)}
	if a.element, err = npyElement(h.descr); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(a.shape) == 0 {
		return nil, fmt.Errorf("%s: the array is a single value of shape (); save it with a row for each point", name)
	}
	return a.read(name, r)
}

// npyElement returns the element type that a descr such as <f4 stands for.
func npyElement(descr string) (element, error) {
	unsupported := fmt.Errorf("the elements have the type %.40q; save the array as float32, x.astype('float32')", descr)
	if len(descr) != 3 || descr[2] < '1' || descr[2] > '8' {
		return element{}, unsupported
	}
	e := element{kind: descr[1], size: int(descr[2] - '0')}
	switch {
	case descr[0] == '<' || descr[0] == '|' && e.size == 1:
		e.order = binary.LittleEndian
	case descr[0] == '>':
		e.order = binary.BigEndian
	default:
		return element{}, unsupported
	}
	if !strings.ContainsRune("biuf", rune(e.kind)) || e.decoder() == nil {
		return element{}, unsupported
	}
	return e, nil
}
