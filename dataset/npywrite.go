package dataset

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/kernels"
)

// WriteNPY writes the N rows of x as a .npy file that numpy.load reads as an array of float64, if double, or
// else of float32, to which x is rounded: of shape N x shape, where the sizes in shape multiply to x.Cols, or
// N x x.Cols without them, so that
//
//	WriteNPY(w, set.X, set.Double, set.Shape...)
//
// keeps images images. The file has version 1.0 and C order and is the one that numpy.save writes, as of NumPy
// 1.24, byte for byte. Errors are those of w, and a shape that does not fit.
func WriteNPY(w io.Writer, x kernels.Matrix64, double bool, shape ...int) error {
	return Table{X: x, Double: double, Shape: shape}.WriteNPY(w)
}

// WriteNPY writes the table's values to w as the function WriteNPY does, without labels.
func (t Table) WriteNPY(w io.Writer) error {
	shape, size := t.shape(), t.size()
	if !fits(shape, size.Cols) {
		return fmt.Errorf("rows of %d values do not have the shape %v", size.Cols, shape)
	}
	descr := "<f4"
	if t.Double {
		descr = "<f8"
	}
	header := npyHeaderText(size.Count, descr, shape)
	if len(header) > math.MaxUint16 {
		return fmt.Errorf("a .npy header of version 1.0 has no room for %d dimensions", 1+len(shape))
	}
	buf := npyStart(header)
	err := t.each(func(_ int, x kernels.Matrix64, _ []int) (err error) {
		for i := 0; i < x.Rows && err == nil; i++ {
			buf, err = writeValues(w, buf, x.Row(i), t.Double)
		}
		return err
	})
	if err != nil {
		return err
	}
	if _, err := w.Write(buf); err != nil {
		return fmt.Errorf("cannot write the .npy data: %w", err)
	}
	return nil
}

// npyBuffer is how many bytes are written at a time.
const npyBuffer = 1 << 16

// writeValues appends values to buf, which it writes to w as it becomes full.
func writeValues(w io.Writer, buf []byte, values []float64, double bool) ([]byte, error) {
	for _, v := range values {
		if len(buf) > npyBuffer-8 {
			if _, err := w.Write(buf); err != nil {
				return nil, fmt.Errorf("cannot write the .npy data: %w", err)
			}
			buf = buf[:0]
		}
		if double {
			buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(v))
		} else {
			buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(float32(v)))
		}
	}
	return buf, nil
}

// npyStart returns what stands before the data of a .npy file, with room for more.
func npyStart(header string) []byte {
	buf := make([]byte, 0, npyBuffer)
	buf = append(buf, npyMagic...)
	buf = append(buf, 1, 0)
	buf = binary.LittleEndian.AppendUint16(buf, uint16(len(header)))
	return append(buf, header...)
}

// fits reports whether the sizes in shape are not negative and multiply to n.
func fits(shape []int, n int) bool {
	product := 1
	for _, s := range shape {
		if s < 0 || s > 0 && product > math.MaxInt/s {
			return false
		}
		product *= s
	}
	return product == n
}

// npyHeaderText returns the header of an array of rows x shape. As NumPy does, it leaves room for rows to
// grow to 21 digits, and ends where the data start at a multiple of 64 bytes.
func npyHeaderText(rows int, descr string, shape []int) string {
	const before, align, rowDigits = 10, 64, 21
	first := strconv.Itoa(rows)
	var h strings.Builder
	h.WriteString("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + first)
	for _, s := range shape {
		h.WriteString(", " + strconv.Itoa(s))
	}
	if len(shape) == 0 {
		h.WriteString(",")
	}
	h.WriteString("), }" + strings.Repeat(" ", rowDigits-len(first)))
	h.WriteString(strings.Repeat(" ", (align-(before+h.Len()+1)%align)%align) + "\n")
	return h.String()
}
