package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed964deb49/langevin/internal/oserror"
)

// Open reads a data file: IDX (the format of MNIST), .npy or .npz (NumPy) or text, each plain or compressed
// by gzip. What the file is follows from its first bytes, and from its extension where they do not tell. Of a
// folder it reads the .png files.
//
//   - IDX: every element type; the first dimension counts the rows, the product of the others is C.
//   - .npy: versions 1 to 3, booleans, integers of 1 to 8 bytes and floats of 2, 4 and 8, in either byte
//     order and in C or Fortran order; rows as for IDX. What follows the array is left out, as NumPy does.
//   - .npz: an archive of arrays; the path of one of several is FILE.npz:NAME.
//   - folders: the .png files in the order of their names, which must have one size and be all grey, N x H x
//     W, or all of colour, N x H x W x 3. Values are 0 to 255, or to 65535 where the files have 16 bits. An
//     alpha channel must be opaque, and is left out; so are other files, which Set.About names unless they
//     are hidden.
//   - .csv, .tsv, .txt, .dat, .data: one point a line, in UTF-8 or, with a byte order mark, UTF-16. Commas,
//     semicolons, tabs, bars or spaces part the cells, whichever give all lines the same number; beside
//     semicolons a comma may be the decimal comma. A header is found out: its texts stand above numbers, or
//     do not come again in columns of texts that do; or it numbers the columns from 0, as pandas does. A
//     first column without a name that numbers the rows is left out. A column of at most 50 different texts,
//     each four times or more on average, or of two texts, is one of categories, and X holds their places in
//     the order of their bytes. Blank lines, and lines that start with #, do not count. Set.About tells what
//     was found.
//
// A one-dimensional array is N x 1. Open reads no more than the file can hold, whatever its header claims,
// and takes no IDX file whose data do not end where the header says. A compressed file may expand to 16 MiB
// or to 200 times its size, whichever is more, but to no more than 1 GiB. Infinities, what is beyond float64
// and, unless o.Missing allows them, values that are missing are errors that name row and column, counted
// from 1.
func Open(path string, o Options) (*Set, error) {
	path, o.member = splitMember(path)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: there is no such file", path)
	case err != nil:
		return nil, fmt.Errorf("%s: cannot look up the file: %w", path, oserror.Cause(err))
	case info.IsDir():
		return ReadFolder(path, os.DirFS(path), o)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: is not a regular file; copy its content into one", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot open the file: %w", path, oserror.Cause(err))
	}
	defer file.Close()
	return readNamed(path, io.NewSectionReader(file, 0, info.Size()), o)
}

// Read reads a set as Open does, from size bytes of a file of that name, which need be on no disk. The name
// tells the format where the bytes do not, names the set by its last part, and stands in errors. It may be
// FILE.npz:NAME.
func Read(name string, r io.ReaderAt, size int64, o Options) (*Set, error) {
	if before, after, found := strings.Cut(name, ".npz:"); found {
		name, o.member = before+".npz", after
	}
	return readNamed(name, io.NewSectionReader(r, 0, size), o)
}

// ReadFolder reads a set as Open does of a folder: the .png files at the top of dir. The name names the set by
// its last part and stands in errors.
func ReadFolder(name string, dir fs.FS, o Options) (*Set, error) {
	set, err := readPNGFolder(name, dir, o)
	if err != nil {
		return nil, err
	}
	set.Name = filepath.Base(name)
	return set, nil
}

// readNamed reads a set and names it by the path of its file.
func readNamed(path string, r *io.SectionReader, o Options) (*Set, error) {
	set, err := read(path, r, o)
	if err != nil {
		return nil, err
	}
	set.Name = filepath.Base(path)
	if o.member != "" {
		set.Name += ":" + o.member
	}
	return set, nil
}

// read reads a set from a file of the given name, which it uses for the extension and in errors.
func read(name string, r *io.SectionReader, o Options) (*Set, error) {
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
	return readFormat(name, r, o)
}

// start returns the first bytes of r, eight at most.
func start(name string, r io.ReaderAt) ([]byte, error) {
	head := make([]byte, 8)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("%s: cannot read the file: %w", name, oserror.Cause(err))
	}
	return head[:n], nil
}
