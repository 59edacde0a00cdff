package safetensors

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/seed964deb49/langevin/internal/oserror"
)

// Load reads the file at path. See Decode for what it accepts.
func Load(path string) (*File, error) {
	// A look before opening, because opening a pipe would wait for its other end.
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", path, oserror.Cause(err))
	case info.IsDir():
		return nil, fmt.Errorf("cannot read %s: it is a directory", path)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("cannot read %s: it is not a regular file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, oserror.Cause(err))
	}
	defer f.Close()
	return Decode(f, info.Size(), path)
}

// Decode reads a file of size bytes; name is what its errors call it. Values of type F32 keep their bits, F16 and
// BF16 convert exactly, and F64 rounds to the nearest float32, ties to even. Any other type is an error, as is
// whatever the format forbids.
func Decode(r io.ReaderAt, size int64, name string) (*File, error) {
	f, err := decode(r, size)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", name, err)
	}
	return f, nil
}

func decode(r io.ReaderAt, size int64) (*File, error) {
	header, err := readHeader(r, size)
	if err != nil {
		return nil, err
	}
	metadata, entries, err := parseHeader(header)
	if err != nil {
		return nil, err
	}
	start := lengthSize + int64(len(header))
	// Entries may come in any order. Only empty tensors can have equal offsets, and they keep the order they have.
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.end, b.end))
	})
	if err := checkOffsets(entries, start, size); err != nil {
		return nil, err
	}
	f := &File{Metadata: metadata}
	values, buffer := io.NewSectionReader(r, start, size-start), make([]byte, chunk)
	for _, e := range entries {
		data, err := readValues(values, buffer, e)
		if err != nil {
			return nil, fmt.Errorf("tensor %.80q, whose data is at bytes %d to %d: %w",
				e.name, start+e.begin, start+e.end, oserror.Cause(err))
		}
		f.Tensors = append(f.Tensors, Tensor{Name: e.name, Shape: e.shape, Data: data})
	}
	return f, nil
}

func readHeader(r io.ReaderAt, size int64) ([]byte, error) {
	if size < lengthSize {
		return nil, fmt.Errorf("it has %d bytes, too few for the %d of a header length: it is truncated or not a "+
			"safetensors file", max(size, 0), lengthSize)
	}
	var prefix [lengthSize]byte
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, lengthSize), prefix[:]); err != nil {
		return nil, fmt.Errorf("the header length at byte 0: %w", oserror.Cause(err))
	}
	length := binary.LittleEndian.Uint64(prefix[:])
	if length > maxHeader {
		return nil, fmt.Errorf("the header length at byte 0 is %d, more than the %d that the format allows: "+
			"it is not a safetensors file", length, maxHeader)
	}
	if int64(length) > size-lengthSize {
		return nil, fmt.Errorf("the header ends at byte %d, after the end of the file at byte %d: "+
			"it is truncated or not a safetensors file", lengthSize+length, size)
	}
	header := make([]byte, length)
	if _, err := io.ReadFull(io.NewSectionReader(r, lengthSize, int64(length)), header); err != nil {
		return nil, fmt.Errorf("the header of %d bytes at byte %d: %w", length, lengthSize, oserror.Cause(err))
	}
	return header, nil
}

// checkOffsets makes sure that the sorted entries cover the data of a file, from byte start to size, once and in
// full.
func checkOffsets(entries []entry, start, size int64) error {
	var at int64
	for i, e := range entries {
		switch {
		case e.begin < at:
			return fmt.Errorf("tensor %.80q begins at data offset %d, inside tensor %.80q, which ends at %d",
				e.name, e.begin, entries[i-1].name, at)
		case e.begin > at:
			return fmt.Errorf("tensor %.80q begins at data offset %d, which leaves a hole after %d",
				e.name, e.begin, at)
		}
		if at = e.end; at > size-start {
			return fmt.Errorf("tensor %.80q ends at data offset %d, after the end of the data at %d: "+
				"the file is truncated", e.name, at, size-start)
		}
	}
	if start+at != size {
		return fmt.Errorf("%d bytes that belong to no tensor follow from byte %d on", size-start-at, start+at)
	}
	return nil
}

// readValues reads the next values, which are those of e, by way of a buffer of chunk bytes.
func readValues(r io.Reader, buffer []byte, e entry) ([]float32, error) {
	data := make([]float32, e.count)
	for part := range slices.Chunk(data, chunk/e.dtype.size) {
		source := buffer[:len(part)*e.dtype.size]
		if _, err := io.ReadFull(r, source); err != nil {
			return nil, err
		}
		e.dtype.read(part, source)
	}
	return data, nil
}
