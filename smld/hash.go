package smld

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// DataHash returns a hash of points for Trainer.DataHash. It is SHA-256, in hexadecimal digits, over the
// numbers of rows and columns as 64 bits and the elements by rows as 32 bits, all little-endian.
func DataHash(x kernels.Matrix) string {
	h := sha256.New()
	b := binary.LittleEndian.AppendUint64(make([]byte, 0, 4*x.Cols+16), uint64(x.Rows))
	h.Write(binary.LittleEndian.AppendUint64(b, uint64(x.Cols)))
	for i := range x.Rows {
		b = b[:0]
		for _, v := range x.Row(i) {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))
}
