package safetensors

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// dtype is a type of values that can be read.
type dtype struct {
	size int
	// read converts the len(dst) values that src begins with.
	read func(dst []float32, src []byte)
}

var dtypes = map[string]dtype{
	"F64":  {8, readF64},
	"F32":  {4, readF32},
	"F16":  {2, readF16},
	"BF16": {2, readBF16},
}

func readF64(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = fromF64(binary.LittleEndian.Uint64(src[8*i:]))
	}
}

func readF32(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(src[4*i:]))
	}
}

func readF16(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = fromF16(binary.LittleEndian.Uint16(src[2*i:]))
	}
}

func readBF16(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = math.Float32frombits(uint32(binary.LittleEndian.Uint16(src[2*i:])) << 16)
	}
}

// fromF64 rounds to nearest even. A NaN keeps its sign and the top of its payload and becomes quiet; the conversion
// of the language leaves these to the processor.
func fromF64(b uint64) float32 {
	v := math.Float64frombits(b)
	if v == v {
		return float32(v)
	}
	return math.Float32frombits(uint32(b>>63)<<31 | 0x7fc00000 | uint32(b>>29)&0x3fffff)
}

// fromF16 is exact.
func fromF16(h uint16) float32 {
	sign := uint32(h>>15) << 31
	exponent := uint32(h>>10) & 0x1f
	fraction := uint32(h) & 0x3ff
	switch exponent {
	case 0x1f:
		exponent = 0xff
	case 0:
		if fraction == 0 {
			return math.Float32frombits(sign)
		}
		// Subnormals are normal in float32: the highest bit of the fraction becomes the implicit one.
		shift := uint32(bits.LeadingZeros16(uint16(fraction))) - 5
		fraction = fraction << shift & 0x3ff
		exponent = 127 - 14 - shift
	default:
		exponent += 127 - 15
	}
	return math.Float32frombits(sign | exponent<<23 | fraction<<13)
}
