package live

import (
	"encoding/json"
	"fmt"
	"math"
)

// Size returns how many bytes a request has in all, by its first MaxHeader+4 bytes or by all of it: what its
// header says of its files, wherever the message may end.
func Size(begin []byte) (int64, error) {
	header, _, err := Split(begin)
	if err != nil {
		return 0, err
	}
	var r Request
	if err := json.Unmarshal(header, &r); err != nil {
		return 0, fmt.Errorf("a header that is no request: %w", err)
	}
	size := int64(lengthSize + len(header))
	if len(r.Files) > 0 {
		size = (size + alignment - 1) / alignment * alignment
	}
	for _, f := range r.Files {
		if f.Size < 0 || f.Size > math.MaxInt64-size {
			return 0, fmt.Errorf("a file of %d bytes", f.Size)
		}
		size += f.Size
	}
	return size, nil
}
