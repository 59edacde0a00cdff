package dataset

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

var (
	gzipMagic = []byte{0x1f, 0x8b}
	npyMagic  = []byte("\x93NUMPY")
	zipMagic  = []byte("PK\x03\x04")
	idxMagic  = []byte{0, 0}
)

// textExtensions are those of text files.
var textExtensions = []string{".csv", ".tsv", ".txt", ".dat", ".data"}

// foreign are formats that are not read, by their first bytes.
var foreign = []struct{ magic, what, remedy string }{
	{"\xfd7zXZ\x00", "compressed by xz", "decompress it by xz -dk FILE"},
	{"BZh", "compressed by bzip2", "decompress it by bzip2 -dk FILE"},
	{"\x28\xb5\x2f\xfd", "compressed by zstd", "decompress it by zstd -d FILE"},
	{"\x04\x22\x4d\x18", "compressed by lz4", "decompress it by lz4 -d FILE"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it by 7z x FILE"},
	{"PAR1", "a Parquet file", "save it as text, such as by pandas.read_parquet('FILE').to_csv('data.csv', index=False)"},
	{"ARROW1", "an Arrow file", "save it as text, such as by pandas.read_feather('FILE').to_csv('data.csv', index=False)"},
	{"\x89HDF", "an HDF5 file", "save the array in it by numpy.save"},
	{"MATLAB 5", "a MATLAB file", "save the array in it by numpy.save, which scipy.io.loadmat('FILE') reads"},
	{"SQLite f", "an SQLite data base", "save a table of it as .csv"},
	{"\x89PNG", "a single image", "give the folder of .png files that it is in, or put several into one"},
	{"\xff\xd8\xff", "a JPEG image", "convert it to .png, and give a folder of such files"},
	{"GIF8", "a GIF image", "convert it to .png, and give a folder of such files"},
	{"\xd0\xcf\x11\xe0", "an old Excel or Office file", "save the sheet as .csv"},
}

// zipError says what to do with a zip archive without arrays.
func zipError(name string) error {
	switch filepath.Ext(strings.ToLower(name)) {
	case ".npz":
		return fmt.Errorf("%s: the archive has no arrays (.npy) in it", name)
	case ".xlsx", ".ods":
		return fmt.Errorf("%s: is a spreadsheet; save the sheet as .csv", name)
	}
	return fmt.Errorf("%s: is a zip archive; unpack it by unzip %s", name, name)
}

// readFunction reads a set of one format.
type readFunction func(name string, r *io.SectionReader, o Options) (*Set, error)

// detect picks the reader by the first bytes of the file, then by the name without .gz.
func detect(name, plain string, head []byte) (readFunction, error) {
	base := strings.ToLower(filepath.Base(plain))
	switch {
	case bytes.HasPrefix(head, npyMagic):
		return readNPY, nil
	case bytes.HasPrefix(head, idxMagic):
		return readIDX, nil
	case bytes.HasPrefix(head, zipMagic):
		return readNPZ, nil
	case bytes.HasPrefix(head, gzipMagic):
		return nil, fmt.Errorf("%s: is compressed twice; decompress it once", name)
	}
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return nil, fmt.Errorf("%s: is %s; %s", name, f.what, strings.ReplaceAll(f.remedy, "FILE", name))
		}
	}
	switch ext := filepath.Ext(base); {
	case ext == ".npy":
		return readNPY, nil
	case ext == ".npz":
		return readNPZ, nil
	case slices.Contains(textExtensions, ext):
		return readTable, nil
	case ext == ".gz":
		return nil, fmt.Errorf("%s: is not a gzip file, though its name ends in .gz", name)
	case strings.Contains(base, "idx") || strings.HasSuffix(base, "ubyte"):
		return readIDX, nil
	}
	return nil, fmt.Errorf("%s: is neither IDX, .npy nor .npz by its first bytes, nor text by its extension (%s); "+
		"convert it to one of these", name, strings.Join(textExtensions, " "))
}
