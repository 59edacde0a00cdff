#!/bin/sh
# avo v0.6.0: a register that VPXORD sets to zero counts as read, one that VPXOR or VXORPS sets to zero does not.
#
# An exclusive or of a register with itself is the usual way to zero it, and does not depend on what was in it.
# avo knows that of VPXOR, VXORPS and their like (CancellingInputs), but not of VPXORD and VPXORQ, the forms
# that AVX-512 has without DQ. There a sum that begins with VPXORD is alive from the start of the function, and
# through every loop before it. A function of several tiles of sums, of which each fits, ends with "failed to
# allocate registers"; VXORPS on the same registers compiles.
#
# Seen: VXORPS and VPXOR read no register, VPXORD and VPXORQ read two.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOF'
package main

import (
	"fmt"
	"os"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/reg"
	"github.com/mmcloughlin/avo/x86"
)

func main() {
	ymm, zmm := reg.Y1, reg.Z1
	changed := false
	show := func(width string, reads int, i *ir.Instruction, err error) {
		if err != nil {
			panic(err)
		}
		got := len(i.InputRegisters())
		fmt.Printf("%-6s of a %s with itself reads %d registers, expected 0\n", i.Opcode, width, got)
		changed = changed || got != reads
	}
	i, err := x86.VXORPS(ymm, ymm, ymm)
	show("YMM", 0, i, err)
	i, err = x86.VPXOR(ymm, ymm, ymm)
	show("YMM", 0, i, err)
	i, err = x86.VXORPS(zmm, zmm, zmm)
	show("ZMM", 0, i, err)
	i, err = x86.VPXORD(zmm, zmm, zmm)
	show("ZMM", 2, i, err)
	i, err = x86.VPXORQ(zmm, zmm, zmm)
	show("ZMM", 2, i, err)
	if changed {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
EOF
{ go mod init finding && go get github.com/mmcloughlin/avo@v0.6.0 && go mod tidy; } >log 2>&1 || { cat log; exit 2; }
go run .
