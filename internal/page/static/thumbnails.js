// Small pictures of the sets with names: their shapes, drawn by the formulas of package dataset with a noise of
// the page's own. They are signs to choose by; the drawing has the points themselves.

import { color } from './theme.js';

const turn = 2 * Math.PI;

// A generator of the same numbers at each call, so that pictures do not change.
function randoms(seed) {
  let s = seed;
  const uniform = () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(turn * uniform());
  return { uniform, normal, choice: n => Math.floor(uniform() * n) };
}

// Each returns a point of about [-1, 1] squared.
const shapes = {
  '8gaussians': r => {
    const a = turn * r.choice(8) / 8;
    return [0.8 * Math.cos(a) + 0.06 * r.normal(), 0.8 * Math.sin(a) + 0.06 * r.normal()];
  },
  moons: r => {
    const a = Math.PI * r.uniform();
    const upper = r.uniform() < 0.5;
    const x = upper ? Math.cos(a) : 1 - Math.cos(a);
    const y = upper ? Math.sin(a) : 0.5 - Math.sin(a);
    return [0.6 * (x - 0.5) + 0.04 * r.normal(), 0.6 * (y - 0.25) + 0.04 * r.normal()];
  },
  swissroll: r => {
    const t = 1.5 * Math.PI * (1 + 2 * r.uniform());
    return [t * Math.cos(t) / 15 + 0.03 * r.normal(), t * Math.sin(t) / 15 + 0.03 * r.normal()];
  },
  checkerboard: r => {
    const row = r.choice(4);
    const column = 2 * r.choice(2) + row % 2;
    return [(column + r.uniform()) / 2 - 1, (row + r.uniform()) / 2 - 1].map(v => 0.92 * v);
  },
  '2spirals': r => {
    const t = Math.sqrt(r.uniform()) * 1.5 * turn;
    const s = r.uniform() < 0.5 ? 1 : -1;
    return [-s * Math.cos(t) * t / 10 + 0.025 * r.normal(), s * Math.sin(t) * t / 10 + 0.025 * r.normal()];
  },
  pinwheel: r => {
    const along = 0.5 + 0.16 * r.normal();
    const across = 0.06 * r.normal();
    const a = turn * r.choice(5) / 5 + 1.6 * along;
    return [1.2 * (along * Math.cos(a) - across * Math.sin(a)), 1.2 * (along * Math.sin(a) + across * Math.cos(a))];
  },
  '25gaussians': r => [0, 0].map(() => (r.choice(5) - 2) * 0.4 + 0.035 * r.normal()),
  '2gaussians': r => {
    const s = r.uniform() < 0.5 ? 1 : -1;
    return [s * 0.5 + 0.13 * r.normal(), s * 0.5 + 0.13 * r.normal()];
  },
};

// A 3 of 8 x 8 pixels, in parts of 9.
const digit = ['00278200', '07956970', '01000580', '00026900', '00149710', '00000380', '05200580', '02798820'];

export const hasThumbnail = name => name in shapes || name === 'digits';

export function drawThumbnail(canvas) {
  const size = 48;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = canvas.height = size * ratio;
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  context.fillStyle = color('ink');
  if (canvas.dataset.set === 'digits') {
    for (const [y, row] of digit.entries()) {
      for (const [x, v] of [...row].entries()) {
        context.globalAlpha = Number(v) / 9;
        context.fillRect(4 + 5 * x, 4 + 5 * y, 4.5, 4.5);
      }
    }
    return;
  }
  const r = randoms(7);
  context.globalAlpha = 0.75;
  for (let i = 0; i < 260; i++) {
    const [x, y] = shapes[canvas.dataset.set](r);
    context.fillRect(size / 2 + 21 * x - 0.6, size / 2 - 21 * y - 0.6, 1.2, 1.2);
  }
}
