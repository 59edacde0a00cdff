package smld

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"

	"github.com/seed964deb49/langevin/safetensors"
)

// sumKey is the checksum of a checkpoint: SHA-256, in hexadecimal digits, of the file as it is without it.
// Whatever of a file has a meaning is under it. Spaces behind the header are not. Model files have none, nor
// have checkpoints of versions before it.
const sumKey = "langevin.sha256"

// errSum is the error of a file that another checksum was written for.
var errSum = errors.New("its checksum is wrong, so that it is damaged or was changed since")

// seal gives a file its checksum.
func seal(f *safetensors.File) error {
	sum, err := checksum(f)
	f.Metadata[sumKey] = sum
	return err
}

// checkSum returns an error if a file has a checksum that is not its own.
func checkSum(f *safetensors.File) error {
	want, ok := f.Metadata[sumKey]
	if !ok {
		return nil
	}
	sum, err := checksum(f)
	if err == nil && sum != want {
		err = errSum
	}
	return err
}

func checksum(f *safetensors.File) (string, error) {
	bare := &safetensors.File{Metadata: maps.Clone(f.Metadata), Tensors: f.Tensors}
	delete(bare.Metadata, sumKey)
	h := sha256.New()
	err := safetensors.Encode(h, bare)
	return hex.EncodeToString(h.Sum(nil)), err
}
