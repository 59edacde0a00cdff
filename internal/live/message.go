package live

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// A message is, in both directions and on every transport,
//
//	n      uint32, little-endian
//	header n bytes: an object of JSON in UTF-8
//	zeros  up to the next multiple of 8 from the message's first byte, where a payload follows
//	body   what the header says: float32, little-endian, or bytes of files
const (
	lengthSize = 4
	alignment  = 8
	// MaxHeader is the largest size of a header in bytes, which names some thousands of files.
	MaxHeader = 1 << 19
)

// Encode returns a message of a header and a body.
func Encode(header any, body []byte) ([]byte, error) {
	text, err := json.Marshal(header)
	if err != nil {
		return nil, err
	}
	message := make([]byte, lengthSize, lengthSize+len(text)+alignment+len(body))
	binary.LittleEndian.PutUint32(message, uint32(len(text)))
	message = append(message, text...)
	if len(body) == 0 {
		return message, nil
	}
	for len(message)%alignment != 0 {
		message = append(message, 0)
	}
	return append(message, body...), nil
}

// Split returns the header and the body of a message, as parts of it.
func Split(message []byte) (header, body []byte, err error) {
	if len(message) < lengthSize {
		return nil, nil, errors.New("a message of less than four bytes")
	}
	n := int64(binary.LittleEndian.Uint32(message))
	end := lengthSize + n
	switch {
	case n > MaxHeader:
		return nil, nil, fmt.Errorf("a header of %d bytes: want at most %d", n, MaxHeader)
	case end > int64(len(message)):
		return nil, nil, fmt.Errorf("a header of %d bytes in a message of %d", n, len(message))
	}
	header = message[lengthSize:end]
	if at := (end + alignment - 1) / alignment * alignment; at < int64(len(message)) {
		body = message[at:]
	}
	return header, body, nil
}

// appendFloats appends values as a body has them.
func appendFloats(body []byte, values []float32) []byte {
	for _, v := range values {
		body = binary.LittleEndian.AppendUint32(body, math.Float32bits(v))
	}
	return body
}

// appendPoints appends values as float32, or as float64 where float32 is not enough.
func appendPoints(body []byte, values []float64, double bool) []byte {
	for _, v := range values {
		if double {
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(v))
		} else {
			body = binary.LittleEndian.AppendUint32(body, math.Float32bits(float32(v)))
		}
	}
	return body
}
