#!/bin/sh
# github.com/viterin/vek v0.4.3, package vek32: Exp(-90) is -9.5e37, and Exp(NaN) is 0.
#
# The accelerated Exp of float32 is right down to -87, where the result leaves the normal numbers. Below that
# an exponent wraps around: exp(-90), 8e-40, comes out as a huge negative number, exp(-100) as another. A NaN
# becomes 0. A softmax or a Gaussian density whose far tail reaches -90 gets weights of -1e38 instead of none,
# and a diverged value becomes a harmless one.
#
# Seen, accelerated: exp(-90) = -9.488018e+37, exp(-100) = -4.3075538e+33, exp(NaN) = 0. Skipped where the
# library finds no AVX2 and FMA.
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

	"github.com/viterin/vek/vek32"
)

func main() {
	if !vek32.Info().Acceleration {
		fmt.Println("skipped: no acceleration on this processor")
		return
	}
	nan := float32(math.NaN())
	x := []float32{-90, -100, nan, -80, 0, 1, 2, 3}
	fast := vek32.Exp(x)
	for i, v := range x[:4] {
		fmt.Printf("exp(%v): seen %v, expected %v\n", v, fast[i], float32(math.Exp(float64(v))))
	}
	if !(fast[0] < -1e37) || !(fast[1] < -1e33) || fast[2] != 0 || !(fast[3] > 1e-35) {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
EOF
go mod init finding >log 2>&1 && go get github.com/viterin/vek/vek32@v0.4.3 >>log 2>&1 || { cat log; exit 2; }
go run .
