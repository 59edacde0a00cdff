#!/bin/sh
# github.com/klauspost/cpuid/v2 v2.4.2 and golang.org/x/sys/cpu v0.49.0: GODEBUG=cpu.avx2=off reaches only the latter.
#
# Go's switch turns instruction sets off for the standard library and for x/sys/cpu. cpuid/v2 asks the
# processor by itself and goes on with AVX2. In a program with kernels of both kinds, a run "without AVX2",
# made to compare bits or to look for a fault in a kernel, still runs half of the AVX2 code.
#
# Seen, with the switch: cpuid true, x/sys/cpu false. Skipped where the processor has no AVX2.
set -eu
[ "$(go env GOHOSTARCH)" = amd64 ] && grep -qw avx2 /proc/cpuinfo || { echo "skipped: needs amd64 with AVX2"; exit 0; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOF'
package main

import (
	"fmt"

	"github.com/klauspost/cpuid/v2"
	"golang.org/x/sys/cpu"
)

func main() { fmt.Printf("cpuid %v, x/sys/cpu %v\n", cpuid.CPU.Supports(cpuid.AVX2), cpu.X86.HasAVX2) }
EOF
go mod init finding >log 2>&1
go get github.com/klauspost/cpuid/v2@v2.4.2 golang.org/x/sys@v0.49.0 >>log 2>&1 || { cat log; exit 2; }
GOAMD64=v1 go build -o program .
plain=$(./program)
seen=$(GODEBUG=cpu.avx2=off ./program)
echo "AVX2, no switch: $plain"
echo "seen, switched:  $seen"
echo "expected:        cpuid false, x/sys/cpu false"
[ "$plain" = "cpuid true, x/sys/cpu true" ] && [ "$seen" = "cpuid true, x/sys/cpu false" ] ||
  { echo "the behaviour has changed"; exit 1; }
