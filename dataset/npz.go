package dataset

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/seed964deb49/langevin/internal/oserror"
)

// splitMember parts the path of a file in FILE.npz:NAME from the name of an array in it. A file of the whole
// name comes first.
func splitMember(path string) (file, member string) {
	before, after, found := strings.Cut(path, ".npz:")
	if _, err := os.Lstat(path); err == nil || !found {
		return path, ""
	}
	return before + ".npz", after
}

// readNPZ reads an array of an archive, a zip file of .npy files: the one whose name is o.member, or the only
// one.
func readNPZ(name string, r *io.SectionReader, o Options) (*Set, error) {
	z, err := zip.NewReader(r, r.Size())
	if err != nil {
		if !strings.HasSuffix(strings.ToLower(name), ".npz") {
			return nil, zipError(name)
		}
		return nil, fmt.Errorf("%s: the archive is cut short or damaged (%w); copy or download it again", name, oserror.Cause(err))
	}
	var arrays []*zip.File
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".npy") {
			arrays = append(arrays, f)
		}
	}
	if len(arrays) == 0 {
		return nil, zipError(name)
	}
	if o.member == "" && len(arrays) > 1 {
		return nil, fmt.Errorf("%s: the archive has several arrays; name one of them, such as %s:%s: %s", name, name,
			arrayName(arrays[0]), listArrays(arrays))
	}
	var found *zip.File
	for _, f := range arrays {
		if o.member == "" || o.member == arrayName(f) || o.member == f.Name {
			if found != nil {
				return nil, fmt.Errorf("%s: the archive has two arrays of the name %.40q; save it again", name, o.member)
			}
			found = f
		}
	}
	if found == nil {
		return nil, fmt.Errorf("%s: the archive has no array %.40q; it has %s", name, o.member, listArrays(arrays))
	}
	if o.member != "" {
		name += ":" + o.member
	}
	data, err := extract(r, found)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return readNPY(name, data, o)
}

// arrayName is the name that NumPy gives an array of an archive.
func arrayName(f *zip.File) string { return strings.TrimSuffix(f.Name, ".npy") }

// listArrays returns the names of arrays with their shapes.
func listArrays(arrays []*zip.File) string {
	const most = 12
	var s strings.Builder
	for i, f := range arrays {
		switch {
		case i == most:
			fmt.Fprintf(&s, " and %d more", len(arrays)-most)
			return s.String()
		case i > 0:
			s.WriteString(", ")
		}
		fmt.Fprintf(&s, "%.40q", arrayName(f))
		if h, err := memberHeader(f); err == nil && len(h.shape) > 0 {
			fmt.Fprintf(&s, " (%s)", array{shape: h.shape}.dims())
		}
	}
	return s.String()
}

// memberHeader reads the header of an array, unless it is longer than any that NumPy writes.
func memberHeader(f *zip.File) (npyHeader, error) {
	in, err := f.Open()
	if err != nil {
		return npyHeader{}, err
	}
	defer in.Close()
	head := make([]byte, 4096)
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return npyHeader{}, err
	}
	h, _, err := readNPYHeader(f.Name, io.NewSectionReader(bytes.NewReader(head[:n]), 0, int64(n)))
	return h, err
}

// extract returns the content of a file in the archive r, decompressed in memory if it is compressed, within
// the bounds that hold for gzip.
func extract(r *io.SectionReader, f *zip.File) (*io.SectionReader, error) {
	switch {
	case f.Flags&1 != 0:
		return nil, errors.New("the archive is encrypted; save it without a password")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return nil, fmt.Errorf("the archive is compressed by the method %d of zip; save it by numpy.savez_compressed", f.Method)
	}
	in, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	defer in.Close()
	if f.Method == zip.Store {
		if _, err := io.Copy(io.Discard, in); err != nil { // it compares the checksum
			return nil, damaged(err)
		}
		offset, err := f.DataOffset()
		if err != nil {
			return nil, damaged(err)
		}
		return io.NewSectionReader(r, offset, int64(f.UncompressedSize64)), nil
	}
	limit := min(max(inflatedAlways, inflatedRatio*int64(min(f.CompressedSize64, uint64(r.Size())))), inflatedMost)
	var data bytes.Buffer
	if f.UncompressedSize64 <= uint64(limit) {
		_, err = data.ReadFrom(in) // which fails where more follows than the archive says
	}
	switch {
	case err != nil:
		return nil, damaged(err)
	case f.UncompressedSize64 > uint64(limit):
		return nil, fmt.Errorf("%d compressed bytes hold more than %d bytes, which is out of proportion; save the array by "+
			"numpy.savez, which does not compress, if it is sound", f.CompressedSize64, limit)
	}
	return io.NewSectionReader(bytes.NewReader(data.Bytes()), 0, int64(data.Len())), nil
}

// damaged is the error of an archive whose content cannot be read.
func damaged(err error) error {
	if errors.Is(err, zip.ErrChecksum) {
		return errors.New("the archive is damaged: the checksum does not match; copy or download it again")
	}
	return fmt.Errorf("the archive is damaged (%w); copy or download it again", oserror.Cause(err))
}
