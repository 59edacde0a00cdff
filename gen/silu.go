package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/internal/coef"
)

// signBit is the sign of a float32.
const signBit = 1 << 31

func silu() {
	TEXT("siluAVX2", NOSPLIT, "func(dst, x *float32, n int)")
	Pragma("noescape")
	Doc("siluAVX2 is siluGeneric on n elements.")
	dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	least := load(floats(coef.ExpMin))
	elementwise(Load(Param("n"), GP64()), func(a access) {
		v := a.load(x)
		s := sigmoid(v, least)
		VMULPS(v, s, s) // x * sigmoid(x)
		a.store(s, dst)
	})

	TEXT("siluGradAVX2", NOSPLIT, "func(dst, dy, x *float32, n int)")
	Pragma("noescape")
	Doc("siluGradAVX2 is siluGradGeneric on n elements.")
	dst, x = Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	dy := Load(Param("dy"), GP64())
	least = load(floats(coef.ExpMin))
	elementwise(Load(Param("n"), GP64()), func(a access) {
		v := a.load(x)
		s := sigmoid(v, least)
		t := load(floats(1))
		VSUBPS(s, t, t)      // t = 1-s
		VMULPS(t, v, t)      // t = x*(1-s)
		VFMADD213PS(s, s, t) // fma(s, t, s)
		g := a.load(dy)
		VMULPS(t, g, g)
		a.store(g, dst)
	})
}

// sigmoid emits 1/(1+e) or, where x has its sign set, e/(1+e), with e = exp(-|x|).
func sigmoid(x, least VecVirtual) VecVirtual {
	e := YMM()
	VORPS(ints(signBit), x, e)
	expInPlace(e, least)
	one := load(floats(1))
	d := YMM()
	VADDPS(e, one, d)
	num := YMM()
	VBLENDVPS(x, e, one, num)
	VDIVPS(d, num, num)
	return num
}

// expInPlace emits x = exp(x) for x <= 0; least holds coef.ExpMin.
func expInPlace(x, least VecVirtual) {
	VMAXPS(x, least, x) // ExpMin > x ? ExpMin : x, so that NaN stays
	magic := load(floats(coef.RoundMagic))
	VFMADD231PS(floats(coef.Log2E), x, magic) // magic = fma(x, log2 e, 1.5*2^23)
	n := YMM()
	VSUBPS(floats(coef.RoundMagic), magic, n)
	VFMADD231PS(floats(-coef.Ln2Hi), n, x) // r = fma(n, -hi, x)
	VFMADD231PS(floats(-coef.Ln2Lo), n, x) // r = fma(n, -lo, r)
	p := horner(x, coef.Exp[:])
	k, half := magic, YMM()
	VPSUBD(ints(math.Float32bits(coef.RoundMagic)), magic, k)
	VPSRAD(Imm(1), k, half) // half = k>>1
	VPSUBD(half, k, k)      // k - half
	for _, k := range []VecVirtual{half, k} {
		VPADDD(ints(127), k, k)
		VPSLLD(Imm(23), k, k)
		VMULPS(k, p, p) // p * 2^k
	}
	VMOVAPS(p, x)
}
