// A pad to draw points on, by mouse, touch, pen or keyboard. They are sent as points.csv, in [-4, 4] squared.

import { $, pressed, setText } from './dom.js';
import { giveFiles } from './data.js';
import { plural } from './format.js';
import { color } from './theme.js';
import { on } from './store.js';

const half = 4;         // of the plane that the pad shows
const least = 20;       // points to train on
const good = 200;       // points that show a shape
const most = 50_000;
const gap = 0.0025;     // between points along a stroke, in parts of the pad
const perSpray = 8;     // where the pointer or the cross stands
const eraser = 0.05;    // radius, in parts of the pad
const stride = 0.02;    // of the cross, in parts of the pad

let points = []; // [x, y] in parts of the pad, from its upper left
let cross = null;
let last = null;
let ratio = 1;

const canvas = () => $('pad-canvas');
const spread = () => Number($('pad-spread').value) / 1000;

export function startPad() {
  $('open-pad').addEventListener('click', open);
  $('pad-clear').addEventListener('click', () => { points = []; changed(); });
  $('pad-use').addEventListener('click', use);
  for (const [id, other] of [['pad-spray', 'pad-erase'], ['pad-erase', 'pad-spray']]) {
    $(id).addEventListener('click', () => {
      $(id).setAttribute('aria-pressed', 'true');
      $(other).setAttribute('aria-pressed', 'false');
    });
  }
  const c = canvas();
  c.addEventListener('pointerdown', e => {
    if (e.button > 0) return;
    c.setPointerCapture(e.pointerId);
    cross = null;
    last = null;
    stroke(at(e));
  });
  c.addEventListener('pointermove', e => {
    if (!c.hasPointerCapture(e.pointerId)) return;
    for (const part of e.getCoalescedEvents?.() || [e]) stroke(at(part));
  });
  c.addEventListener('keydown', key);
  c.addEventListener('blur', () => { cross = null; paint(); });
  addEventListener('resize', () => { if ($('pad').open) fit(); });
  on('theme', () => { if ($('pad').open) paint(); });
}

function open() {
  $('pad').showModal();
  fit();
  canvas().focus({ preventScroll: true });
}

function at(e) {
  const box = canvas().getBoundingClientRect();
  return [(e.clientX - box.left) / box.width, (e.clientY - box.top) / box.height];
}

// stroke sprays at even distances along the way from the last place to this one, or erases there.
function stroke(to) {
  if (pressed($('pad-erase'))) erase(to);
  else if (!last) spray(to);
  else {
    const [dx, dy] = [to[0] - last[0], to[1] - last[1]];
    const steps = Math.floor(Math.hypot(dx, dy) / gap);
    if (steps === 0) return;
    for (let i = 1; i <= steps; i++) put([last[0] + dx * i / steps, last[1] + dy * i / steps]);
  }
  last = to;
  changed();
}

function spray(centre) {
  for (let i = 0; i < perSpray; i++) put(centre);
}

function put([x, y]) {
  const radius = spread() * Math.sqrt(-2 * Math.log(1 - Math.random()));
  const angle = 2 * Math.PI * Math.random();
  const p = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  if (points.length < most && p.every(v => v >= 0 && v <= 1)) points.push(p);
}

function erase([x, y]) {
  points = points.filter(p => Math.hypot(p[0] - x, p[1] - y) > eraser);
}

function key(e) {
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (!(e.key in moves) && e.key !== ' ' && e.key.toLowerCase() !== 'e') return;
  e.preventDefault();
  cross ??= [0.5, 0.5];
  if (e.key === ' ') spray(cross);
  else if (e.key.toLowerCase() === 'e') erase(cross);
  else {
    const size = e.shiftKey ? 5 * stride : stride;
    cross = cross.map((v, i) => Math.min(1, Math.max(0, v + size * moves[e.key][i])));
  }
  changed();
}

function changed() {
  const n = points.length;
  const advice = n === 0 || n >= good ? '' : n < least ? `, at least ${least}` : ', some hundred are better';
  setText($('pad-count'), plural(n, 'point') + advice);
  $('pad-use').disabled = n < least;
  canvas().setAttribute('aria-label', n === 0 ? 'Nothing drawn yet' : `${plural(n, 'point')} drawn`);
  paint();
}

function fit() {
  ratio = Math.min(2, window.devicePixelRatio || 1);
  const size = Math.round(canvas().clientWidth * ratio);
  canvas().width = canvas().height = size;
  changed();
}

function paint() {
  const c = canvas();
  const size = c.width;
  const context = c.getContext('2d');
  context.clearRect(0, 0, size, size);
  context.fillStyle = color('rule');
  for (let i = 1; i < 8; i++) {
    context.fillRect(Math.round(size * i / 8), 0, i === 4 ? 2 : 1, size);
    context.fillRect(0, Math.round(size * i / 8), size, i === 4 ? 2 : 1);
  }
  context.fillStyle = color('accent');
  const dot = 2.4 * ratio;
  for (const [x, y] of points) context.fillRect(x * size - dot / 2, y * size - dot / 2, dot, dot);
  if (!cross) return;
  context.fillStyle = color('ink');
  const [x, y] = cross.map(v => v * size);
  const arm = 9 * ratio;
  context.fillRect(x - arm, y - ratio, 2 * arm, 2 * ratio);
  context.fillRect(x - ratio, y - arm, 2 * ratio, 2 * arm);
}

function use() {
  const line = ([x, y]) => `${((2 * x - 1) * half).toFixed(4)},${((1 - 2 * y) * half).toFixed(4)}`;
  const text = `x,y\n${points.map(line).join('\n')}\n`;
  giveFiles([{ name: 'points.csv', bytes: new TextEncoder().encode(text) }]);
  $('pad').close();
}
