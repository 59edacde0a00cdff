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
	Index                 // the result, an index
	Sums                  // a number for each block of BlockElements elements of the slices
	OneSum                // the result, a number where the slices are one block
	Step                  // the scalars of an update of Adam
	Stream                // the noise whose normals belong to the slices' elements
)

// BlockElements is the number of elements of a block of Sums.
const BlockElements = 4096

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
	case Slice, Matrix, PerRow, PerColumn, Normals, Sums, OneSum:
		return "*" + o.Float.Name
	case Sum:
		return "*float64"
	case Index:
		return "*int"
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
	isResult := func(o Operand) bool { return o.Kind == Sum || o.Kind == Index || o.Kind == OneSum }
	return slices.DeleteFunc(slices.Clone(k.Operands), isResult)
}

// Result returns the operand that the kernel returns in Go, and its type there, if there is one.
func (k Kernel) Result() (o Operand, goType string, ok bool) {
	for _, o := range k.Operands {
		switch o.Kind {
		case Sum:
			return o, "float64", true
		case Index:
			return o, "int", true
		case OneSum:
			return o, o.Float.Name, true
		}
	}
	return Operand{}, "", false
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
