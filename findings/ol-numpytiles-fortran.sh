#!/bin/sh
# npm @planet/ol-numpytiles 3.0.1: an array in Fortran order is read as though it were in C order.
#
# numpy.save keeps the memory order of its array and says "fortran_order: True" for the transpose of a table
# or for a matrix from LAPACK. This reader parses the whole header, returns the data and the shape, and drops
# the order: [[0 1 2] [3 4 5]] comes back as 0 3 1 4 2 5 with shape [2,3]. The caller cannot tell such a file
# from another.
#
# Seen: 0 3 1 4 2 5, fields shape and data.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
echo '{}' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts @planet/ol-numpytiles@3.0.1 >log 2>&1 || { cat log; exit 2; }
cat >main.mjs <<'EOF'
import { fromArrayBuffer } from '@planet/ol-numpytiles';
// [[0 1 2] [3 4 5]] as numpy.save writes it in Fortran order: 128 bytes of header, then column by column.
const header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }".padEnd(117) + '\n';
const bytes = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(header),
  Buffer.from(Float32Array.of(0, 3, 1, 4, 2, 5).buffer)]);
const read = fromArrayBuffer(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const seen = `${read.data.join(' ')}, shape ${read.shape}, fields ${Object.keys(read).sort()}`;
console.log('seen:     ' + seen);
console.log('expected: 0 1 2 3 4 5, or a field that says the order, or an error');
if (seen !== '0 3 1 4 2 5, shape 2,3, fields data,shape') { console.log('the behaviour has changed'); process.exit(1); }
EOF
node main.mjs
