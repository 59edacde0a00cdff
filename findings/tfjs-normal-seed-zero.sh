#!/bin/sh
# npm @tensorflow/tfjs 4.22.0: seed 0 is no seed for randomNormal, but is one for randomUniform.
#
# randomNormal(shape, mean, stdDev, dtype, 0) draws other numbers at each call, as though no seed were given;
# randomNormal with seed 1 repeats itself, and so does randomUniform with seed 0. A run whose noise is "seeded
# with 0", the usual first choice, cannot be repeated.
#
# Seen: normal, seed 0: differs; normal, seed 1: repeats; uniform, seed 0: repeats.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
echo '{}' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts @tensorflow/tfjs@4.22.0 >log 2>&1 || { cat log; exit 2; }
cat >main.cjs <<'EOF'
console.warn = () => {}; // the advice to use another package
const tf = require('@tensorflow/tfjs');
function repeats(draw) {
  const a = draw().dataSync().join(), b = draw().dataSync().join();
  return a === b ? 'repeats' : 'differs';
}
(async () => {
  await tf.setBackend('cpu');
  const seen = [
    ['normal, seed 0', repeats(() => tf.randomNormal([8], 0, 1, 'float32', 0))],
    ['normal, seed 1', repeats(() => tf.randomNormal([8], 0, 1, 'float32', 1))],
    ['uniform, seed 0', repeats(() => tf.randomUniform([8], 0, 1, 'float32', 0))],
  ].map(([name, result]) => `${name}: ${result}`).join('; ');
  console.log('seen:     ' + seen);
  console.log('expected: normal, seed 0: repeats; normal, seed 1: repeats; uniform, seed 0: repeats');
  if (seen !== 'normal, seed 0: differs; normal, seed 1: repeats; uniform, seed 0: repeats') {
    console.log('the behaviour has changed');
    process.exit(1);
  }
})();
EOF
node main.cjs
