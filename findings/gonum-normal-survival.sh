#!/bin/sh
# gonum v0.17.0, package stat/distuv: Normal.Survival is 0 from some 8.3 standard deviations on.
#
# Survival is its own method so that an upper tail needs no 1 - CDF, which cancels. For the normal it is
# computed through 1 - erf all the same: Survival(9) is 0, while CDF(-9), the same number by symmetry, is
# right to the last places. A p-value of 1e-19 becomes 0, its logarithm -Inf.
#
# Seen: Survival(9) 0, CDF(-9) 1.1285884059538422e-19; Survival(8) is 2% off.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOF'
package main

import (
	"fmt"
	"math"
	"os"

	"gonum.org/v1/gonum/stat/distuv"
)

func main() {
	n := distuv.UnitNormal
	fmt.Println("x   Survival(x)              CDF(-x), equal by symmetry  erfc(x/sqrt 2)/2")
	for _, x := range []float64{2, 8, 9} {
		fmt.Printf("%g   %-23v  %-26v  %v\n", x, n.Survival(x), n.CDF(-x), math.Erfc(x/math.Sqrt2)/2)
	}
	off := math.Abs(n.Survival(8)/n.CDF(-8) - 1)
	if n.Survival(9) != 0 || !(n.CDF(-9) > 1.1e-19) || !(off > 1e-3) {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
EOF
go mod init finding >log 2>&1 && go get gonum.org/v1/gonum@v0.17.0 >>log 2>&1 || { cat log; exit 2; }
go run .
