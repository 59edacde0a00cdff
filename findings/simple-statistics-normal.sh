#!/bin/sh
# npm simple-statistics 7.12.1: the functions of the normal distribution have three to seven digits.
#
# cumulativeStdNormalProbability looks its argument, rounded to hundredths, up in a table of four digits that ends
# at 3.09: at -5 it is 0.001, where it should be 0.00000029, and at 0.004 it is that of 0. A p-value below 0.001
# never comes out of it, and a normal sample mapped to uniform numbers has steps. errorFunction has an error of up
# to 1.2e-7 everywhere, so that erf(0) is -3e-8 and erf(1e-8) is negative. probit(0.001) is -3.080 for -3.090.
#
# Seen: 0.001 at -3.09, -5 and -8; 0.5 at 0.004; -3e-8 for erf(0) and a negative erf(1e-8).
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
npm install --no-audit --no-fund --silent simple-statistics@7.12.1 >log 2>&1 || { cat log; exit 2; }
cat >main.cjs <<'EOF'
const s = require('simple-statistics');
for (const z of [-3.09, -5, -8, 0.004]) console.log(`P(Z < ${z}) = ${s.cumulativeStdNormalProbability(z)}`);
for (const x of [0, 1e-8]) console.log(`erf(${x}) = ${s.errorFunction(x).toPrecision(3)}`);
console.log(`probit(0.001) = ${s.probit(0.001).toFixed(4)}`);
EOF
cat >want <<'EOF'
P(Z < -3.09) = 0.001
P(Z < -5) = 0.001
P(Z < -8) = 0.001
P(Z < 0.004) = 0.5
erf(0) = -3.00e-8
erf(1e-8) = -1.87e-8
probit(0.001) = -3.0801
EOF
node main.cjs | tee seen
echo "expected: 0.0010008, 2.87e-7, 6.2e-16, 0.5016; 0, 1.13e-8; -3.0902"
cmp -s seen want || { echo "the behaviour has changed"; exit 1; }
