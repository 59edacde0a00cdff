#!/bin/sh
# gonum v0.17.0, package blas/blas32: Nrm2 of 20 million ones is 4096, and not 4472.136.
#
# Nrm2 adds squares one by one in a single float32, which stops growing at 2^24. Dot of the same vector with
# itself is exact, since its assembly keeps several partial sums: Nrm2(x) and sqrt(Dot(x,x)) differ by 8%. A
# gradient that is clipped by its norm over a whole model is clipped to the wrong length, and only in large
# models.
#
# Seen: Nrm2 4096, sqrt of Dot 4472.136.
set -eu
case "$(go env GOARCH)" in amd64) ;; *) echo "skipped: seen on amd64 only"; exit 0 ;; esac
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOF'
package main

import (
	"fmt"
	"math"
	"os"

	"gonum.org/v1/gonum/blas/blas32"
)

func main() {
	const n = 20_000_000
	x := blas32.Vector{N: n, Inc: 1, Data: make([]float32, n)}
	for i := range x.Data {
		x.Data[i] = 1
	}
	norm, dot := blas32.Nrm2(x), float32(math.Sqrt(float64(blas32.Dot(x, x))))
	fmt.Printf("seen:     Nrm2 %v, sqrt of Dot %v\n", norm, dot)
	fmt.Printf("expected: Nrm2 %v, sqrt of Dot %[1]v\n", float32(math.Sqrt(n)))
	if norm != 4096 || math.Abs(float64(dot)-math.Sqrt(n)) > 0.01 {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
EOF
go mod init finding >log 2>&1 && go get gonum.org/v1/gonum@v0.17.0 >>log 2>&1 || { cat log; exit 2; }
go run .
