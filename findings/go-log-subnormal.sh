#!/bin/sh
# Go 1.26.8, amd64: math.Log of a subnormal number is the logarithm of 2^-1023 or so, whatever the number; math.Log2 and
# math.Log10, which take the exponent by Frexp, are right.
#
# The assembly for amd64 reads exponent and fraction from the bits of its argument, and a subnormal number has no leading one
# there. The portable code, which other architectures run, normalizes first. A log-density of a value that has underflowed is
# then off by up to 36, and differs from that on arm64. It matters where logarithms of tiny likelihoods are summed.
#
# Seen: math.Log(2^-1074) is -709.09 on amd64 where the logarithm is -744.44; math.Log2 gives -1074.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
case $(go env GOARCH) in amd64) ;; *) echo "this is about amd64"; exit 0 ;; esac
cat >main.go <<'GO'
package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
)

func main() {
	fmt.Println(runtime.Version(), runtime.GOARCH)
	x := math.Float64frombits(1) // 2^-1074
	got, want := math.Log(x), -1074*math.Ln2
	fmt.Printf("math.Log(2^-1074) is %.2f, expected %.2f; math.Log2 is %v\n", got, want, math.Log2(x))
	if math.Abs(got-want) < 1 || math.Log2(x) != -1074 {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
GO
go mod init finding >log 2>&1 || { cat log; exit 2; }
go run .
