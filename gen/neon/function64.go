package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() { more = append(more, functions64, roots) }

// functions64 emits the functions of float64.
func functions64() {
	function64(kernel.Exp64, pool.exp64)
	function64(kernel.Log64, pool.log64)
	function64(kernel.Sigmoid64, pool.sigmoid64)
	function64(kernel.Tanh64, pool.tanh64)
}

func function64(k kernel.Kernel, program func(p pool, x vectors) vectors) {
	begin(k)
	dst, x, p := Argument("dst"), Argument("x"), newPool()
	elementwise64(Argument("n"), []X{dst, x}, abreast, func(at []access) {
		y := program(p, loadAll(at, x))
		for i, a := range at {
			a.store(y[i], dst)
		}
	})
}

// roots emits the square roots of both types.
func roots() {
	for _, of := range []Arrangement{S4, D2} {
		k := kernel.Sqrt
		if of == D2 {
			k = kernel.Sqrt64
		}
		begin(k)
		dst, x := Argument("dst"), Argument("x")
		elementwiseOf(of, Argument("n"), []X{dst, x}, abreast, func(at []access) {
			for i, v := range loadAll(at, x) {
				of.FSQRT(v, v)
				at[i].store(v, dst)
			}
		})
	}
}
