package dataset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/seed964deb49/langevin/internal/oserror"
)

// readNPY reads NumPy's format, as numpy.lib.format describes it: six bytes of magic, the version, the length of the
// header, the header, and the elements. Whatever follows them is left out, as NumPy does.
func readNPY(name string, r *io.SectionReader, o Options) (*Set, error) {
	h, end, err := readNPYHeader(name, r)
	if err != nil {
		return nil, err
	}
	a := array{shape: h.shape, fortran: h.fortran, offset: end, more: true}
	if a.element, err = npyElement(h.descr); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if a.shape, err = resolve(a.shape, uint64(r.Size()-a.offset)/uint64(a.size)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(a.shape) == 0 {
		return nil, fmt.Errorf("%s: the array is a single value of shape (); save it with a row for each point", name)
	}
	return a.read(name, r, o)
}

// readNPYHeader reads the header, and returns where it ends.
func readNPYHeader(name string, r *io.SectionReader) (h npyHeader, end int64, err error) {
	head := make([]byte, 12)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return h, 0, fmt.Errorf("%s: cannot read the file: %w", name, oserror.Cause(err))
	}
	head = head[:n]
	if !bytes.HasPrefix(head, npyMagic) {
		return h, 0, fmt.Errorf("%s: is not a .npy file: it does not start with the bytes \\x93NUMPY", name)
	}
	if len(head) < len(npyMagic)+2 {
		return h, 0, fmt.Errorf("%s: the file is truncated: it ends inside the header, at byte %d", name, n)
	}
	at, length := 10, uint64(0)
	switch major, minor := head[6], head[7]; {
	case major == 1 && minor == 0 && n >= 10:
		length = uint64(binary.LittleEndian.Uint16(head[8:]))
	case (major == 2 || major == 3) && minor == 0 && n >= 12:
		at, length = 12, uint64(binary.LittleEndian.Uint32(head[8:]))
	case 1 <= major && major <= 3 && minor == 0:
		return h, 0, fmt.Errorf("%s: the file is truncated: it ends inside the header, at byte %d", name, n)
	default:
		return h, 0, fmt.Errorf("%s: the file has .npy version %d.%d, not 1.0, 2.0 or 3.0", name, major, minor)
	}
	if left := uint64(r.Size() - int64(at)); length > left {
		return h, 0, fmt.Errorf("%s: the file is truncated: its header should have %d bytes, but only %d follow",
			name, length, left)
	}
	text := make([]byte, length)
	if n, err := r.ReadAt(text, int64(at)); n < len(text) {
		return h, 0, fmt.Errorf("%s: cannot read byte %d of the file: %w", name, at+n, oserror.Cause(err))
	}
	if h, err = parseNPYHeader(string(text), at); err != nil {
		return h, 0, fmt.Errorf("%s: %w", name, err)
	}
	return h, int64(at) + int64(length), nil
}
