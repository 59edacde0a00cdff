package dataset

import (
	"encoding/binary"
	"math"
)

// element is the type of the elements of an array file: a NumPy kind (b boolean, i signed, u unsigned, f float) and
// a size in bytes.
type element struct {
	kind  byte
	size  int
	order binary.ByteOrder
}

// decoder returns the function that reads one element from the bytes at its start, or nil for a type that has none.
// Converting its result to float32 rounds the element to nearest.
func (e element) decoder() func(b []byte) float64 {
	o := e.order
	switch e.kind {
	case 'b':
		if e.size == 1 {
			return func(b []byte) float64 {
				if b[0] != 0 {
					return 1
				}
				return 0
			}
		}
	case 'u':
		switch e.size {
		case 1:
			return func(b []byte) float64 { return float64(b[0]) }
		case 2:
			return func(b []byte) float64 { return float64(o.Uint16(b)) }
		case 4:
			return func(b []byte) float64 { return float64(o.Uint32(b)) }
		case 8:
			return func(b []byte) float64 { return toOdd(o.Uint64(b)) }
		}
	case 'i':
		switch e.size {
		case 1:
			return func(b []byte) float64 { return float64(int8(b[0])) }
		case 2:
			return func(b []byte) float64 { return float64(int16(o.Uint16(b))) }
		case 4:
			return func(b []byte) float64 { return float64(int32(o.Uint32(b))) }
		case 8:
			return func(b []byte) float64 {
				v := o.Uint64(b)
				if int64(v) < 0 {
					return -toOdd(-v)
				}
				return toOdd(v)
			}
		}
	case 'f':
		switch e.size {
		case 2:
			return func(b []byte) float64 { return halfFloat(o.Uint16(b)) }
		case 4:
			return func(b []byte) float64 { return float64(math.Float32frombits(o.Uint32(b))) }
		case 8:
			return func(b []byte) float64 { return math.Float64frombits(o.Uint64(b)) }
		}
	}
	return nil
}

// halfFloat returns the value of a float16: a sign, 5 bits of exponent and 10 of the mantissa.
func halfFloat(h uint16) float64 {
	exponent, mantissa := int(h>>10&31), float64(h&1023)
	var v float64
	switch exponent {
	case 0:
		v = mantissa * 0x1p-24
	case 31:
		if v = math.Inf(1); mantissa != 0 {
			v = math.NaN()
		}
	default:
		v = math.Ldexp(1024+mantissa, exponent-25)
	}
	if h>>15 != 0 {
		return -v
	}
	return v
}

// toOdd rounds v to 53 bits so that a second rounding, to float32, is the only one that counts: what is cut off
// leaves its mark in the last bit kept.
func toOdd(v uint64) float64 {
	const cut = 1<<11 - 1
	if v>>53 != 0 {
		sticky := uint64(0)
		if v&cut != 0 {
			sticky = cut + 1
		}
		v = v&^cut | sticky
	}
	return float64(v)
}
