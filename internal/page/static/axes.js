// Axes of a plot: faint lines at round values, and the values.

import { color } from './theme.js';

// ticks returns round values between two bounds, about n of them.
export function ticks(low, high, n) {
  const rough = (high - low) / n;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(m => m * power).find(v => v >= rough * (1 - 1e-9)) || rough;
  const all = [];
  for (let k = Math.ceil(low / step); k * step <= high && all.length <= 2 * n + 2; k++) all.push(k * step);
  return { all, step };
}

// writing returns how values between two bounds are written: text of a value, and what is to be said beside the axis
// where the texts are not of the values themselves. Values that have much in common, such as moments of a day in
// seconds, are written as differences from a round value; large and small ones in parts of a power of ten.
export function writing(low, high, n) {
  const { step } = ticks(low, high, n);
  const size = Math.max(Math.abs(low), Math.abs(high));
  const round = 10 ** (1 + Math.floor(Math.log10(high - low)));
  const from = size > 2000 * (high - low) ? Math.floor(low / round) * round : 0;
  const most = Math.max(Math.abs(low - from), Math.abs(high - from));
  const power = most >= 1e5 || most < 1e-3 ? Math.floor(Math.log10(most)) : 0;
  const places = Math.min(6, Math.max(0, power - Math.floor(Math.log10(step) + 1e-9)));
  const text = v => ((v - from) / 10 ** power).toFixed(places).replace(/^-/, '−');
  const offset = from === 0 ? '' : `${from < 0 ? '−' : '+'} ${plain(Math.abs(from))}`;
  return { text, beside: [power && `× ${exponent(power)}`, offset].filter(Boolean).join(' ') };
}

const exponent = power => `1e${power}`.replace('-', '−');
const plain = v => (v < 1e15 ? v.toLocaleString('en', { maximumFractionDigits: 6 }) : v.toExponential());

// paintAxes draws them into a box, the lines if they are wanted, and leaves the box as the context's path. It returns
// what is to be said beside the axes, for paintNames.
export function paintAxes(context, box, view, s, names, lines) {
  const xs = ticks(view.left, view.right, box.width / 80);
  const ys = ticks(view.bottom, view.top, box.height / 80);
  const x = writing(view.left, view.right, box.width / 80);
  const y = writing(view.bottom, view.top, box.height / 80);
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = color('rule');
  const px = xs.all.map(v => Math.round(s.ax * v + s.bx));
  const py = ys.all.map(v => Math.round(s.ay * v + s.by));
  if (lines) for (const p of px) context.fillRect(p, box.y, 1, box.height);
  if (lines) for (const p of py) context.fillRect(box.x, p, box.width, 1);
  context.fillStyle = color('quiet');
  context.textAlign = 'center';
  context.textBaseline = 'top';
  xs.all.forEach((v, i) => {
    if (px[i] > box.x + 8 && px[i] < right - 8) context.fillText(x.text(v), px[i], bottom + 7);
  });
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  ys.all.forEach((v, i) => {
    if (py[i] > box.y + 6 && py[i] < bottom - 6) context.fillText(y.text(v), box.x - 7, py[i]);
  });
  const beside = [x, y].map(({ beside }, i) => [names?.[i], beside].filter(Boolean).join(' '));
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  return beside;
}

// paintNames writes names of the axes into the box, over what is there.
export function paintNames(context, box, [x, y]) {
  context.fillStyle = color('ink');
  context.strokeStyle = color('paper');
  context.lineWidth = 5;
  context.lineJoin = 'round';
  context.font = '600 11px system-ui, sans-serif';
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  context.strokeText(x, box.x + box.width - 4, box.y + box.height - 4);
  context.fillText(x, box.x + box.width - 4, box.y + box.height - 4);
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.strokeText(y, box.x + 6, box.y + 5);
  context.fillText(y, box.x + 6, box.y + 5);
}
