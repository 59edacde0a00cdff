#!/bin/sh
# Go 1.26.8: on one machine, the same source gives other last bits under GOAMD64=v3 than under v1.
#
# The language lets a compiler fuse x*y + z into one rounding. On amd64 it is known not to, so that results
# there look portable; with GOAMD64=v3 (a build setting that is meant for speed) it does, for sums, while x*y
# - z and a dot product in a loop stay as they were. So -x*x + x*x becomes -8e-19, and 2000 steps of the
# logistic map, x = 3.9 x (1-x), written as a polynomial, end elsewhere altogether. A wrapped product,
# float64(x*y) + z, is never fused.
#
# Seen: v1 prints 0 for the sum, v3 -8.326672684688674e-19; after 2000 steps nothing agrees. Skipped where the
# processor has no FMA.
set -eu
[ "$(go env GOHOSTARCH)" = amd64 ] && grep -qw fma /proc/cpuinfo || { echo "skipped: needs amd64 with FMA"; exit 0; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOF'
package main

import "fmt"

//go:noinline
func sum(x, y, z float64) float64 { return x*y + z }

//go:noinline
func wrapped(x, y, z float64) float64 { return float64(x*y) + z }

func main() {
	x, p := 0.1, 0.1
	p *= x
	a, b := 0.3, 0.3
	for range 2000 {
		a = sum(-3.9*a, a, 3.9*a)
		b = wrapped(-3.9*b, b, 3.9*b)
	}
	fmt.Printf("x*x - x*x: %v  chaotic map: %v  wrapped: %v\n", sum(x, x, -p), a, b)
}
EOF
printf 'module finding\n\ngo 1.26.8\n' >go.mod
export GOTOOLCHAIN=go1.26.8 GOARCH=amd64
v1=$(GOAMD64=v1 go run .)
v3=$(GOAMD64=v3 go run .)
echo "GOAMD64=v1  $v1"
echo "GOAMD64=v3  $v3"
echo "expected: the same line twice"
[ "$v1" != "$v3" ] && [ "${v1##*wrapped}" = "${v3##*wrapped}" ] || { echo "the behaviour has changed"; exit 1; }
case "$v3" in *-8.326672684688674e-19*) ;; *) echo "the behaviour has changed"; exit 1 ;; esac
