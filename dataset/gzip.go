package dataset

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"github.com/seed964deb49/langevin/internal/oserror"
)

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
	err := inflate(&data, bufio.NewReader(r), limit+1)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%s: the compressed file is cut short; copy or download it again", name)
	case errors.Is(err, gzip.ErrChecksum):
		return nil, fmt.Errorf("%s: the compressed file is damaged: its checksum does not match; "+
			"copy or download it again", name)
	case err != nil:
		return nil, fmt.Errorf("%s: the compressed file is damaged (%w); copy or download it again", name, oserror.Cause(err))
	case int64(data.Len()) > limit:
		return nil, fmt.Errorf("%s: %d bytes of gzip hold more than %d bytes, which is out of proportion; "+
			"decompress the file with gunzip if it is sound", name, r.Size(), limit)
	}
	return io.NewSectionReader(bytes.NewReader(data.Bytes()), 0, int64(data.Len())), nil
}

// inflate appends the members of a gzip file to data, up to a number of bytes. Zeros may follow the last
// member, such as copies by blocks leave.
func inflate(data *bytes.Buffer, r *bufio.Reader, limit int64) error {
	z, err := gzip.NewReader(r)
	for err == nil && int64(data.Len()) < limit {
		z.Multistream(false)
		if _, err = data.ReadFrom(io.LimitReader(z, limit-int64(data.Len()))); err != nil {
			return err
		}
		if int64(data.Len()) == limit {
			return nil
		}
		if end, err := skipZeros(r); end || err != nil {
			return err
		}
		err = z.Reset(r)
	}
	return err
}

// skipZeros reads zeros, and reports whether the file ends with them.
func skipZeros(r *bufio.Reader) (end bool, err error) {
	for {
		switch c, err := r.ReadByte(); {
		case err == io.EOF:
			return true, nil
		case err != nil:
			return false, err
		case c != 0:
			return false, r.UnreadByte()
		}
	}
}
