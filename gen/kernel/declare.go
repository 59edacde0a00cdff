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
	if result, _, ok := k.Result(); ok {
		k.Doc[0] = name + "@ sets " + result.Name + " to " + name + "Generic of n elements."
	}
	return register(k)
}

// onSlices64 declares a kernel on slices of float64.
func onSlices64(name string, operands ...[]Operand) Kernel {
	return onSlices(name, doubled(operands)...)
}

// onSlicesOfBoth declares a kernel on slices of float32 and one on float64 that have one definition.
// They are short.
func onSlicesOfBoth(name string, operands ...[]Operand) (single, double Kernel) {
	both := [2]Kernel{onSlices(name, operands...), onSlices(name+"64", doubled(operands)...)}
	for i := range both {
		both[i].Direct, both[i].Alone = true, both[i].Has(Sums)
		both[i] = both[i].definedFor(name)
	}
	return both[0], both[1]
}

// onRowsOfBoth declares a kernel on matrices of float32 and one on float64 that have one definition.
func onRowsOfBoth(name string, operands ...[]Operand) (single, double Kernel) {
	return onRows(name, 0, operands...).definedFor(name),
		onRows(name+"64", 0, doubled(operands)...).definedFor(name)
}

// neverAlone takes the function for one block from a kernel on blocks.
func neverAlone(single, double Kernel) (Kernel, Kernel) {
	single.Alone, double.Alone = false, false
	return register(single), register(double)
}

// OnOneBlock is the declaration of a kernel on blocks where there is one, whose number is the result.
func (k Kernel) OnOneBlock() Kernel {
	k.Func = strings.Replace(k.Func, "Blocks", "OfBlock", 1)
	k.Operands = slices.Clone(k.Operands)
	for i := range k.Operands {
		if k.Operands[i].Kind == Sums {
			k.Operands[i].Kind = OneSum
		}
	}
	return k
}

// definedFor names the definition of a kernel that is one for both types.
func (k Kernel) definedFor(name string) Kernel {
	k.Both = name
	k.Doc[0] = strings.ReplaceAll(k.Doc[0], k.Func+"Generic", k.Definition())
	return register(k)
}

// doubled returns operands on float64.
func doubled(operands [][]Operand) [][]Operand {
	var all [][]Operand
	for _, o := range operands {
		all = append(all, of(Double, slices.Clone(o)))
	}
	return all
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

// shortOn512 leaves slices that do not fit the first-level cache to AVX2, which reads and writes the caches
// beyond it faster.
func shortOn512(single, double Kernel) (Kernel, Kernel) {
	const most = 4096
	single.Shares[0].Most, double.Shares[0].Most = most, most
	return register(single), register(double)
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
