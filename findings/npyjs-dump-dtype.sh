#!/bin/sh
# npm npyjs 1.2.0: dump() of a plain array of numbers takes the file's type from the values.
#
# A JavaScript number is a float64, and so is one in a NumPy list. dump([1, 2.5, 1e-300]) writes float32,
# where 1e-300 is 0 and 0.1 is 0.10000000149; [1, 2, 3] is written as uint8, [1, 2, 300] as uint16. A column
# that happens to hold whole numbers in one run then wraps around in NumPy: 255 + 1 of the loaded arrays is 0.
# Typed arrays keep theirs.
#
# Seen: f4 [1, 2.5, 0], then u1, u2, f4 for three files of "the same" data.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
echo '{}' >package.json
npm install --no-audit --no-fund --silent npyjs@1.2.0 >log 2>&1 || { cat log; exit 2; }
cat >main.mjs <<'EOF'
import { dump, parse } from 'npyjs';
for (const x of [[1, 2.5, 1e-300], [1, 2, 3], [1, 2, 300], [1, 2, 0.1]]) {
  const { dtype, data } = parse(dump(x));
  console.log(`${JSON.stringify(x)} -> ${dtype} ${data.join(' ')}`);
}
EOF
cat >want <<'EOF'
[1,2.5,1e-300] -> f4 1 2.5 0
[1,2,3] -> u1 1 2 3
[1,2,300] -> u2 1 2 300
[1,2,0.1] -> f4 1 2 0.10000000149011612
EOF
node main.mjs | tee seen
echo "expected: f8 and the same numbers in all four"
cmp -s seen want || { echo "the behaviour has changed"; exit 1; }
