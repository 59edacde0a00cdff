package dataset

import (
	"archive/zip"
	"hash/crc32"
	"io"
)

// counter counts what is written.
type counter struct{ n uint64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += uint64(len(p))
	return len(p), nil
}

// writeNPZ writes a zip archive of one array that is not compressed. Its sizes and checksum stand before the
// data, as some readers need them there, and there is no time in it: what is written depends on the table
// alone.
func writeNPZ(w io.Writer, t Table, shape []int) error {
	var size counter
	sum := crc32.NewIEEE()
	if err := WriteNPY(io.MultiWriter(&size, sum), t.X, t.Double, shape...); err != nil {
		return err
	}
	z := zip.NewWriter(w)
	member, err := z.CreateRaw(&zip.FileHeader{
		Name: "samples.npy", Method: zip.Store, CreatorVersion: 20, ReaderVersion: 20,
		CRC32: sum.Sum32(), CompressedSize64: size.n, UncompressedSize64: size.n,
		//lint:ignore SA1019 CreateRaw takes no date from Modified.
		ModifiedDate: 1<<5 | 1, // 1 January 1980, the first that zip knows and the one that NumPy writes
	})
	if err == nil {
		err = WriteNPY(member, t.X, t.Double, shape...)
	}
	if err != nil {
		return err
	}
	return z.Close()
}
