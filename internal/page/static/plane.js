// A drawing of points of the plane, or of two columns of a table: particles on their way in front; axes, true points
// and the score field behind. The view begins wide, where the noise is, and closes in on the data.

import { el } from './dom.js';
import { place } from './drawings.js';
import { columnName } from './format.js';
import { paintArrows, paintDensity } from './field.js';
import { paintAxes, paintNames } from './axes.js';
import { makeDot, Pixels } from './dots.js';
import { channels, color } from './theme.js';

const margin = { left: 38, right: 10, top: 10, bottom: 26 };
const room = 1.16;    // of the data's bounds
const spreads = 2.3;  // standard deviations of noise in the view
const mostTrue = 2000;
const paths = 60;

export class Plane {
  constructor(host, options) {
    this.options = options; // {showTrue, showPaths, showField, x, y: columns}, shared by both drawings
    this.back = el('canvas', { 'aria-hidden': 'true' });
    this.front = el('canvas', { role: 'img', 'aria-label': 'Nothing drawn yet' });
    this.context = this.front.getContext('2d', { willReadFrequently: true }); // kept where put() can reach it
    host.replaceChildren(this.back, this.front);
    this.host = host;
    this.drawing = null;
    this.t = 1;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(host);
    this.resize();
  }

  close() { this.observer.disconnect(); }

  resize() {
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [this.host.clientWidth, this.host.clientHeight];
    if (width < 20 || height < 20) return;
    for (const c of [this.back, this.front]) {
      c.width = Math.round(width * this.ratio);
      c.height = Math.round(height * this.ratio);
    }
    const box = { x: margin.left, y: margin.top, width: width - margin.left - margin.right,
      height: height - margin.top - margin.bottom };
    this.box = box;
    const [x, y, w, h] = [box.x, box.y, box.width, box.height].map(v => Math.round(v * this.ratio));
    this.pixels = new Pixels(x, y, w, h);
    this.restyle();
  }

  // restyle takes up colours and options anew.
  restyle() {
    this.makeDots();
    this.painted = '';
    this.draw(this.t);
  }

  // makeDots makes particles larger where there are fewer of them.
  makeDots() {
    const dot = (radius, alpha, name) => makeDot(radius * this.ratio, alpha, channels(name));
    const n = this.drawing?.drawn.rows ?? 2000;
    const radius = n > 4000 ? 1.35 : n < 800 ? 2.3 : 1.75;
    this.dots = { particle: dot(radius, 0.85, 'accent'), faint: dot(radius, 0.45, 'accent'),
      true: dot(1.05, 0.6, 'true'), alone: dot(1.2, 0.75, 'ink') };
  }

  setData(data, points) {
    this.data = data;
    this.points = points;
    this.drawing = null;
    this.frameData();
  }

  setColumns() {
    this.frameData();
    this.setDrawing(this.drawing);
  }

  // frameData makes the view of the data; of the plane one unit is as long across as up.
  frameData() {
    const { data } = this;
    if (!data) return;
    const of = i => {
      if (i < 0) return { centre: 0, half: 1.6 };
      const [low, high] = [data.low[i] ?? data.low[0], data.high[i] ?? data.high[0]];
      return { centre: (low + high) / 2, half: room * (high - low) / 2 || 1 };
    };
    const [x, y] = [of(this.options.x), of(this.options.y)];
    if (data.kind === 'plane') x.half = y.half = Math.max(x.half, y.half);
    this.base = { x, y };
    this.painted = '';
  }

  setDrawing(drawing) {
    this.drawing = drawing;
    this.makeDots();
    if (drawing) this.halves = drawing.frames.map(f => this.halfOf(f));
    this.painted = '';
  }

  // halfOf returns how far the view of a frame reaches from its centre, across and up.
  halfOf(frame) {
    const { x, y } = this.base;
    const h = [x, y].map((axis, k) => {
      const column = k === 0 ? this.options.x : this.options.y;
      if (column < 0) return axis.half;
      let sum = 0;
      for (let i = column; i < frame.values.length; i += frame.cols) {
        const d = frame.values[i] - axis.centre;
        sum += d * d;
      }
      return Math.max(axis.half, spreads * Math.sqrt(sum / frame.rows));
    });
    if (this.data.kind === 'plane') h[0] = h[1] = Math.max(...h);
    return h;
  }

  // view returns the bounds that are seen at t.
  view(t) {
    const { x, y } = this.base;
    const { field, showField } = this.options;
    if (showField && field) return around(field.bounds);
    let h = [x.half, y.half];
    if (this.drawing) {
      const { frames } = this.drawing;
      const { before, after, u } = place(frames, t);
      const [p, q] = [this.halves[frames.indexOf(before)], this.halves[frames.indexOf(after)]];
      h = p.map((v, k) => v ** (1 - u) * q[k] ** u);
    }
    return { left: x.centre - h[0], right: x.centre + h[0], bottom: y.centre - h[1], top: y.centre + h[1] };
  }

  // scales returns a and b of pixel = a value + b, in CSS pixels.
  scales(view) {
    const { box } = this;
    const ax = box.width / (view.right - view.left);
    const ay = -box.height / (view.top - view.bottom);
    return { ax, bx: box.x - ax * view.left, ay, by: box.y - ay * view.top };
  }

  draw(t) {
    this.t = t;
    if (!this.data || !this.pixels) return;
    const view = this.view(t);
    const s = this.scales(view);
    const key = `${view.left},${view.right},${view.bottom},${view.top}`;
    if (key !== this.painted) {
      this.paintBack(view, s);
      this.painted = key;
    }
    this.paintFront(t, s);
  }

  paintBack(view, s) {
    const context = this.back.getContext('2d');
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.back.width, this.back.height);
    const field = this.options.showField && this.options.field;
    const { box } = this;
    context.save();
    context.beginPath();
    context.rect(box.x, box.y, box.width, box.height);
    context.clip();
    if (field) paintDensity(context, field, s);
    context.restore();
    const names = paintAxes(context, box, view, s, this.axisNames(), !field);
    context.save();
    context.clip();
    if (field) paintArrows(context, field, s, box);
    context.restore();
    paintNames(context, box, names);
  }

  axisNames() {
    if (!this.data.columns?.some(c => !/^(x|y|column \d+)$/.test(c))) return null;
    const name = i => (i < 0 ? '' : columnName(this.data, i));
    return [name(this.options.x), name(this.options.y)];
  }

  paintFront(t, s) {
    const context = this.context;
    this.pixels.clear();
    if (this.options.showTrue || !this.drawing) this.putTrue(s);
    if (this.drawing) {
      const { before, after, u } = place(this.drawing.frames, t);
      this.putParticles(s, before, after, u);
      this.pixels.show(context);
      if (this.options.showPaths) this.paintPaths(context, t, s, after, u);
    } else {
      this.pixels.show(context);
    }
  }

  putTrue(s) {
    const { points, pixels, ratio, options: { x, y }, data: { cols, shown } } = this;
    const dot = this.drawing ? this.dots.true : this.dots.alone;
    for (let i = 0; i < Math.min(mostTrue, shown); i++) {
      const up = ordinate(points, i, cols, y);
      pixels.put(dot, ratio * (s.ax * points[i * cols + x] + s.bx), ratio * (s.ay * up + s.by));
    }
  }

  putParticles(s, before, after, u) {
    const { pixels, ratio, options: { x, y } } = this;
    const [p, q, { cols, rows }] = [before.values, after.values, after];
    const [ax, bx, ay, by] = [s.ax * ratio, s.bx * ratio, s.ay * ratio, s.by * ratio];
    const dot = this.options.showPaths || this.options.showField ? this.dots.faint : this.dots.particle;
    for (let i = 0; i < rows; i++) {
      const j = i * cols + x;
      const up = ordinate(p, i, cols, y);
      const px = p[j] + u * (q[j] - p[j]);
      pixels.put(dot, ax * px + bx, ay * (up + u * (ordinate(q, i, cols, y) - up)) + by);
    }
  }

  // paintPaths draws the ways of the first particles up to now, fainter where there is more noise.
  paintPaths(context, t, s, after, u) {
    const { frames } = this.drawing;
    const { ratio, box, options } = this;
    const { cols, rows } = after;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.beginPath();
    context.rect(box.x, box.y, box.width, box.height);
    context.clip();
    context.strokeStyle = color('ink');
    context.lineWidth = 1;
    context.lineCap = 'round';
    for (let k = 1; k < frames.length && frames[k - 1].at < t; k++) {
      const [p, q] = [frames[k - 1].values, frames[k].values];
      const part = frames[k] === after ? u : 1;
      context.globalAlpha = 0.06 + 0.5 * frames[k].at ** 2;
      context.beginPath();
      for (let i = 0; i < Math.min(paths, rows); i++) {
        const j = i * cols + options.x;
        const [y0, y1] = [ordinate(p, i, cols, options.y), ordinate(q, i, cols, options.y)];
        context.moveTo(s.ax * p[j] + s.bx, s.ay * y0 + s.by);
        context.lineTo(s.ax * (p[j] + part * (q[j] - p[j])) + s.bx, s.ay * (y0 + part * (y1 - y0)) + s.by);
      }
      context.stroke();
    }
    context.restore();
  }

  setLabel(text) { this.front.setAttribute('aria-label', text); }
}

// ordinate is a row's value upwards. Of a table of one column it is the row's own place in a band, for the eye.
function ordinate(values, i, cols, column) {
  return column < 0 ? 2 * ((i * 0.6180339887) % 1) - 1 : values[i * cols + column];
}

// around returns the view of bounds, in which one unit is as long across as up.
function around([left, right, bottom, top]) {
  const half = Math.max(right - left, top - bottom) / 2;
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  return { left: x - half, right: x + half, bottom: y - half, top: y + half };
}
