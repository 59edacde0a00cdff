// The drawings of samplers A and B as they come: frames, and then the samples.

import { floats } from './message.js';
import { emit, on, state } from './store.js';

const coming = { a: null, b: null };

export function startDrawings() {
  on('frame', (header, body) => {
    if (coming[header.of]?.draw !== header.draw) coming[header.of] = { draw: header.draw, frames: [] };
    coming[header.of].frames.push({ at: header.frame / (header.total || 1), sigma: header.sigma, rows: header.rows,
      cols: header.cols, values: floats(body, header.double) });
  });
  on('drawn', (drawn, body) => {
    const samples = floats(body, drawn.double);
    const frames = coming[drawn.of]?.draw === drawn.draw ? coming[drawn.of].frames : [];
    coming[drawn.of] = null;
    finish(frames, drawn, samples);
    state.drawings[drawn.of] = { frames, drawn, samples };
    if (drawn.of === 'a') document.documentElement.dataset.draw = drawn.draw;
    emit('drawing', drawn.of);
  });
  for (const name of ['data', 'training', 'reset', 'forget']) on(name, forget);
}

function forget() {
  for (const name of ['a', 'b']) {
    coming[name] = null;
    state.drawings[name] = null;
    emit('drawing', name);
  }
}

// finish puts frames in order, from noise to the samples, where some are missing or came twice.
function finish(frames, drawn, values) {
  frames.sort((x, y) => x.at - y.at);
  const last = { at: 1, sigma: frames.at(-1)?.at === 1 ? frames.at(-1).sigma : 0, rows: drawn.rows,
    cols: drawn.cols, values };
  if (frames.at(-1)?.at === 1) frames.pop();
  frames.push(last);
  const whole = frames.filter(f => f.values.length === values.length);
  frames.splice(0, frames.length, ...whole);
}

// place returns the frames before and after t, and how far t is from the one to the other.
export function place(frames, t) {
  let k = frames.length - 1;
  while (k > 0 && frames[k - 1].at >= t) k--;
  const after = frames[k];
  const before = frames[Math.max(0, k - 1)];
  const span = after.at - before.at;
  return { before, after, u: span > 0 ? Math.min(1, Math.max(0, (t - before.at) / span)) : 1 };
}

// levelAt returns the noise level of t, and the place of a level.
export function levelAt(frames, t) {
  const { before, after, u } = place(frames, t);
  if (before.sigma > 0 && after.sigma > 0) return before.sigma ** (1 - u) * after.sigma ** u;
  return before.sigma * (1 - u) + after.sigma * u;
}

export function placeOf(frames, sigma) {
  for (let k = 1; k < frames.length; k++) {
    const [high, low] = [frames[k - 1].sigma, frames[k].sigma];
    if (low > sigma) continue;
    if (high <= sigma) return frames[k - 1].at;
    const u = low > 0 ? Math.log(high / sigma) / Math.log(high / low) : 1 - sigma / high;
    return frames[k - 1].at + u * (frames[k].at - frames[k - 1].at);
  }
  return 1;
}
