// Charts of the training, by uPlot.

import { $, setText } from './dom.js';
import { floats } from './message.js';
import { count, fixed, number } from './format.js';
import { color } from './theme.js';
import { on, state } from './store.js';
import { plot } from './plot.js';

const most = 2400;     // points of a chart: beyond it every other one goes
const decades = 1.3;   // of losses that make their axis logarithmic
const between = 1000;   // milliseconds between two paintings

// What the charts show. A row stands for all of a stretch of steps.
export const losses = { step: [], batch: [], mean: [], rate: [] };
let stride = 1;
let seen = 0;

const charts = {};
let due = false;
let last = 0;

export function startCharts() {
  on('losses', (header, body) => {
    if (header.reset) clear();
    add(floats(body), header.rows);
    paintSoon();
  });
  on('heldout', paintSoon);
  for (const name of ['training', 'reset', 'data', 'forget']) {
    on(name, () => {
      clear();
      state.heldout = null;
      paintSoon();
    });
  }
  on('theme', () => { for (const id of Object.keys(charts)) remove(id); paintSoon(); });
  new ResizeObserver(() => {
    for (const c of Object.values(charts)) c.fit();
  }).observe($('curves'));
}

function clear() {
  for (const a of Object.values(losses)) a.length = 0;
  stride = 1;
  seen = 0;
}

function add(values, rows) {
  for (let i = 0; i < rows; i++) {
    if (seen++ % stride) continue;
    const [step, batch, mean, rate] = values.subarray(4 * i, 4 * i + 4);
    losses.step.push(step);
    losses.batch.push(batch);
    losses.mean.push(mean);
    losses.rate.push(rate);
    if (losses.step.length > most) thin();
  }
}

function thin() {
  for (const a of Object.values(losses)) {
    for (let i = 0; 2 * i < a.length; i++) a[i] = a[2 * i];
    a.length = Math.ceil(a.length / 2);
  }
  stride *= 2;
}

function paintSoon() {
  if (due) return;
  due = true;
  setTimeout(() => requestAnimationFrame(() => {
    due = false;
    last = performance.now();
    paint();
  }), Math.max(0, between - (performance.now() - last)));
}

function remove(id) {
  charts[id]?.destroy();
  delete charts[id];
}

// show makes a chart of what it is to show now, or gives a chart of the same kind its new data.
function show(id, make, data, key) {
  const empty = data[0].length === 0;
  if (charts[id] && (empty || charts[id].key !== key)) remove(id);
  if (empty) return;
  if (!charts[id]) charts[id] = Object.assign(plot($(id), make(), data), { key });
  else charts[id].setData(data);
}

// paint draws a chart a frame, so that the drawing beside it keeps its pace.
function paint() {
  const parts = [paintLoss, paintHeldOut, paintRate];
  const next = () => {
    parts.shift()();
    if (parts.length) requestAnimationFrame(next);
  };
  next();
}

function paintRate() {
  const rate = [losses.step, losses.rate];
  show('chart-rate', () => ({ series: [line('accent', 1.75)], value: number }), rate, '');
  label('chart-rate', `Learning rate: ${losses.rate.length ? number(losses.rate.at(-1)) : 'nothing yet'}`);
}

function line(name, width) {
  return { stroke: () => color(name), width, points: { show: false } };
}

function paintLoss() {
  const { step, batch, mean } = losses;
  let [low, high] = [Infinity, 0];
  for (const v of batch) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const log = low > 0 && Math.log10(high / low) > decades;
  const points = { dots: true, paths: () => null, points: { show: false } };
  show('chart-loss', () => ({ log, series: [points, line('accent', 1.75)], value: v => fixed(v, 3) }),
    [step, batch, mean], String(log));
  const n = step.length;
  setText($('loss-note'), n ? 'of batches, and the mean of the last 200' : '');
  label('chart-loss', n ? `Loss, the mean of the last 200 batches: ${fixed(mean[n - 1], 3)} at step `
    + `${count(step[n - 1])}, ${fixed(mean[0], 3)} at step ${count(step[0])}` : 'Loss: nothing yet');
}

function paintHeldOut() {
  const h = state.heldout;
  const order = h ? h.sigmas.map((s, i) => i).sort((i, j) => h.sigmas[i] - h.sigmas[j]) : [];
  const data = [order.map(i => h.sigmas[i]), order.map(i => h.losses[i])];
  const points = { ...line('accent', 1.75), points: { show: true, size: 5, fill: () => color('accent'), width: 0 } };
  show('chart-heldout', () => ({ series: [points], value: v => fixed(v, 3), logX: true }), data, '');
  setText($('heldout-note'), h ? `σ across, at step ${count(h.step)}` : '');
  const at = order.map(i => `${fixed(h.losses[i], 3)} at level ${number(h.sigmas[i])}`);
  label('chart-heldout', h ? `Held-out loss: ${at.join(', ')}` : 'Held-out loss: nothing yet');
}

const label = (id, text) => $(id).setAttribute('aria-label', text);
