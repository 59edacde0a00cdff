// Command gen writes the kernels: kernels/kernels_amd64.s for AVX2 and AVX-512, kernels/kernels_arm64.s for
// NEON, their Go stubs, and the Go code that chooses between them. Run it by `make gen`.
//
// Each kernel is a program over virtual registers. It follows the kernel's pure-Go definition step by step,
// and the definition's line stands beside the instructions. The programs for amd64 are in this package and
// use avo. Those for arm64 are in package neon and use package arm64. Package kernel declares the kernels of
// both. Constants come from internal/coef, which the definitions use too.
//
// The programs of a function are written for each assembler by hand. The instruction sets differ in nearly
// every step but plain arithmetic: a form that both share needed thirty operations for fifteen functions, and
// more lines than the two programs have.
package main

import (
	"fmt"
	"os"

	. "github.com/mmcloughlin/avo/build"

	"github.com/seed964deb49/langevin/gen/dispatch"
	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/gen/neon"
)

// more are programs that files of their own add when the generator starts, in the order of the files' names.
var more []func(s simd)

func main() {
	ConstraintExpr("!purego")
	gemm()
	gemm512()
	blocks()
	thin()
	narrow()
	pack()
	noise()
	avx2.functions()
	avx2.activations()
	avx2.rows()
	rowSums()
	avx2.adam()
	avx2.slices()
	avx2.sumRows()
	sumSquares()
	avx512.functions()
	avx512.activations()
	avx512.adam()
	avx512.slices()
	avx512.rows()
	avx512.sumRows()
	for _, program := range more {
		program(avx2)
		program(avx512)
	}
	Generate()
	if err := neon.Generate("kernels/kernels_arm64.s", "kernels/stubs_arm64.go", "kernels"); err != nil {
		fail(err)
	}
	if err := kernel.Check(); err != nil {
		fail(err)
	}
	if err := dispatch.Generate("kernels"); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "gen:", err)
	os.Exit(1)
}
