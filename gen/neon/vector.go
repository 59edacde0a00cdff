package neon

import (
	"fmt"

	. "github.com/seed964deb49/langevin/gen/arm64"
)

// lanes is the number of float32 in a vector register, and vectorBytes its size.
const (
	lanes       = 4
	vectorBytes = 16
)

// pool reads constants from memory: loads have units of their own.
type pool struct{ table X }

func newPool() pool { return pool{Constants()} }

// ints and floats return where a constant is.
func (p pool) ints(w uint32) Mem    { return Ints(p.table, w) }
func (p pool) floats(x float32) Mem { return Floats(p.table, x) }

// load reads a vector into a new register.
func load(m Mem) V {
	v := NewV()
	LDR(v, m)
	return v
}

// copyOf returns a new register with v's value.
func copyOf(v V) V {
	d := NewV()
	VMOV(d, v)
	return d
}

// access reads and writes the elements of one vector of each operand. At the end of a range it has fewer
// elements than a vector.
type access struct {
	elements int
	disp     int  // in bytes
	double   bool // elements are float64
}

// bytes is the size of the elements.
func (a access) bytes() int {
	if a.double {
		return 8 * a.elements
	}
	return 4 * a.elements
}

func (a access) load(base X) V {
	v, m := NewV(), Mem{Base: base, Disp: a.disp}
	switch {
	case a.bytes() == vectorBytes:
		LDR(v, m)
	case a.bytes() == 4:
		LDRS(v, m)
	default:
		LDRD(v, m)
		if a.elements == 3 {
			S4.LD1(v, 2, a.third(base))
		}
	}
	return v
}

func (a access) store(v V, base X) {
	m := Mem{Base: base, Disp: a.disp}
	switch {
	case a.bytes() == vectorBytes:
		STR(v, m)
	case a.bytes() == 4:
		STRS(v, m)
	default:
		STRD(v, m)
		if a.elements == 3 {
			S4.ST1(v, 2, a.third(base))
		}
	}
}

// third returns the address of the third element.
func (a access) third(base X) X {
	x := NewX()
	ADDI(x, base, a.disp+8)
	return x
}

// advance moves addresses on.
func advance(addresses []X, bytes int) {
	for _, x := range addresses {
		ADDI(x, x, bytes)
	}
}

// rest emits body for the last 0 to 3 elements, whose number is left.
func rest(label string, left X, body func(a access)) {
	CBZ(left, label+"_done")
	CMP(left, 2)
	BEQ(label + "_two")
	BGT(label + "_three")
	body(access{elements: 1})
	B(label + "_done")
	Label(label + "_two")
	body(access{elements: 2})
	B(label + "_done")
	Label(label + "_three")
	body(access{elements: 3})
	Label(label + "_done")
}

// elementwise emits body over n elements of the operands at bases. It takes abreast vectors at a time as long
// as there are so many, then one vector at a time, then the elements that are left.
func elementwise(n X, bases []X, abreast int, body func(at []access)) {
	elementwiseOf(S4, n, bases, abreast, body)
}

// elementwise64 is elementwise on float64.
func elementwise64(n X, bases []X, abreast int, body func(at []access)) {
	elementwiseOf(D2, n, bases, abreast, body)
}

func elementwiseOf(of Arrangement, n X, bases []X, abreast int, body func(at []access)) {
	left := COPY(n)
	for together := abreast; together > 0; together /= 2 {
		label := fmt.Sprintf("vectors%d", together)
		SUBS(left, left, of.Lanes()*together)
		BLT(label + "_end")
		Label(label)
		var at []access
		for v := range together {
			at = append(at, access{elements: of.Lanes(), disp: vectorBytes * v, double: of == D2})
		}
		body(at)
		advance(bases, vectorBytes*together)
		SUBS(left, left, of.Lanes()*together)
		BGE(label)
		Label(label + "_end")
		ADDI(left, left, of.Lanes()*together)
	}
	if of == D2 {
		CBZ(left, "rest_done")
		body([]access{{elements: 1, double: true}})
		Label("rest_done")
	} else {
		rest("rest", left, func(a access) { body([]access{a}) })
	}
	RET()
}
