package neon

import . "github.com/seed964deb49/langevin/gen/arm64"

// lanes is the number of float32 in a vector register, and vectorBytes its size.
const (
	lanes       = 4
	vectorBytes = 16
)

// pool reads constants from memory, or from registers that hold them.
type pool struct {
	table X
	held  map[Mem]V
}

func newPool() pool { return pool{Constants(), map[Mem]V{}} }

// ints and floats return where a constant is.
func (p pool) ints(w uint32) Mem    { return Ints(p.table, w) }
func (p pool) floats(x float32) Mem { return Floats(p.table, x) }

// hold keeps constants in registers from here on.
func (p pool) hold(constants ...Mem) {
	for _, m := range constants {
		p.held[m] = load(m)
	}
}

// constant returns a register with a constant that is not to be changed.
func (p pool) constant(m Mem) V {
	if v, ok := p.held[m]; ok {
		return v
	}
	return load(m)
}

// copyOf returns a new register with a constant.
func (p pool) copyOf(m Mem) V {
	if v, ok := p.held[m]; ok {
		d := NewV()
		VMOV(d, v)
		return d
	}
	return load(m)
}

// load reads a vector into a new register.
func load(m Mem) V {
	v := NewV()
	LDR(v, m)
	return v
}

// horner emits y = P(x) for coefficients c, lowest power first: y = fma(y, x, c[i]).
func (p pool) horner(x V, c []float32) V {
	y := p.constant(p.floats(c[len(c)-1]))
	for i := len(c) - 2; i >= 0; i-- {
		next := p.copyOf(p.floats(c[i]))
		S4.FMLA(next, y, x)
		y = next
	}
	return y
}

// access reads and writes one vector of each operand or, at the end of a range, one element.
type access struct {
	single bool
	disp   int
}

func (a access) load(base X) V {
	v := NewV()
	if a.single {
		LDRS(v, Mem{Base: base, Disp: a.disp})
	} else {
		LDR(v, Mem{Base: base, Disp: a.disp})
	}
	return v
}

func (a access) store(v V, base X) {
	if a.single {
		STRS(v, Mem{Base: base, Disp: a.disp})
	} else {
		STR(v, Mem{Base: base, Disp: a.disp})
	}
}

// elementwise emits body over n elements of the operands at bases: whole vectors, then one element after the other.
func elementwise(n X, bases []X, body func(a access)) {
	left := COPY(n)
	SUBS(left, left, lanes)
	BLT("rest")
	Label("vectors")
	body(access{})
	for _, base := range bases {
		ADDI(base, base, vectorBytes)
	}
	SUBS(left, left, lanes)
	BGE("vectors")
	Label("rest")
	ADDS(left, left, lanes)
	BEQ("done")
	Label("single")
	body(access{single: true})
	for _, base := range bases {
		ADDI(base, base, 4)
	}
	SUBS(left, left, 1)
	BNE("single")
	Label("done")
	RET()
}
