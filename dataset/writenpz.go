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

// writeNPZ writes a zip archive of the samples and, if there are some, their labels, that is not compressed.
// Sizes and checksums stand before the data, as some readers need them there, and there is no time in it: what
// is written depends on the table alone.
func writeNPZ(w io.Writer, t Table) error {
	z := zip.NewWriter(w)
	err := writeMember(z, "samples", t.WriteNPY)
	if err == nil && t.labelled() {
		err = writeMember(z, "labels", func(w io.Writer) error { return writeLabels(w, t) })
	}
	if err != nil {
		return err
	}
	return z.Close()
}

// writeMember writes an array, as write does it, to an archive.
func writeMember(z *zip.Writer, name string, write func(w io.Writer) error) error {
	var size counter
	sum := crc32.NewIEEE()
	if err := write(io.MultiWriter(&size, sum)); err != nil {
		return err
	}
	member, err := z.CreateRaw(&zip.FileHeader{
		Name: name + ".npy", Method: zip.Store, CreatorVersion: 20, ReaderVersion: 20,
		CRC32: sum.Sum32(), CompressedSize64: size.n, UncompressedSize64: size.n,
		//lint:ignore SA1019 CreateRaw takes no date from Modified.
		ModifiedDate: 1<<5 | 1, // 1 January 1980, the first that zip knows and the one that NumPy writes
	})
	if err != nil {
		return err
	}
	return write(member)
}
