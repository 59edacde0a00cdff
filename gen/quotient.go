package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// dividerBytes is the width of the unit for quotients and roots.
const dividerBytes = 32

// divider emits divisions by numbers that are at least a given positive one. Multipliers stand idle while the
// unit for quotients works. Where registers are wider than the unit, multiplications therefore divide every
// second vector.
//
// The method is Markstein's ("Computation of elementary functions on the IBM RISC System/6000 processor",
// 1990). Its quotient is the correctly rounded one. For a and b in [1, 2), it takes an estimate of 1/b with
// an error below 2^-14. Two of Newton's steps lead from the estimate to y. The first step is rounded up. For
// the two b below 2 that need it, the second ends in y = 1/b, correctly rounded. For all b it ends in
// |y - 1/b| < 2^-23 (1-2^-24)/b^2.
//
// q = a*y is next to a/b, or else a/b is far from where rounding changes. The residual r = a - b*q is exact.
// q + r*y is |r/b| |b*y - 1| away from a/b. That is too little to get across the midpoint of two numbers: a/b
// keeps a distance of at least 2^-47/b from each midpoint, and half of that where a < b.
//
// Beyond [1, 2) the same holds as long as nothing leaves the normal range and r is a multiple of the least
// subnormal number. Both are so with b from 2^-39 to 2^65 and a/b from 2^-63 to 2^65. The unit divides other
// vectors.
type divider struct {
	simd
	allowed            Register // mask of all lanes if the least divisor is in range, else of none
	one, shift, middle VecVirtual
	labels             int
}

// Of a float32 plus shiftToMiddle, bit 30 is set from 2^-63 to 2^65.
const (
	shiftToMiddle = 1 << 29
	middleBit     = 1 << 30
)

// divider returns a divider by numbers from least to 2^64 + least, or infinite ones or NaN.
func (s simd) divider(least Mem) *divider {
	d := &divider{simd: s}
	if s.bytes <= dividerBytes {
		return d
	}
	lowest, highest := math.Float32bits(0x1p-39), math.Float32bits(0x1p60)
	bits := GP32()
	MOVL(least, bits)
	SUBL(U32(lowest), bits)
	SUBL(U32(highest-lowest), bits)
	SBBL(bits, bits) // all bits if lowest <= least < highest
	d.allowed = K()
	KMOVW(bits, d.allowed)
	d.one, d.shift, d.middle = s.load(floats(1)), s.load(ints(shiftToMiddle)), s.load(ints(middleBit))
	return d
}

// divide returns the quotients a/b. It overwrites a.
func (d *divider) divide(a, b vectors) vectors {
	quotients := make(vectors, len(a))
	for i := range a {
		if d.bytes > dividerBytes && i%2 == 1 {
			quotients[i] = d.multiply(a[i], b[i])
		} else {
			VDIVPS(b[i], a[i], a[i])
			quotients[i] = a[i]
		}
	}
	return quotients
}

// multiply returns a/b from products.
func (d *divider) multiply(a, b VecVirtual) VecVirtual {
	y, e, q := d.register(), d.register(), d.register()
	VRCP14PS(b, y)
	VMOVUPS(d.one, e)
	VFNMADD231PS(b, y, e)       // e = fma(-b, y, 1)
	VFMADD231PS_RU_SAE(e, y, y) // y = fma(e, y, y), rounded up
	VMOVUPS(d.one, e)
	VFNMADD231PS(b, y, e)
	VFMADD231PS(e, y, y)
	VMULPS(y, a, q)
	VMOVUPS(a, e)
	VFNMADD231PS(b, q, e) // r = fma(-b, q, a)
	VFMADD231PS(e, y, q)  // fma(r, y, q)
	inRange := K()
	VPADDD(d.shift, q, e)
	VPTESTMD(d.middle, e, d.allowed, inRange)
	KORTESTW(inRange, inRange)
	d.labels++
	label := fmt.Sprintf("divided%d", d.labels)
	JCS(LabelRef(label)) // all lanes are
	VDIVPS(b, a, q)
	Label(label)
	return q
}
