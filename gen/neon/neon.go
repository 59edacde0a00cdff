// Package neon holds the NEON kernels: the programs of package main for a vector of four float32 or two
// float64. Each follows its pure-Go definition step by step; the definition's line stands beside the
// instructions.
package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// begin begins a kernel.
func begin(k kernel.Kernel) {
	k = k.Begin(kernel.NEON)
	Begin(k.Name, k.Signature, k.Doc...)
}

// more are programs that files of their own add when the generator starts, in the order of the files' names.
var more []func()

// Generate writes the kernels and their stubs.
func Generate(assembly, stubs, pkg string) error {
	gemm()
	blocks()
	thin()
	narrow()
	pack()
	noise()
	functions()
	activations()
	rows()
	adam()
	slices()
	sumRows()
	sumSquares()
	for _, program := range more {
		program()
	}
	return Write(assembly, stubs, pkg)
}
