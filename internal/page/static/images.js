// A drawing of images: a grid of them that emerges from noise, pixel by pixel as the data have them.

import { el } from './dom.js';
import { place } from './drawings.js';
import { color } from './theme.js';

const head = 22;      // of the names of classes, in CSS pixels
const spreads = 2.2;  // standard deviations of noise within the range of grey

export class Images {
  constructor(host) {
    this.front = el('canvas', { role: 'img', 'aria-label': 'Nothing drawn yet' });
    this.small = el('canvas');
    host.replaceChildren(this.front);
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
    this.front.width = Math.round(width * this.ratio);
    this.front.height = Math.round(height * this.ratio);
    this.draw(this.t);
  }

  restyle() { this.draw(this.t); }

  setData(data, points) {
    this.data = data;
    this.format = data.image;
    this.points = { at: 1, values: points, cols: data.cols, rows: Math.min(100, data.shown) };
    this.drawing = null;
    this.lay();
  }

  setDrawing(drawing) {
    this.drawing = drawing;
    this.lay();
  }

  // lay finds how many images there are side by side: a class in each column, where samples are of every class in
  // turn.
  lay() {
    const rows = this.drawing ? this.drawing.drawn.rows : this.points.rows;
    const classes = this.drawing?.every ? this.data.classes.length : 0;
    this.columns = classes || Math.ceil(Math.sqrt(rows));
    this.names = classes ? this.data.classes : null;
    this.lines = Math.ceil(rows / this.columns);
    const { width, height } = this.format;
    this.gap = width < 16 ? 1 : 2;
    this.small.width = this.columns * (width + this.gap) - this.gap;
    this.small.height = this.lines * (height + this.gap) - this.gap;
    this.pixels = this.small.getContext('2d').createImageData(this.small.width, this.small.height);
    const frames = this.drawing ? this.drawing.frames : [this.points];
    this.ranges = frames.map(f => this.range(f));
  }

  // range returns what is black and what is white in a frame: those of the data, or wider while there is noise.
  range(frame) {
    const [low, high] = [this.data.low[0], this.data.high[0]];
    if (frame.at === 1) return { centre: (low + high) / 2, half: (high - low) / 2 || 1 };
    let [sum, squares] = [0, 0];
    for (const v of frame.values) {
      sum += v;
      squares += v * v;
    }
    const mean = sum / frame.values.length;
    const spread = Math.sqrt(Math.max(0, squares / frame.values.length - mean * mean));
    return { centre: (low + high) / 2, half: Math.max((high - low) / 2, spreads * spread) };
  }

  draw(t) {
    this.t = t;
    if (!this.data || !this.pixels) return;
    const frames = this.drawing ? this.drawing.frames : [this.points];
    const { before, after, u } = place(frames, t);
    const [p, q] = [this.ranges[frames.indexOf(before)], this.ranges[frames.indexOf(after)]];
    const half = p.half ** (1 - u) * q.half ** u;
    this.fill(before.values, after.values, u, q.centre - half, 255 / (2 * half), after.rows);
    this.show();
  }

  // fill sets the pixels of the small picture.
  fill(p, q, u, low, scale, rows) {
    const { width, height, channels } = this.format;
    const { data, width: across } = this.pixels;
    let from = 0;
    for (let i = 0; i < rows; i++) {
      const x0 = (i % this.columns) * (width + this.gap);
      const y0 = Math.floor(i / this.columns) * (height + this.gap);
      for (let y = 0; y < height; y++) {
        let to = 4 * ((y0 + y) * across + x0);
        for (let x = 0; x < width; x++, to += 4) {
          for (let c = 0; c < 3; c++) {
            const k = from + (channels >= 3 ? c : 0);
            data[to + c] = (p[k] + u * (q[k] - p[k]) - low) * scale;
          }
          data[to + 3] = 255;
          from += channels;
        }
      }
    }
  }

  show() {
    const { front, small, ratio } = this;
    small.getContext('2d').putImageData(this.pixels, 0, 0);
    const context = front.getContext('2d');
    context.clearRect(0, 0, front.width, front.height);
    const top = this.names ? head * ratio : 0;
    const room = Math.min(front.width / small.width, (front.height - top) / small.height);
    const scale = room > 2 ? Math.floor(room) : room; // whole pixels are all of one size
    const [width, height] = [small.width * scale, small.height * scale];
    const x = Math.round((front.width - width) / 2);
    const y = Math.round(top + (front.height - top - height) / 2);
    context.imageSmoothingEnabled = scale < 1;
    context.drawImage(small, x, y, width, height);
    if (!this.names) return;
    context.fillStyle = color('ink');
    context.font = `600 ${12 * ratio}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    const step = (this.format.width + this.gap) * scale;
    this.names.forEach((name, i) => {
      context.fillText(name, x + (i + 0.5) * step - this.gap * scale / 2, y - 6 * ratio, step);
    });
  }

  setLabel(text) { this.front.setAttribute('aria-label', text); }
}
