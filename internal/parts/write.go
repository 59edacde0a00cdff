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
	"slices"

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
	w.values += len(values)
	for some := range slices.Chunk(values, chunk) {
		for _, v := range some {
			w.buf = binary.LittleEndian.AppendUint32(w.buf, math.Float32bits(v))
		}
		if err := w.flush(); err != nil {
			return err
		}
	}
	return nil
}

// Float64s appends values of a part that is Double.
func (w *Writer) Float64s(values []float64) error {
	w.values += len(values)
	for some := range slices.Chunk(values, chunk) {
		for _, v := range some {
			w.buf = binary.LittleEndian.AppendUint64(w.buf, math.Float64bits(v))
		}
		if err := w.flush(); err != nil {
			return err
		}
	}
	return nil
}

// chunk is how many values are converted at a time.
const chunk = 1 << 13

// flush writes what has gathered.
func (w *Writer) flush() error {
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
	return atomicfile.Write(h.Path(dir), h.write(fill))
}

// Spool writes a part into a file of a directory that is there as long as use takes.
func Spool(dir string, h *Header, fill func(*Writer) error, use func(*Part) error) error {
	if err := h.check(); err != nil {
		return err
	}
	return atomicfile.Scratch(dir, h.write(fill), func(path string) error {
		p, err := Open(path)
		if err != nil {
			return err
		}
		return use(p)
	})
}

// write returns what writes the part.
func (h *Header) write(fill func(*Writer) error) func(io.Writer) error {
	return func(file io.Writer) error {
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
		if err := w.flush(); err != nil {
			return err
		}
		_, err = file.Write(w.sum.Sum(nil))
		return err
	}
}
