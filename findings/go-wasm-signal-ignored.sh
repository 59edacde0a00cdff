#!/bin/sh
# Go 1.26.8, js/wasm and wasip1/wasm: os/signal.Ignored panics.
#
# The documentation says that it reports whether a signal is ignored, and there are no signals. It reads a table that
# has no elements there, and the process ends with "index out of range [0] with length 0". A program that asks whether
# it was started under nohup therefore cannot start in a browser.
#
# Seen: the panic; expected: false. Runs in Node; skipped where there is none.
set -eu
command -v node >/dev/null || { echo "skipped: needs Node"; exit 0; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOG'
package main

import (
	"fmt"
	"os"
	"os/signal"
)

func main() { fmt.Println(signal.Ignored(os.Interrupt)) }
EOG
printf 'module finding\n\ngo 1.26.8\n' >go.mod
export GOTOOLCHAIN=go1.26.8
GOOS=js GOARCH=wasm go build -o main.wasm .
seen=$(env -i PATH="$PATH" "$(go env GOROOT)/lib/wasm/go_js_wasm_exec" main.wasm 2>&1 | head -1)
echo "js/wasm:  $seen"
echo "expected: false"
[ "$seen" = "panic: runtime error: index out of range [0] with length 0" ] || { echo "the behaviour has changed"; exit 1; }
