// Package parts has the files of a run that is shared out among processes, one of each shard. A part says which
// run it belongs to, so that parts of different runs are never joined, and has a checksum, so that one that is
// whole can be told from one that is not.
//
// A part is the eight bytes of magic, values in little-endian order, a header in JSON, the header's length in
// eight bytes, and the SHA-256 of all that.
package parts

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"path/filepath"
)

const (
	magic   = "lngvprt\x01"
	ending  = ".part"
	trailer = 8 + 32 // bytes of the header's length and the checksum
	longest = 1 << 20

	// mostCols is how many values a row has at most, so that sizes in bytes have no overflow.
	mostCols = 1 << 28

	// Most is how many shards a run has at most.
	Most = 1_000_000
)

// Header describes a part. Run is all that the values follow from, and the same in all parts of a run.
type Header struct {
	Run       json.RawMessage  `json:"run"`
	Arguments []string         `json:"arguments"` // of the command, without those that choose the shard
	Shard     int              `json:"shard"`     // from 0 to Shards-1
	Shards    int              `json:"shards"`
	Total     int              `json:"total"`             // rows of the run
	Cols      int              `json:"cols"`              // values of a row
	Double    bool             `json:"double"`            // whether values are float64, else float32
	Figures   map[string]int64 `json:"figures,omitempty"` // sums over the part's rows
}

// Range returns the rows of a shard: from is the first, and to the first of the next shard.
func (h Header) Range() (from, to int) { return h.at(h.Shard), h.at(h.Shard + 1) }

// at returns floor(Total shard / Shards).
func (h Header) at(shard int) int {
	high, low := bits.Mul64(uint64(h.Total), uint64(shard))
	quotient, _ := bits.Div64(high, low, uint64(h.Shards))
	return int(quotient)
}

// size returns how many bytes a value has.
func (h Header) size() int {
	if h.Double {
		return 8
	}
	return 4
}

// Path returns the name of the shard's file in a directory.
func (h Header) Path(dir string) string {
	return filepath.Join(dir, fmt.Sprintf("%05d-of-%05d%s", h.Shard, h.Shards, ending))
}

// check returns an error for a header that no part has.
func (h Header) check() error {
	if h.Shards < 1 || h.Shards > Most || h.Shard < 0 || h.Shard >= h.Shards || h.Total < 0 ||
		h.Cols < 1 || h.Cols > mostCols {
		return fmt.Errorf("shard %d of %d with %d rows of %d is impossible", h.Shard, h.Shards, h.Total, h.Cols)
	}
	return nil
}
