package dataset

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/exp/mmap"
)

// Open reads a data file: IDX (the format of MNIST), .npy (NumPy) or .csv, each plain or compressed by gzip. What
// the file is follows from its first bytes, and from its extension where they do not tell.
//
//   - IDX: every element type; the first dimension counts the rows, the product of the others is D.
//   - .npy: versions 1 to 3, booleans, integers of 1 to 8 bytes and floats of 4 and 8, in either byte order and in
//     C or Fortran order; rows as for IDX.
//   - .csv (also .tsv and .txt): one point a line, cells parted by tabs, semicolons or commas, whichever the first
//     line has, in that order. A first line without any number is a header. Blank lines, and lines that start with
//     #, do not count.
//
// A one-dimensional array is N x 1. Open reads no more than the file can hold, whatever its header claims, and takes
// no file whose data do not end where the header says. A compressed file may expand to 16 MiB or to 200 times its
// size, whichever is more, but to no more than 1 GiB. NaN, infinities and values beyond float32 are errors that name
// row and column, counted from 1.
func Open(path string) (*Set, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: there is no such file", path)
	case err != nil:
		return nil, fmt.Errorf("%s: cannot look up the file: %w", path, cause(err))
	case info.IsDir():
		return nil, fmt.Errorf("%s: is a directory; name a data file in it", path)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: is not a regular file; copy its content into one", path)
	}
	file, err := mmap.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot open the file: %w", path, cause(err))
	}
	defer file.Close()
	set, err := read(path, io.NewSectionReader(file, 0, int64(file.Len())))
	if err != nil {
		return nil, err
	}
	set.Name = filepath.Base(path)
	return set, nil
}

// cause strips an error of operation and path, which the message around it has.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// read reads a set from a file of the given name, which it uses for the extension and in errors.
func read(name string, r *io.SectionReader) (*Set, error) {
	if r.Size() == 0 {
		return nil, fmt.Errorf("%s: the file is empty", name)
	}
	head, err := start(name, r)
	if err != nil {
		return nil, err
	}
	plain := name
	if bytes.HasPrefix(head, gzipMagic) {
		if r, err = gunzip(name, r); err != nil {
			return nil, err
		}
		if r.Size() == 0 {
			return nil, fmt.Errorf("%s: the compressed file is empty", name)
		}
		if head, err = start(name, r); err != nil {
			return nil, err
		}
		plain = strings.TrimSuffix(strings.ToLower(name), ".gz")
	}
	readFormat, err := detect(name, plain, head)
	if err != nil {
		return nil, err
	}
	return readFormat(name, r)
}

// start returns the first bytes of r, eight at most.
func start(name string, r io.ReaderAt) ([]byte, error) {
	head := make([]byte, 8)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("%s: cannot read the file: %w", name, cause(err))
	}
	return head[:n], nil
}

var (
	gzipMagic = []byte{0x1f, 0x8b}
	npyMagic  = []byte("\x93NUMPY")
	zipMagic  = []byte("PK\x03\x04")
	idxMagic  = []byte{0, 0}
)

// detect picks the reader by the first bytes of the file, then by the name without .gz.
func detect(name, plain string, head []byte) (func(string, *io.SectionReader) (*Set, error), error) {
	base := strings.ToLower(filepath.Base(plain))
	switch {
	case bytes.HasPrefix(head, npyMagic):
		return readNPY, nil
	case bytes.HasPrefix(head, idxMagic):
		return readIDX, nil
	case bytes.HasPrefix(head, zipMagic):
		return nil, fmt.Errorf("%s: is a zip archive (.npz or .zip); save the array by itself with numpy.save", name)
	case bytes.HasPrefix(head, gzipMagic):
		return nil, fmt.Errorf("%s: is compressed twice; decompress it once", name)
	}
	switch ext := filepath.Ext(base); {
	case ext == ".npy":
		return readNPY, nil
	case ext == ".csv" || ext == ".tsv" || ext == ".txt":
		return readCSV, nil
	case ext == ".gz":
		return nil, fmt.Errorf("%s: is not a gzip file, though its name ends in .gz", name)
	case strings.Contains(base, "idx") || strings.HasSuffix(base, "ubyte"):
		return readIDX, nil
	}
	return nil, fmt.Errorf("%s: is neither IDX nor .npy by its first bytes, nor .csv by its extension; "+
		"convert it to one of these", name)
}

// What a compressed file may hold: 16 MiB, or up to 200 times its size, but no more than 1 GiB.
const (
	inflatedAlways = 16 << 20
	inflatedRatio  = 200
	inflatedMost   = 1 << 30
)

// gunzip decompresses a file into memory.
func gunzip(name string, r *io.SectionReader) (*io.SectionReader, error) {
	limit := min(max(inflatedAlways, inflatedRatio*r.Size()), inflatedMost)
	var data bytes.Buffer
	z, err := gzip.NewReader(r)
	if err == nil {
		_, err = data.ReadFrom(io.LimitReader(z, limit+1))
	}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%s: the compressed file is cut short; copy or download it again", name)
	case errors.Is(err, gzip.ErrChecksum):
		return nil, fmt.Errorf("%s: the compressed file is damaged: its checksum does not match; "+
			"copy or download it again", name)
	case err != nil:
		return nil, fmt.Errorf("%s: the compressed file is damaged (%w); copy or download it again", name, cause(err))
	case int64(data.Len()) > limit:
		return nil, fmt.Errorf("%s: %d bytes of gzip hold more than %d bytes, which is out of proportion; "+
			"decompress the file with gunzip if it is sound", name, r.Size(), limit)
	}
	return io.NewSectionReader(bytes.NewReader(data.Bytes()), 0, int64(data.Len())), nil
}
