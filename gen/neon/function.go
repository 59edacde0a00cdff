package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

const signBit = 1 << 31 // of a float32

// abreast is how many vectors go through a function side by side: enough that the processor always finds an
// instruction that waits for no other.
const abreast = 2

// vectors are those that go through a function side by side.
type vectors []V

// values and slopes are the programs of the functions of a network and of the derivatives of those that have
// a backward pass.
var (
	values = map[string]func(p pool, x vectors) vectors{
		"exp": pool.exp, "log": pool.log, "sigmoid": pool.sigmoid, "softplus": pool.softplus,
		"tanh": pool.tanh, "elu": pool.elu, "silu": pool.silu,
	}
	slopes = map[string]func(p pool, x vectors) vectors{
		"sigmoid": pool.sigmoidSlope, "softplus": pool.sigmoid, "tanh": pool.tanhSlope,
		"elu": pool.eluSlope, "silu": pool.siluSlope,
	}
)

// functions emits the functions of a network and the backward passes of those that have one.
func functions() {
	for _, f := range kernel.Functions {
		value, ok := values[f.Name]
		if !ok {
			continue // check says so
		}
		begin(f.Value())
		dst, x, p := Argument("dst"), Argument("x"), newPool()
		elementwise(Argument("n"), []X{dst, x}, abreast, func(at []access) {
			y := value(p, loadAll(at, x))
			for i, a := range at {
				a.store(y[i], dst)
			}
		})
	}
	for _, f := range kernel.Functions {
		slope, ok := slopes[f.Name]
		if !ok {
			continue
		}
		begin(f.Slope())
		dst, dy, x, p := Argument("dst"), Argument("dy"), Argument("x"), newPool()
		elementwise(Argument("n"), []X{dst, dy, x}, abreast, func(at []access) {
			y := slope(p, loadAll(at, x))
			for i, a := range at {
				g := a.load(dy)
				S4.FMUL(g, g, y[i])
				a.store(g, dst)
			}
		})
	}
}

// activations emits the activation of layers, without its slope and with it, and the product that makes the
// backward pass of it.
func activations() {
	begin(kernel.SiLULayer)
	to, from, constants := Argument("dst"), Argument("x"), newPool()
	elementwise(Argument("n"), []X{to, from}, abreast, func(at []access) {
		y := constants.siluTo(loadAll(at, from), coef.LayerMax)
		for i, a := range at {
			a.store(y[i], to)
		}
	})
	begin(kernel.SiLUWithSlope)
	dst, slope, x, p := Argument("dst"), Argument("slope"), Argument("x"), newPool()
	elementwise(Argument("n"), []X{dst, slope, x}, abreast, func(at []access) {
		y, s := p.siluAndSlope(loadAll(at, x), coef.LayerMax)
		for i, a := range at {
			a.store(y[i], dst)
			a.store(s[i], slope)
		}
	})
	begin(kernel.Hadamard)
	dst, x = Argument("dst"), Argument("x")
	elementwise(Argument("n"), []X{dst, x}, abreast, func(at []access) {
		y, f := loadAll(at, dst), loadAll(at, x)
		for i, a := range at {
			S4.FMUL(y[i], y[i], f[i])
			a.store(y[i], dst)
		}
	})
}

func loadAll(at []access, x X) vectors {
	var v vectors
	for _, a := range at {
		v = append(v, a.load(x))
	}
	return v
}

// like returns as many new registers.
func (v vectors) like() vectors { return registers(len(v)) }

// do emits the instructions of a step for each vector.
func (v vectors) do(step func(i int)) {
	for i := range v {
		step(i)
	}
}

// set returns as many new registers with a constant, to add to.
func (p pool) set(v vectors, m Mem) vectors {
	y := v.like()
	v.do(func(i int) { LDR(y[i], m) })
	return y
}

// polynomial emits y = P(x) for coefficients c, lowest power first: y = fma(y, x, c[i]).
func (p pool) polynomial(x vectors, c []float32) vectors {
	y := make(vectors, len(x))
	top := load(p.floats(c[len(c)-1]))
	x.do(func(i int) { y[i] = top })
	for k := len(c) - 2; k >= 0; k-- {
		next := p.set(x, p.floats(c[k]))
		x.do(func(i int) { S4.FMLA(next[i], y[i], x[i]) })
		y = next
	}
	return y
}
