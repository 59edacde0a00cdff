#!/bin/sh
# gonum v0.17.0: Sgemv of a transposed matrix with beta = 0 clears y to the end of its slice, Dgemv clears the vector alone.
#
# A vector of BLAS is n numbers of a slice that may be longer, and what lies behind them is somebody else's. In float32, with
# beta = 0 and an increment of 1 of y, the numbers behind the vector become 0, however long the slice is. In float64, or with
# beta = 1, or where the matrix is not transposed, they stay. A row of a matrix that is the output of such a product, as the
# slice from there on, loses the rows below it.
#
# Seen: with n = 2 in a slice of 4, the last two numbers are 0 after Sgemv and untouched after Dgemv; in a slice of 1000, all
# behind the vector are 0.
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
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

func main() {
	var b gonum.Implementation
	s, d := []float32{7, 7, 7, 7}, []float64{7, 7, 7, 7}
	b.Sgemv(blas.Trans, 2, 2, 1, []float32{1, 2, 3, 4}, 2, []float32{1, 1}, 1, 0, s, 1)
	b.Dgemv(blas.Trans, 2, 2, 1, []float64{1, 2, 3, 4}, 2, []float64{1, 1}, 1, 0, d, 1)
	fmt.Println(runtime.GOARCH, "Sgemv:", s, "Dgemv:", d, "expected [4 6 7 7]")
	added, plain, long := []float32{7, 7, 7, 7}, []float32{7, 7, 7, 7}, make([]float32, 1000)
	b.Sgemv(blas.Trans, 2, 2, 1, []float32{1, 2, 3, 4}, 2, []float32{1, 1}, 1, 1, added, 1)
	b.Sgemv(blas.NoTrans, 2, 2, 1, []float32{1, 2, 3, 4}, 2, []float32{1, 1}, 1, 0, plain, 1)
	for i := range long {
		long[i] = 7
	}
	b.Sgemv(blas.Trans, 2, 2, 1, []float32{1, 2, 3, 4}, 2, []float32{1, 1}, 1, 0, long, 1)
	kept := slices.Index(long[2:], 7)
	fmt.Println("beta = 1:", added, "not transposed:", plain, "in 1000: a 7 is left:", kept >= 0)
	if s[2] != 0 || s[3] != 0 || d[2] != 7 || d[3] != 7 || added[2] != 7 || added[3] != 7 ||
		plain[2] != 7 || plain[3] != 7 || kept >= 0 {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
GO
{ go mod init finding && go get gonum.org/v1/gonum@v0.17.0 && go mod tidy; } >log 2>&1 || { cat log; exit 2; }
go run .
