#!/bin/sh
# npm onnxruntime-web 1.30.0 (WebAssembly on the CPU): float32 Sigmoid is 28% off at -17, and 0 at -18 and below.
#
# float32 reaches down to 1e-45, and Softplus and Exp of the same runtime keep their relative precision there.
# Sigmoid does not: its error is absolute, some 1e-8, so that at -18 it is 0 for 1.5e-8. A SiLU exported as x
# * Sigmoid(x) is exactly 0 from there on, a gate's logarithm is -Infinity. The native builds differ from this
# one in the same tail.
#
# Seen: at -17 2.98e-8 for 4.14e-8, at -18 and -20 0, while Exp(-20) is right.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
echo '{}' >package.json
npm install --no-audit --no-fund --silent --ignore-scripts onnxruntime-web@1.30.0 >log 2>&1 || { cat log; exit 2; }
cat >main.mjs <<'EOF'
import * as ort from 'onnxruntime-web';
// A model of one node, y = op(x), of opset 17, put together as protobuf fields.
const bytes = (field, b) => [field << 3 | 2, b.length, ...b];
const text = (field, s) => bytes(field, Buffer.from(s));
const value = (field, name) =>
  bytes(field, [...text(1, name), ...bytes(2, bytes(1, [8, 1, ...bytes(2, bytes(1, text(2, 'n')))]))]);
const model = (op) => Uint8Array.from([8, 8,
  ...bytes(7, [...bytes(1, [...text(1, 'x'), ...text(2, 'y'), ...text(4, op)]), ...text(2, 'g'), ...value(11, 'x'),
    ...value(12, 'y')]),
  ...bytes(8, [...text(1, ''), 16, 17])]);
async function run(op, x) {
  const session = await ort.InferenceSession.create(model(op), { logSeverityLevel: 3 });
  const out = await session.run({ x: new ort.Tensor('float32', Float32Array.from(x), [x.length]) });
  return Array.from(out.y.data);
}
const x = [-5, -17, -18, -20];
const sigmoid = await run('Sigmoid', x), exp = await run('Exp', x);
x.forEach((v, i) => console.log(`sigmoid(${v}): seen ${sigmoid[i]}, expected ${Math.fround(1 / (1 + Math.exp(-v)))}`));
console.log(`exp(-20):     seen ${exp[3]}, expected ${Math.fround(Math.exp(-20))}`);
const off = sigmoid[1] / (1 / (1 + Math.exp(17))) - 1;
if (!(off < -0.1) || sigmoid[2] !== 0 || sigmoid[3] !== 0 || !(exp[3] > 2e-9)) {
  console.log('the behaviour has changed');
  process.exit(1);
}
EOF
node main.mjs
