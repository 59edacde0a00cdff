package kernel

import (
	"slices"
	"strings"
)

// all are the kernels whose dispatch is written from their declarations, in their order.
var all []Kernel

// All returns the kernels with operands: all but those of products and of packing.
func All() []Kernel { return slices.Clone(all) }

// onSlices declares a kernel on slices of one length. It has a program in every set.
func onSlices(name string, operands ...[]Operand) Kernel {
	k := withOperands(name, operands, "is "+name+"Generic on n elements.")
	if k.Has(Step) {
		k.Doc[0] = strings.TrimSuffix(k.Doc[0], ".") + "; step is the first field of an AdamStep."
	}
	if k.Has(Sum) {
		k.Doc[0] = name + "@ sets sum to " + name + "Generic of n elements."
	}
	return register(k)
}

// onSlices64 declares a kernel on slices of float64.
func onSlices64(name string, operands ...[]Operand) Kernel {
	for _, o := range operands {
		of(Double, o)
	}
	return onSlices(name, operands...)
}

// of makes operands those of numbers of a type.
func of(f Float, operands []Operand) []Operand {
	for i := range operands {
		operands[i].Float = f
	}
	return operands
}

// onRows declares a kernel on matrices of one shape. It has a program in every set. Rows shorter than one or
// two registers of AVX-512 are faster with AVX2: most of the vectors at their ends cross a border of cache
// lines, which costs a second read.
func onRows(name string, cols512 int, operands ...[]Operand) Kernel {
	k := withOperands(name, operands, "is "+name+"Generic; rows and cols are positive.")
	k.Shares = []Share{{Set: AVX512, Cols: cols512}, {Set: AVX2}, {Set: NEON}}
	return register(k)
}

// onRowsNarrow declares a kernel on matrices that leaves AVX-512 to AVX2: wider registers would wait for the
// same chains of sums.
func onRowsNarrow(name string, operands ...[]Operand) Kernel {
	return without512(onRows(name, 0, operands...))
}

// without512 takes the program for AVX-512 from a kernel.
func without512(k Kernel) Kernel {
	k.Shares = []Share{{Set: AVX2}, {Set: NEON}}
	return register(k)
}

// onGroups declares a kernel on whole groups of noise. AVX-512 takes pairs of them.
func onGroups(name string, operands ...[]Operand) Kernel {
	k := withOperands(name, append(operands, in(Stream, "n")),
		"is "+name+"GroupsGeneric on a number of groups; the low half of the block counter,",
		"4*group, must not overflow on the way.")
	k.Shares = []Share{{Set: AVX512, Pairs: true}, {Set: AVX2}, {Set: NEON}}
	return register(k.calledBy(name + "Groups"))
}

// ForPairs is the declaration of the program of a kernel on pairs of groups.
func (k Kernel) ForPairs() Kernel {
	k.Signature = strings.Replace(k.Signature, "groups int", "pairs int", 1)
	k.Doc = slices.Clone(k.Doc)
	k.Doc[0] = strings.Replace(k.Doc[0], "a number of groups", "pairs of groups", 1)
	return k
}

// calledBy names the function that dispatches.
func (k Kernel) calledBy(function string) Kernel {
	k.Func = function
	return register(k)
}

// withOperands returns a declaration with the signature of its programs: addresses, sizes, strides, scalars.
func withOperands(name string, operands [][]Operand, doc ...string) Kernel {
	k := declare(name, "", doc...)
	k.Operands, k.Func = slices.Concat(operands...), name
	k.Shares = []Share{{Set: AVX512}, {Set: AVX2}, {Set: NEON}}
	var arguments, scalars []string
	for _, o := range k.Pointers() {
		arguments = append(arguments, o.Name+" "+o.Pointer())
	}
	for _, o := range k.Of(Scalar) {
		scalars = append(scalars, o.Name+" "+o.Float.Name)
	}
	for _, o := range k.Of(Step) {
		scalars = append(scalars, o.Name+" *float32")
	}
	switch {
	case k.Has(Stream):
		arguments = append(append(arguments, scalars...), "groups int", "seed, stream, group uint64")
	case k.Has(Matrix):
		arguments = append(arguments, "rows, cols, "+strings.Join(k.Strides(), ", ")+" int")
		arguments = append(arguments, scalars...)
	default:
		arguments = append(append(arguments, "n int"), scalars...)
	}
	k.Signature = "func(" + strings.Join(arguments, ", ") + ")"
	return k
}

// register notes a declaration, in the place of an earlier one of the name.
func register(k Kernel) Kernel {
	if i := slices.IndexFunc(all, func(other Kernel) bool { return other.Name == k.Name }); i >= 0 {
		all[i] = k
	} else {
		all = append(all, k)
	}
	return k
}
