// Command gen writes the AVX2 and AVX-512 kernels: kernels/kernels_amd64.s and its Go stubs. Run it by `make gen`.
//
// Each kernel is a program over avo's virtual registers that follows the kernel's pure-Go definition step by step;
// the definition's line stands beside the instructions. Constants come from internal/coef, which the definitions use
// too.
package main

import (
	"fmt"
	"os"

	. "github.com/mmcloughlin/avo/build"

	"github.com/seed964deb49/langevin/gen/neon"
)

func main() {
	ConstraintExpr("!purego")
	gemm()
	gemm512()
	thin()
	narrow()
	pack()
	noise()
	functions()
	rows()
	adam()
	sumRows()
	sumSquares()
	Generate()
	if err := neon.Generate("kernels/kernels_arm64.s", "kernels/stubs_arm64.go", "kernels"); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}
