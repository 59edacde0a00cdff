#!/bin/sh
# gonum v0.17.0, package mat: the same product of the same two matrices gives 5 or NaN, by how B is held.
#
# [0 1] times the column (NaN, 5) is NaN under IEEE 754, as 0*NaN is NaN. Dense.Mul skips the zeros of its
# left operand and so gives 5. With the same column passed as the transpose of a row, nothing is skipped, and
# it is NaN. A zero (a ReLU that is off, a masked input) thus hides diverged weights in one layout and not in
# the other.
#
# Seen: plain B 5, transposed B NaN.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOF'
package main

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

func main() {
	a := mat.NewDense(1, 2, []float64{0, 1})
	column := mat.NewDense(2, 1, []float64{math.NaN(), 5})
	row := mat.NewDense(1, 2, []float64{math.NaN(), 5})
	if c, d := column.At(0, 0), row.T().At(0, 0); !math.IsNaN(c) || !math.IsNaN(d) || column.At(1, 0) != row.T().At(1, 0) {
		panic("the two matrices differ")
	}
	var plain, transposed mat.Dense
	plain.Mul(a, column)
	transposed.Mul(a, row.T())
	fmt.Printf("plain B %v, transposed B %v\n", plain.At(0, 0), transposed.At(0, 0))
}
EOF
go mod init finding >log 2>&1 && go get gonum.org/v1/gonum@v0.17.0 >>log 2>&1 || { cat log; exit 2; }
seen=$(go run .)
echo "seen:     $seen"
echo "expected: plain B NaN, transposed B NaN"
[ "$seen" = "plain B 5, transposed B NaN" ] || { echo "the behaviour has changed"; exit 1; }
