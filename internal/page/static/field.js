// The score field at a level: arrows to the expected clean point over the density of the data with that noise.

import { el } from './dom.js';
import { channels, color, isDark } from './theme.js';

const longest = 0.86; // arrow, in parts of a cell
const least = 13;     // pixels of a cell: on a small canvas some arrows are left out

let picture = null; // of the density, made once for a field and a theme

function densityPicture(field) {
  if (picture && picture.field === field && picture.dark === isDark()) return picture.canvas;
  const { width, height, density } = field;
  const canvas = el('canvas', { width, height });
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  const stops = ['paper', 'density-1', 'density-2', 'density-3'].map(channels);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = Math.min(1, Math.max(0, density[row * width + column])) ** 0.7 * (stops.length - 1);
      const k = Math.min(stops.length - 2, Math.floor(value));
      const at = 4 * ((height - 1 - row) * width + column); // row 0 is the lowest
      for (let c = 0; c < 3; c++) image.data[at + c] = stops[k][c] + (value - k) * (stops[k + 1][c] - stops[k][c]);
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  picture = { field, dark: isDark(), canvas };
  return canvas;
}

export function paintDensity(context, field, s) {
  const [left, right, bottom, top] = field.bounds;
  const [x0, x1] = [s.ax * left + s.bx, s.ax * right + s.bx];
  const [y0, y1] = [s.ay * top + s.by, s.ay * bottom + s.by];
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(densityPicture(field), x0, y0, x1 - x0, y1 - y0);
}

// paintArrows draws an arrow in each cell. Its direction is exact; its length grows with the distance to the
// clean point and stays within the cell.
export function paintArrows(context, field, s, box) {
  const { arrowCols, arrowRows, arrows, bounds: [left, right, bottom, top] } = field;
  const [dx, dy] = [(right - left) / arrowCols, (top - bottom) / arrowRows];
  const cell = Math.min(Math.abs(s.ax * dx), Math.abs(s.ay * dy));
  const every = Math.ceil(least / cell);
  context.beginPath();
  for (let row = 0; row < arrowRows; row += every) {
    for (let column = 0; column < arrowCols; column += every) {
      const at = 2 * (row * arrowCols + column);
      const [vx, vy] = [s.ax * arrows[at], s.ay * arrows[at + 1]];
      const size = Math.hypot(vx, vy);
      if (!(size > 0 && size < Infinity)) continue;
      const length = every * cell * longest * (1 - Math.exp(-size / (every * cell)));
      const [ux, uy] = [vx / size, vy / size];
      const x = s.ax * (left + (column + 0.5) * dx) + s.bx - ux * length / 2;
      const y = s.ay * (bottom + (row + 0.5) * dy) + s.by - uy * length / 2;
      if (x < box.x - cell || x > box.x + box.width + cell) continue;
      arrow(context, x, y, ux, uy, length);
    }
  }
  context.strokeStyle = color('arrow');
  context.lineWidth = 1.1;
  context.lineCap = 'round';
  context.stroke();
}

function arrow(context, x, y, ux, uy, length) {
  const [tx, ty] = [x + ux * length, y + uy * length];
  const head = Math.min(4.5, length * 0.4);
  context.moveTo(x, y);
  context.lineTo(tx, ty);
  context.moveTo(tx - head * (ux - 0.55 * uy), ty - head * (uy + 0.55 * ux));
  context.lineTo(tx, ty);
  context.lineTo(tx - head * (ux + 0.55 * uy), ty - head * (uy - 0.55 * ux));
}
