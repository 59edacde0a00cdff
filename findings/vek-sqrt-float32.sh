#!/bin/sh
# viterin/vek v0.4.3: the square root of a float32 is an approximation on processors with AVX2, that of a float64 is not.
#
# vek32.Sqrt takes the reciprocal estimate of the processor with a step of Newton's, where a rounded square root is one
# instruction. Squares of whole numbers have no whole roots then, and the root of infinity is NaN. vek.Sqrt of the same
# numbers in float64 is exact. So standard deviations of float32 differ from those of a loop over math.Sqrt.
#
# Seen: roots of 1 and 9 are 0.99999994 and 2.9999998, that of infinity is NaN.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
grep -qw avx2 /proc/cpuinfo || { echo "this is about processors with AVX2"; exit 0; }
cat >main.go <<'GO'
package main

import (
	"fmt"
	"math"
	"os"

	"github.com/viterin/vek"
	"github.com/viterin/vek/vek32"
)

func main() {
	x, y := make([]float32, 16), make([]float64, 16)
	for i := range x {
		x[i], y[i] = 9, 9
	}
	x[0], y[0] = 1, 1
	x[1], y[1] = float32(math.Inf(1)), math.Inf(1)
	single, double := vek32.Sqrt(x), vek.Sqrt(y)
	fmt.Println("float32:", single[:3], "float64:", double[:3], "expected [1 +Inf 3]")
	if single[0] == 1 || single[2] == 3 || single[1] == single[1] || double[0] != 1 || double[2] != 3 {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
GO
{ go mod init finding && go get github.com/viterin/vek@v0.4.3 && go mod tidy; } >log 2>&1 || { cat log; exit 2; }
go run .
