// Axes of a plot: faint lines at round values, and the values.

import { color } from './theme.js';

// ticks returns round values between two bounds, about n of them.
export function ticks(low, high, n) {
  const rough = (high - low) / n;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(m => m * power).find(v => v >= rough);
  const all = [];
  for (let k = Math.ceil(low / step); k * step <= high; k++) all.push(k * step);
  return { all, places: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}

export const tickText = (v, places) => v.toFixed(Math.min(places, 6)).replace('-', '−');

// paintAxes draws them into a box, the lines if they are wanted, and leaves the box as the context's path.
export function paintAxes(context, box, view, s, names, lines) {
  const xs = ticks(view.left, view.right, box.width / 80);
  const ys = ticks(view.bottom, view.top, box.height / 80);
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = color('rule');
  const px = xs.all.map(v => Math.round(s.ax * v + s.bx));
  const py = ys.all.map(v => Math.round(s.ay * v + s.by));
  if (lines) for (const x of px) context.fillRect(x, box.y, 1, box.height);
  if (lines) for (const y of py) context.fillRect(box.x, y, box.width, 1);
  context.fillStyle = color('quiet');
  context.textAlign = 'center';
  context.textBaseline = 'top';
  xs.all.forEach((v, i) => {
    if (px[i] > box.x + 8 && px[i] < right - 8) context.fillText(tickText(v, xs.places), px[i], bottom + 7);
  });
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  ys.all.forEach((v, i) => {
    if (py[i] > box.y + 6 && py[i] < bottom - 6) context.fillText(shorten(tickText(v, ys.places)), box.x - 7, py[i]);
  });
  if (names) paintNames(context, box, names);
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
}

const shorten = text => (text.length > 5 && Math.abs(Number(text.replace('−', '-'))) >= 1000
  ? `${Number((Number(text.replace('−', '-')) / 1000).toPrecision(3))}k`.replace('-', '−') : text);

function paintNames(context, box, [x, y]) {
  context.fillStyle = color('ink');
  context.font = '600 11px system-ui, sans-serif';
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  context.fillText(x, box.x + box.width - 4, box.y + box.height - 4);
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillText(y, box.x + 6, box.y + 5);
}
