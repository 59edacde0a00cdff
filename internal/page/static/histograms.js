// Histograms of each column of a table: samples as a line over the data as bars.

import { $, el } from './dom.js';
import { writing } from './axes.js';
import { columnName } from './format.js';
import { color } from './theme.js';
import { on, state } from './store.js';

const most = 24; // columns
const bins = 28;

export function startHistograms() {
  on('drawing', of => { if (of === 'a') paint(); });
  on('theme', paint);
  addEventListener('resize', paint);
}

// lay makes a figure for each column, and none for data that are no table.
export function lay(data) {
  const shown = data.kind === 'table';
  $('histograms').hidden = !shown;
  $('histograms').replaceChildren();
  if (!shown) return;
  Array.from({ length: Math.min(most, data.cols) }, (_, i) => {
    const name = columnName(data, i);
    const canvas = el('canvas', { role: 'img' });
    canvas.dataset.column = i;
    $('histograms').append(el('figure', {}, el('figcaption', { title: name }, name), canvas));
  });
  if (data.cols > most) {
    $('histograms').append(el('p', { class: 'hint' }, `The first ${most} of ${data.cols} columns.`));
  }
  paint();
}

function counts(values, column, cols, rows, low, high) {
  const n = new Float64Array(bins);
  for (let i = 0; i < rows; i++) {
    const k = Math.floor((values[i * cols + column] - low) / (high - low) * bins);
    if (k >= 0 && k < bins) n[k] += 1 / rows;
    else if (values[i * cols + column] === high) n[bins - 1] += 1 / rows;
  }
  return n;
}

function paint() {
  if ($('histograms').hidden || state.data?.kind !== 'table') return;
  for (const canvas of $('histograms').querySelectorAll('canvas')) paintOne(canvas, Number(canvas.dataset.column));
}

function paintOne(canvas, column) {
  const { data, points, drawings } = state;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (width === 0 || column >= data.cols) return;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  const low = data.low[column];
  const high = data.high[column] > low ? data.high[column] : low + 1;
  const truth = counts(points, column, data.cols, data.shown, low, high);
  const last = drawings.a;
  const drawn = last && counts(last.samples, column, last.drawn.cols, last.drawn.rows, low, high);
  const top = Math.max(...truth, ...(drawn || []));
  const base = height - 16;
  const bar = width / bins;
  const up = v => base - v / top * (base - 4);
  context.fillStyle = color('bars');
  truth.forEach((v, k) => context.fillRect(k * bar, up(v), bar - 0.5, base - up(v)));
  context.fillStyle = color('rule');
  context.fillRect(0, base, width, 1);
  if (drawn) {
    context.beginPath();
    drawn.forEach((v, k) => {
      context.lineTo(k * bar, up(v));
      context.lineTo((k + 1) * bar, up(v));
    });
    context.strokeStyle = color('accent');
    context.lineWidth = 1.5;
    context.stroke();
  }
  const { text, beside } = writing(low, high, 3);
  context.fillStyle = color('quiet');
  context.font = '10px system-ui, sans-serif';
  context.textBaseline = 'bottom';
  context.fillText(text(low), 0, height);
  context.textAlign = 'right';
  context.fillText(text(high), width, height);
  context.textAlign = 'center';
  context.fillText(beside, width / 2, height);
  canvas.setAttribute('aria-label', `Histogram of ${columnName(data, column)}, from ${text(low)} to `
    + `${text(high)}${beside && ` ${beside}`}: ${drawn ? 'samples over data' : 'data'}`);
}
