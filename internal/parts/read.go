package parts

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/seed964deb49/langevin/internal/oserror"
)

// Part is a part in a file.
type Part struct {
	Header
	Path string
	end  int64 // of the values
	size int64 // of the file
}

// Open reads a part's header. That the values are whole is for Check to say.
func Open(path string) (*Part, error) {
	p, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	return p, nil
}

// errBroken is the error of a file that is no whole part.
var errBroken = errors.New("it is not a whole part of a run: remove it and run its shard again")

func open(path string) (*Part, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, oserror.Cause(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, oserror.Cause(err)
	}
	size := info.Size()
	if !info.Mode().IsRegular() || size < int64(len(magic)+trailer) {
		return nil, errBroken
	}
	ends := make([]byte, len(magic)+8)
	if _, err := f.ReadAt(ends[:len(magic)], 0); err != nil {
		return nil, oserror.Cause(err)
	}
	if _, err := f.ReadAt(ends[len(magic):], size-trailer); err != nil {
		return nil, oserror.Cause(err)
	}
	length := binary.LittleEndian.Uint64(ends[len(magic):])
	if string(ends[:len(magic)]) != magic || length > longest || int64(length) > size-int64(len(magic)+trailer) {
		return nil, errBroken
	}
	p := &Part{Path: path, size: size, end: size - trailer - int64(length)}
	header := make([]byte, length)
	if _, err := f.ReadAt(header, p.end); err != nil {
		return nil, oserror.Cause(err)
	}
	if json.Unmarshal(header, &p.Header) != nil || p.check() != nil {
		return nil, errBroken
	}
	from, to := p.Range()
	rows, width := uint64(to-from), uint64(p.Cols)*uint64(p.Header.size())
	if rows > math.MaxInt64/width || int64(rows*width) != p.end-int64(len(magic)) {
		return nil, errBroken
	}
	return p, nil
}

// Check reads the whole part and returns an error unless its checksum is right.
func (p *Part) Check() error {
	f, err := os.Open(p.Path)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", p.Path, oserror.Cause(err))
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.CopyN(sum, f, p.size-sha256.Size); err != nil {
		return fmt.Errorf("cannot read %s: %w", p.Path, oserror.Cause(err))
	}
	want, err := io.ReadAll(f)
	if err != nil || !bytes.Equal(want, sum.Sum(nil)) {
		return fmt.Errorf("cannot read %s: %w", p.Path, errBroken)
	}
	return nil
}

// Float32s calls do with blocks of whole rows, at most rows of them, one after the other. A block holds until
// do returns.
func (p *Part) Float32s(rows int, do func(values []float32) error) error {
	values := make([]float32, 0, p.most(rows))
	return p.blocks(rows, func(block []byte) error {
		values = values[:len(block)/4]
		for i := range values {
			values[i] = math.Float32frombits(binary.LittleEndian.Uint32(block[4*i:]))
		}
		return do(values)
	})
}

// Float64s is Float32s of a part that is Double.
func (p *Part) Float64s(rows int, do func(values []float64) error) error {
	values := make([]float64, 0, p.most(rows))
	return p.blocks(rows, func(block []byte) error {
		values = values[:len(block)/8]
		for i := range values {
			values[i] = math.Float64frombits(binary.LittleEndian.Uint64(block[8*i:]))
		}
		return do(values)
	})
}

// most returns how many values a block of that many rows has at most. They are in the file, whatever its
// header says of their number.
func (p *Part) most(rows int) int {
	from, to := p.Range()
	return min(rows, to-from) * p.Cols
}

// blocks calls do with the bytes of blocks of rows.
func (p *Part) blocks(rows int, do func(block []byte) error) error {
	f, err := os.Open(p.Path)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", p.Path, oserror.Cause(err))
	}
	defer f.Close()
	values := io.NewSectionReader(f, int64(len(magic)), p.end-int64(len(magic)))
	buf := make([]byte, p.most(rows)*p.Header.size())
	for left := values.Size(); left > 0; left -= int64(len(buf)) {
		buf = buf[:min(int64(len(buf)), left)]
		if _, err := io.ReadFull(values, buf); err != nil {
			return fmt.Errorf("cannot read %s: %w", p.Path, oserror.Cause(err))
		}
		if err := do(buf); err != nil {
			return err
		}
	}
	return nil
}
