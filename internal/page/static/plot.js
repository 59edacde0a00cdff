// A uPlot in the page's colours that is as wide as its place.

/* global uPlot */
import { number } from './format.js';
import { color } from './theme.js';

const font = '11px system-ui, sans-serif';

// plot draws data, [x, y, ...], into a place. spec has series, log and logX for logarithmic axes, and value, which
// makes text of a value.
export function plot(place, spec, data) {
  const axis = extra => ({
    stroke: () => color('quiet'), font, labelFont: font, grid: { stroke: () => color('rule'), width: 1 },
    ticks: { show: false }, gap: 6, ...extra,
  });
  const size = () => ({ width: place.clientWidth, height: place.clientHeight });
  const decade = values => values.map(v => (v === null ? '' : number(v, 2)));
  // Of a logarithmic axis, powers of ten alone have a text where there are many.
  const sparse = (u, splits) => {
    const powers = splits.filter(v => Math.abs(Math.log10(v) - Math.round(Math.log10(v))) < 1e-9);
    return powers.length >= 2 ? splits.map(v => (powers.includes(v) ? v : null))
      : splits.map(v => ([1, 2, 5].includes(Math.round(v / 10 ** Math.floor(Math.log10(v) + 1e-9))) ? v : null));
  };
  const width = (u, texts) => 14 + 6.6 * Math.max(2, ...(texts || []).map(t => String(t ?? '').length));
  const decades = { stroke: () => color('rule'), width: 1, filter: sparse };
  const options = {
    ...size(),
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: { x: { time: false, distr: spec.logX ? 3 : 1 }, y: { distr: spec.log ? 3 : 1 } },
    axes: [
      axis({ size: 26, space: 50, values: (u, v) => v.map(x => (x === null ? '' : step(x))),
        ...(spec.logX && { filter: sparse, values: (u, v) => decade(v), grid: decades }) }),
      axis({ size: width, space: 30, values: (u, v) => decade(v), ...(spec.log && { filter: sparse, grid: decades }) }),
    ],
    series: [{}, ...spec.series],
    hooks: { setCursor: [u => tell(u, spec)], drawSeries: [(u, i) => { if (u.series[i].dots) paintDots(u, i); }] },
  };
  const u = new uPlot(options, data, place);
  const note = document.createElement('div');
  note.className = 'chart-note';
  u.over.append(note);
  u.note = note;
  return {
    setData: d => u.setData(d),
    fit: () => u.setSize(size()),
    destroy: () => u.destroy(),
  };
}

const step = v => (v >= 1e6 ? `${v / 1e6}M` : v >= 1e4 ? `${v / 1e3}k` : number(v, 4));

// paintDots draws a series as squares, in a tenth of the time of uPlot's circles.
function paintDots(u, i) {
  const [xs, ys] = [u.data[0], u.data[i]];
  const size = 2 * devicePixelRatio;
  u.ctx.save();
  u.ctx.beginPath();
  u.ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  u.ctx.clip();
  u.ctx.fillStyle = color('dots');
  for (let k = 0; k < xs.length; k++) {
    u.ctx.fillRect(u.valToPos(xs[k], 'x', true) - size / 2, u.valToPos(ys[k], 'y', true) - size / 2, size, size);
  }
  u.ctx.restore();
}

// tell shows the values under the pointer.
function tell(u, spec) {
  const i = u.cursor.idx;
  const seen = i !== null && i !== undefined && u.cursor.left >= 0;
  u.note.hidden = !seen;
  if (!seen) return;
  const x = spec.logX ? `σ ${number(u.data[0][i])}` : `step ${number(u.data[0][i], 7)}`;
  u.note.textContent = `${x}: ${spec.value(u.data.at(-1)[i])}`;
}
