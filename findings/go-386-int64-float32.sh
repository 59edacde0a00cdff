#!/bin/sh
# Go 1.26.8, GOARCH=386: float32(i) of an int64 is rounded to the wrong neighbour for a quarter of 47-bit values.
#
# The language rounds a conversion once. On 386 it gives a float32 that is not the nearest to i, while
# float32(float64(i)), which rounds twice, is right, as every int64 of 47 bits is a float64. A large count (of
# bytes, of steps) made into a float32 differs from that of a 64-bit build; GO386=softfloat is right.
#
# Seen: 108279661538167 becomes 1.0827966e+14 for 1.08279666e+14; 24917 of 100000 random values are wrong.
# Runs the 386 program on the machine itself; skipped on other processors.
set -eu
[ "$(go env GOHOSTARCH)" = amd64 ] && [ "$(go env GOHOSTOS)" = linux ] || { echo "skipped: needs linux/amd64"; exit 0; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOF'
package main

import (
	"fmt"
	"math/big"
	"math/rand/v2"
)

//go:noinline
func convert(i int64) float32 { return float32(i) }

func main() {
	r := rand.New(rand.NewPCG(1, 2))
	wrong := 0
	for range 100_000 {
		i := int64(r.Uint64() >> 17)
		right, _ := new(big.Float).SetInt64(i).Float32()
		if convert(i) != right {
			wrong++
		}
	}
	fmt.Println(convert(108279661538167), wrong)
}
EOF
printf 'module finding\n\ngo 1.26.8\n' >go.mod
export GOTOOLCHAIN=go1.26.8 CGO_ENABLED=0
GOARCH=386 go build -o 386 .
GOARCH=386 GO386=softfloat go build -o soft .
GOARCH=amd64 go build -o amd64 .
seen=$(./386)
echo "386:            $seen"
echo "386, softfloat: $(./soft)"
echo "amd64:          $(./amd64)"
echo "expected:       1.08279666e+14 0"
[ "$seen" = "1.0827966e+14 24917" ] && [ "$(./amd64)" = "1.08279666e+14 0" ] || { echo "the behaviour has changed"; exit 1; }
