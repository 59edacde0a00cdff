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

// hornerDouble is the definition's hornerDouble.
func (s simd) hornerDouble(x vectors, c []float64) vectors {
	y := s.like(x)
	top := s.double(c[len(c)-1])
	x.do(func(i int) { VMOVUPS(top, y[i]) })
	for k := len(c) - 2; k >= 0; k-- {
		next := s.double(c[k])
		x.do(func(i int) { VFMADD213PD(next, x[i], y[i]) })
	}
	return y
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
