#!/bin/sh
# npyio v0.14.0 (Go) writes files that npm npyjs 1.2.0 reads or refuses by the number of values in them.
#
# NumPy's format pads the header so that data begin at a multiple of 64 (once 16). npyio writes version 2.0
# headers after which data begin at 76 or 86, as the digits of the shape fall; npyjs lays a typed array over
# the buffer, which needs a multiple of the item's size. So float32 with 3 values is read and with 100,000 is
# not, and float64 with 3 values is not. NumPy reads all three, so that a test against NumPy finds nothing.
#
# Seen: float32 x 3 at 76, read; float32 x 100000 at 86, and float64 x 3 at 76: "start offset ... should be a
# multiple".
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
echo '{}' >package.json
npm install --no-audit --no-fund --silent npyjs@1.2.0 >log 2>&1 || { cat log; exit 2; }
cat >main.go <<'EOF'
package main

import (
	"os"

	"codeberg.org/sbinet/npyio"
)

func write(name string, data any) {
	f, err := os.Create(name)
	if err == nil {
		err = npyio.Write(f, data)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		panic(err)
	}
}

func main() {
	write("float32x3.npy", []float32{1, 2, 3})
	write("float32x100000.npy", make([]float32, 100_000))
	write("float64x3.npy", []float64{1, 2, 3})
}
EOF
cat >read.cjs <<'EOF'
const fs = require('fs'), { parse } = require('npyjs');
const tried = ['float32x3', 'float32x100000', 'float64x3'].map((name) => {
  const bytes = new Uint8Array(fs.readFileSync(name + '.npy'));
  const offset = 12 + new DataView(bytes.buffer).getUint32(8, true);
  let result = 'read';
  try { parse(bytes.buffer); } catch (e) { result = e.message; }
  console.log(`${name}: data at ${offset}, ${result}`);
  return `${offset} ${result === 'read'}`;
});
console.log('expected: data at multiples of 64, read');
if (tried.join() !== '76 true,86 false,76 false') { console.log('the behaviour has changed'); process.exit(1); }
EOF
go mod init finding >log 2>&1 && go get codeberg.org/sbinet/npyio@v0.14.0 >>log 2>&1 || { cat log; exit 2; }
go run .
node read.cjs
