package kernel

import "slices"

// Operand is an operand of a kernel.
type Operand struct {
	Name  string
	Kind  Kind
	Use   Use
	Float Float // of its numbers
}

// Kind is what an operand is.
type Kind int

// The kinds of operands.
const (
	Slice     Kind = iota // as many numbers as the other slices have
	Matrix                // rows of numbers, of the shape of the other matrices
	PerRow                // a number for each row of the matrices
	PerColumn             // a number for each column
	Normals               // the normals of a matrix's elements, row after row
	Scalar                // a number
	Sum                   // the result, in float64
	Step                  // the scalars of an update of Adam
	Stream                // the noise whose normals belong to the slices' elements
)

// Use is what a kernel does with an operand.
type Use int

// The uses of operands.
const (
	In Use = iota
	Out
	InOut
)

func in(kind Kind, names ...string) []Operand    { return operands(kind, In, names) }
func out(kind Kind, names ...string) []Operand   { return operands(kind, Out, names) }
func inOut(kind Kind, names ...string) []Operand { return operands(kind, InOut, names) }

func operands(kind Kind, use Use, names []string) []Operand {
	var all []Operand
	for _, name := range names {
		all = append(all, Operand{name, kind, use, Single})
	}
	return all
}

// Go is the type of the operand in Go.
func (o Operand) Go() string {
	switch o.Kind {
	case Matrix:
		if o.Float == Double {
			return "Matrix64"
		}
		return "Matrix"
	case Scalar:
		return o.Float.Name
	case Step:
		return "*AdamStep"
	case Stream:
		return "Noise"
	}
	return "[]" + o.Float.Name
}

// Pointer is the type of the address that a program takes for the operand, or empty where it takes none.
func (o Operand) Pointer() string {
	switch o.Kind {
	case Slice, Matrix, PerRow, PerColumn, Normals:
		return "*" + o.Float.Name
	case Sum:
		return "*float64"
	}
	return ""
}

// Has reports whether an operand is of a kind.
func (k Kernel) Has(kind Kind) bool { return len(k.Of(kind)) > 0 }

// Of returns the operands of a kind.
func (k Kernel) Of(kind Kind) []Operand {
	var all []Operand
	for _, o := range k.Operands {
		if o.Kind == kind {
			all = append(all, o)
		}
	}
	return all
}

// Given returns the operands that the kernel is called with in Go: all but a result.
func (k Kernel) Given() []Operand {
	return slices.DeleteFunc(slices.Clone(k.Operands), func(o Operand) bool { return o.Kind == Sum })
}

// Pointers returns the operands of which programs take the address, in the order in which they take them.
func (k Kernel) Pointers() []Operand {
	var all []Operand
	for _, o := range k.Operands {
		if o.Pointer() != "" {
			all = append(all, o)
		}
	}
	return all
}

// Strides returns the names of the arguments for the matrices' strides.
func (k Kernel) Strides() []string {
	matrices := k.Of(Matrix)
	if len(matrices) == 1 {
		return []string{"stride"}
	}
	var names []string
	for _, o := range matrices {
		names = append(names, o.Name+"Stride")
	}
	return names
}
