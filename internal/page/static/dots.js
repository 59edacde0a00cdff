// Dots that are painted into pixels by the page itself: thousands of them in a fraction of the time that a canvas
// takes for as many shapes, where no graphics processor helps.

const parts = 4; // places of a dot within a pixel, across and up
const samples = 8; // of a pixel's coverage, across and up

// makeDot returns what paint needs of a dot: the alpha of its pixels, for each place within a pixel.
export function makeDot(radius, alpha, [red, green, blue]) {
  const reach = Math.ceil(radius + 0.5);
  const size = 2 * reach + 1;
  const masks = [];
  for (let fy = 0; fy < parts; fy++) {
    for (let fx = 0; fx < parts; fx++) {
      masks.push(mask(size, reach, radius, alpha, (fx + 0.5) / parts, (fy + 0.5) / parts));
    }
  }
  return { reach, size, masks, rgb: (blue << 16) | (green << 8) | red };
}

// mask returns the alpha of pixels around the one that the centre is in, at (fx, fy) in it.
function mask(size, reach, radius, alpha, fx, fy) {
  const values = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let inside = 0;
      for (let k = 0; k < samples * samples; k++) {
        const dx = x - reach + (k % samples + 0.5) / samples - fx;
        const dy = y - reach + (Math.floor(k / samples) + 0.5) / samples - fy;
        if (dx * dx + dy * dy <= radius * radius) inside++;
      }
      values[y * size + x] = Math.round(255 * alpha * inside / samples ** 2);
    }
  }
  return values;
}

// Pixels are those of a canvas, or of a part of it.
export class Pixels {
  constructor(x, y, width, height) {
    Object.assign(this, { x, y, width, height });
    this.image = new ImageData(width, height);
    this.words = new Uint32Array(this.image.data.buffer);
  }

  clear() { this.words.fill(0); }

  // put paints a dot at a place of the canvas, unless it is not all within the pixels.
  put(dot, px, py) {
    const { reach, size, masks, rgb } = dot;
    const { words, width, height } = this;
    const x = px - this.x;
    const y = py - this.y;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (!(column >= reach && row >= reach && column < width - reach && row < height - reach)) return;
    const alphas = masks[Math.floor((y - row) * parts) * parts + Math.floor((x - column) * parts)];
    let at = (row - reach) * width + column - reach;
    for (let k = 0, j = 0; j < size; j++, at += width - size) {
      for (let i = 0; i < size; i++, k++, at++) {
        const a = alphas[k];
        if (a === 0) continue;
        const below = words[at];
        words[at] = below === 0 ? (a << 24) | rgb : over(a, rgb, below);
      }
    }
  }

  show(context) { context.putImageData(this.image, this.x, this.y); }
}

// over lays a colour with an alpha over a pixel.
function over(a, rgb, below) {
  const under = (below >>> 24) * (255 - a) / 255;
  const sum = a + under;
  if ((below & 0xffffff) === rgb) return (Math.round(sum) << 24) | rgb;
  const mix = shift => Math.round((a * ((rgb >> shift) & 255) + under * ((below >> shift) & 255)) / sum) << shift;
  return (Math.round(sum) << 24) | mix(16) | mix(8) | mix(0);
}
