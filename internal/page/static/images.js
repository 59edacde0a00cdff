// A drawing of images: a grid of them that emerges from noise, pixel by pixel as the data have them.

import { el } from './dom.js';
import { place } from './drawings.js';
import { color } from './theme.js';

const head = 22;      // of the names of classes, in CSS pixels

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
    if (rows === 0) { // of a model without data, before its first samples
      this.pixels = null;
      this.front.getContext('2d').clearRect(0, 0, this.front.width, this.front.height);
      return;
    }
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
    this.reach = this.halves(frames);
  }

  // halves returns how far black and white are from the middle grey in each frame: as in the data, and further while
  // there is noise, so that noise has the contrast of the samples that come of it.
  halves(frames) {
    const half = (this.data.high[0] - this.data.low[0]) / 2 || 1;
    const spreads = frames.map(f => spread(f.values));
    const last = spreads.at(-1) || 1;
    return spreads.map(s => half * Math.max(1, s / last));
  }

  draw(t) {
    this.t = t;
    if (!this.data || !this.pixels) return;
    const frames = this.drawing ? this.drawing.frames : [this.points];
    const { before, after, u } = place(frames, t);
    const half = this.reach[frames.indexOf(before)] ** (1 - u) * this.reach[frames.indexOf(after)] ** u;
    const centre = (this.data.low[0] + this.data.high[0]) / 2;
    this.fill(before.values, after.values, u, centre - half, 255 / (2 * half), after.rows);
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

// spread returns the standard deviation of values.
function spread(values) {
  let [sum, squares] = [0, 0];
  for (const v of values) {
    sum += v;
    squares += v * v;
  }
  const mean = sum / values.length;
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}
