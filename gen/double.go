package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

const signBit64 = 1 << 63 // of a float64

// longs returns a constant with w in every lane of 64 bits.
func longs(w uint64) Mem { return splat64(fmt.Sprintf("splat_%016x", w), w) }

// doubles returns a constant with x in every lane of float64.
func doubles(x float64) Mem { return longs(math.Float64bits(x)) }

// double returns the register that holds a constant, or where it is in memory.
func (s simd) double(x float64) Op { return s.constant(doubles(x)) }

// doubleInRegister returns a register that holds a constant.
func (s simd) doubleInRegister(x float64) VecVirtual {
	if y, ok := s.double(x).(VecVirtual); ok {
		return y
	}
	return s.load(doubles(x))
}

// polynomialDouble is the definition's polynomialDouble.
func (s simd) polynomialDouble(x, square vectors, c []float64) vectors {
	parts := [2]vectors{s.like(x), s.like(x)}
	for k := len(c) - 1; k > 0; k-- {
		part, next := parts[k%2], s.double(c[k])
		if k >= len(c)-2 {
			x.do(func(i int) { VMOVUPS(next, part[i]) })
			continue
		}
		x.do(func(i int) { VFMADD213PD(next, square[i], part[i]) })
	}
	even, odd, first := parts[0], parts[1], s.double(c[0])
	x.do(func(i int) { VFMADD213PD(odd[i], x[i], even[i]) })
	x.do(func(i int) { VFMADD213PD(first, x[i], even[i]) })
	return even
}

// nearestDouble returns sum = fma(x, factor, magic) and n = sum - magic.
func (s simd) nearestDouble(x vectors, factor, magic float64) (sum, n vectors) {
	sum, n = s.like(x), s.like(x)
	f, m := s.double(factor), s.double(magic)
	x.do(func(i int) {
		VMOVUPS(m, sum[i])
		VFMADD231PD(f, x[i], sum[i])
	})
	x.do(func(i int) { VSUBPD(m, sum[i], n[i]) })
	return sum, n
}

// fastTwoSum overwrites a with a + b, and b with the rounding error of that.
func (s simd) fastTwoSum(a, b vectors) {
	sum := s.like(a)
	a.do(func(i int) { VADDPD(b[i], a[i], sum[i]) })
	a.do(func(i int) { VSUBPD(a[i], sum[i], a[i]) }) // sum - a
	a.do(func(i int) { VSUBPD(a[i], b[i], b[i]) })   // b - (sum - a)
	a.do(func(i int) { a[i] = sum[i] })
}
