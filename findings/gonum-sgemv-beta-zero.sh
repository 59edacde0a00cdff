#!/bin/sh
# gonum v0.17.0: Sgemv of a transposed matrix with beta = 0 clears y to the end of its slice, Dgemv clears the vector alone.
#
# A vector of BLAS is n numbers of a slice that may be longer, and what lies behind them is somebody else's. In float32, with
# an increment of 1, beta = 0 and no scaling, the numbers behind the vector become 0. A row of a matrix that is the output of
# such a product loses the rows below it. In float64 they stay.
#
# Seen: with n = 2 in a slice of 4, the last two numbers are 0 after Sgemv and untouched after Dgemv.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"runtime"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

func main() {
	var b gonum.Implementation
	s, d := []float32{7, 7, 7, 7}, []float64{7, 7, 7, 7}
	b.Sgemv(blas.Trans, 2, 2, 1, []float32{1, 2, 3, 4}, 2, []float32{1, 1}, 1, 0, s, 1)
	b.Dgemv(blas.Trans, 2, 2, 1, []float64{1, 2, 3, 4}, 2, []float64{1, 1}, 1, 0, d, 1)
	fmt.Println(runtime.GOARCH, "Sgemv:", s, "Dgemv:", d, "expected [4 6 7 7]")
	if s[2] != 0 || s[3] != 0 || d[2] != 7 || d[3] != 7 {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
GO
{ go mod init finding && go get gonum.org/v1/gonum@v0.17.0 && go mod tidy; } >log 2>&1 || { cat log; exit 2; }
go run .
