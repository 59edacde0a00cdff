package parts

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"math"
	"os"

	"github.com/seed964deb49/langevin/internal/atomicfile"
	"github.com/seed964deb49/langevin/internal/fault"
)

// Writer takes the values of a part, row by row.
type Writer struct {
	w      io.Writer
	sum    hash.Hash
	values int
	buf    []byte
}

// Float32s appends values of a part that is not Double.
func (w *Writer) Float32s(values []float32) error {
	for _, v := range values {
		w.buf = binary.LittleEndian.AppendUint32(w.buf, math.Float32bits(v))
		if err := w.flush(1 << 16); err != nil {
			return err
		}
	}
	w.values += len(values)
	return nil
}

// Float64s appends values of a part that is Double.
func (w *Writer) Float64s(values []float64) error {
	for _, v := range values {
		w.buf = binary.LittleEndian.AppendUint64(w.buf, math.Float64bits(v))
		if err := w.flush(1 << 16); err != nil {
			return err
		}
	}
	w.values += len(values)
	return nil
}

// flush writes what has gathered, once it is that much.
func (w *Writer) flush(most int) error {
	if len(w.buf) < most {
		return nil
	}
	w.sum.Write(w.buf)
	_, err := w.w.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}

// Write writes a part into a directory, which it makes where there is none. fill gives the values to the
// writer, as many as the shard's range has, and may set figures of the header. The file appears whole or not
// at all.
func Write(dir string, h *Header, fill func(*Writer) error) error {
	if err := h.check(); err != nil {
		return err
	}
	if err := fault.Do(fault.Mkdir, func() error { return os.MkdirAll(dir, 0o777) }); err != nil {
		return fmt.Errorf("cannot make the directory of parts: %w", err)
	}
	return WriteFile(h.Path(dir), h, fill)
}

// WriteFile writes a part to a file of any name.
func WriteFile(path string, h *Header, fill func(*Writer) error) error {
	return atomicfile.Write(path, func(file io.Writer) error {
		w := &Writer{w: file, sum: sha256.New()}
		w.buf = append(w.buf, magic...)
		if err := fill(w); err != nil {
			return err
		}
		if from, to := h.Range(); w.values != (to-from)*h.Cols {
			return fmt.Errorf("the part has %d values, want %d rows of %d", w.values, to-from, h.Cols)
		}
		header, err := json.Marshal(h)
		if err != nil {
			return err
		}
		if len(header) > longest {
			return fmt.Errorf("the part's header has %d bytes, want at most %d", len(header), longest)
		}
		w.buf = append(w.buf, header...)
		w.buf = binary.LittleEndian.AppendUint64(w.buf, uint64(len(header)))
		if err := w.flush(0); err != nil {
			return err
		}
		_, err = file.Write(w.sum.Sum(nil))
		return err
	})
}
