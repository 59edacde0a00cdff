#!/bin/sh
# npm numpy-parser 1.2.3: a vector of n numbers is read with shape [n, 1].
#
# Python writes the shape of a vector as (3,). The parser turns the header into JSON and, for the comma that
# JSON does not allow, puts in a 1: the vector arrives as a matrix of one column, from valid files of NumPy,
# with no warning. In code that broadcasts, labels of shape [n, 1] minus predictions of shape [n] make n x n
# differences.
#
# Seen: (3,) read as [3,1]; (3, 1) read as [3,1] as well; a scalar, (), as [].
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
echo '{}' >package.json
npm install --no-audit --no-fund --silent numpy-parser@1.2.3 >log 2>&1 || { cat log; exit 2; }
cat >main.cjs <<'EOF'
const { fromArrayBuffer } = require('numpy-parser');
// A version 1.0 file of float32 as numpy.save writes it: 128 bytes of header, then the data.
function npy(shape, data) {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n';
  const head = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(header)]);
  const all = Buffer.concat([head, Buffer.from(Float32Array.from(data).buffer)]);
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.length);
}
const seen = [['(3,)', [1, 2, 3]], ['(3, 1)', [1, 2, 3]], ['()', [1]]].map(([shape, data]) => {
  const got = JSON.stringify(fromArrayBuffer(npy(shape, data)).shape);
  console.log(`${shape} read as ${got}`);
  return got;
});
console.log('expected: [3], [3,1], []');
if (seen.join(' ') !== '[3,1] [3,1] []') { console.log('the behaviour has changed'); process.exit(1); }
EOF
node main.cjs
