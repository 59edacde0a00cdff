package main

import (
	. "github.com/mmcloughlin/avo/build"
)

func adam() {
	TEXT("adamAVX2", NOSPLIT,
		"func(p, grad, m, v *float32, n int, rate, beta1, beta2, epsilon, correction1, correction2 float32)")
	Pragma("noescape")
	Doc("adamAVX2 is adamGeneric on n elements.")
	p, grad := Load(Param("p"), GP64()), Load(Param("grad"), GP64())
	m, v := Load(Param("m"), GP64()), Load(Param("v"), GP64())
	rate, beta1, beta2 := broadcastParam("rate"), broadcastParam("beta1"), broadcastParam("beta2")
	epsilon := broadcastParam("epsilon")
	correct1, correct2 := broadcastParam("correction1"), broadcastParam("correction2")
	rest1, rest2 := load(floats(1)), load(floats(1))
	VSUBPS(beta1, rest1, rest1)
	VSUBPS(beta2, rest2, rest2)
	elementwise(Load(Param("n"), GP64()), func(a access) {
		gi, mi, vi := a.load(grad), a.load(m), a.load(v)
		d := YMM()
		VSUBPS(mi, gi, d)
		VFMADD231PS(d, rest1, mi) // m = fma(1-beta1, g-m, m)
		VMULPS(gi, gi, gi)
		VMULPS(beta2, vi, vi)
		VFMADD231PS(gi, rest2, vi) // v = fma(1-beta2, g*g, beta2*v)
		a.store(mi, m)
		a.store(vi, v)
		VMULPS(correct1, mi, mi)
		VMULPS(correct2, vi, vi)
		VSQRTPS(vi, vi)
		VADDPS(epsilon, vi, vi)
		VDIVPS(vi, mi, mi) // m*correct1 / (sqrt(v*correct2) + epsilon)
		pi := a.load(p)
		VFNMADD231PS(mi, rate, pi) // p = fma(-rate, d, p)
		a.store(pi, p)
	})

	TEXT("emaAVX2", NOSPLIT, "func(avg, x *float32, n int, rate float32)")
	Pragma("noescape")
	Doc("emaAVX2 is emaGeneric on n elements.")
	avg, x := Load(Param("avg"), GP64()), Load(Param("x"), GP64())
	rate = broadcastParam("rate")
	elementwise(Load(Param("n"), GP64()), func(a access) {
		mean, d := a.load(avg), a.load(x)
		VSUBPS(mean, d, d)
		VFMADD231PS(d, rate, mean) // avg = fma(rate, x-avg, avg)
		a.store(mean, avg)
	})

	TEXT("driftAVX2", NOSPLIT, "func(x, score *float32, n int, drift float32)")
	Pragma("noescape")
	Doc("driftAVX2 is driftGeneric on n elements.")
	x, score := Load(Param("x"), GP64()), Load(Param("score"), GP64())
	drift := broadcastParam("drift")
	elementwise(Load(Param("n"), GP64()), func(a access) {
		y := a.load(x)
		VFMADD231PS(a.load(score), drift, y) // x = fma(drift, score, x)
		a.store(y, x)
	})
}
