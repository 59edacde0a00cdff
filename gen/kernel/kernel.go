// Package kernel declares the kernels: their names, operands, instruction sets and contracts. The programs of
// all instruction sets take them from here, and package dispatch writes from them what chooses between the
// programs.
package kernel

import "strings"

// Kernel is the declaration of a kernel.
type Kernel struct {
	Name      string // of its programs; @ stands for the instruction set
	Signature string // of its programs
	Doc       []string

	Operands []Operand // of a kernel whose dispatch is written from its declaration
	Shares   []Share   // what takes its work, the widest registers first
	Func     string    // the function that dispatches, and its definition without "Generic"
	Direct   bool      // is called without a choice too, where the widest registers are in use
	Alone    bool      // of those on blocks: has a function for one block too
	Both     string    // in the place of Func, the definition's name where it is one for both types
}

// Share is the work that an instruction set takes.
type Share struct {
	Set   Set
	Cols  int  // the least columns of a matrix, or 0 for any; fewer are left to the next share
	Most  int  // the most elements of a slice, or 0 for any; more are left to the next share
	Pairs bool // pairs of groups of noise alone; an odd group is left to the next share
}

// Set is an instruction set.
type Set string

// The instruction sets, as the names of their programs end.
const (
	AVX2   Set = "AVX2"
	AVX512 Set = "AVX512"
	NEON   Set = "NEON"
)

// For returns the declaration for an instruction set.
func (k Kernel) For(set Set) Kernel {
	named := func(s string) string { return strings.ReplaceAll(s, "@", string(set)) }
	k.Name = named(k.Name)
	doc := make([]string, len(k.Doc))
	for i, line := range k.Doc {
		doc[i] = named(line)
	}
	k.Doc = Wrap(doc...)
	return k
}

// Base is the name without the instruction set.
func (k Kernel) Base() string { return strings.ReplaceAll(k.Name, "@", "") }

// On returns the shares of some instruction sets.
func (k Kernel) On(sets ...Set) []Share {
	var shares []Share
	for _, s := range k.Shares {
		for _, set := range sets {
			if s.Set == set {
				shares = append(shares, s)
			}
		}
	}
	return shares
}

// Definition is the name of the definition.
func (k Kernel) Definition() string {
	if k.Both != "" {
		return k.Both + "Generic"
	}
	return k.Func + "Generic"
}

// declare returns a kernel whose documentation begins with its name.
func declare(name, signature string, doc ...string) Kernel {
	doc[0] = name + "@ " + doc[0]
	return Kernel{Name: name + "@", Signature: signature, Doc: doc}
}
