// The settings of samplers A and B, and what came of them.

import { $, setText, showError } from './dom.js';
import { duration, number } from './format.js';
import { fillMeasures } from './measures.js';
import { fillPanel, makePanel, readPanel, showClasses } from './panel.js';
import { ask } from './session.js';
import { emit, on, state } from './store.js';
import { later } from './dom.js';

const key = 'langevin-watch';
const names = ['a', 'b'];
const chosen = { a: null, b: null };       // settings of each
const urgent = { a: false, b: false };     // a drawing that someone waits for
const field = { field: false, sigma: 0 };
let compare = false;
let kind = '';

export const comparing = () => compare;
export const everyClass = name => chosen[name]?.class === 'all';

// takeUrgent reports whether someone waits for the drawing, once.
export function takeUrgent(name) {
  const was = urgent[name];
  urgent[name] = false;
  return was;
}

export function watchField(is, sigma) {
  Object.assign(field, { field: is, sigma });
  send();
}

export function startSamples() {
  for (const name of names) {
    makePanel(name, {
      changed: later(() => change(name), 250),
      sampler: () => change(name),
      again: () => {
        chosen[name].seed = chosen[name].seed < Number.MAX_SAFE_INTEGER ? chosen[name].seed + 1 : 0;
        show(name);
        change(name);
      },
    });
  }
  $('compare').addEventListener('click', () => setCompare(!compare));
  on('hello', begin);
  on('fresh', () => send());
  on('data', newData);
  for (const name of ['training', 'reset']) on(name, () => showError('watch', '')); // of the model before
  on('drawing', name => finished(name));
  on('error', e => { if (e.do === 'watch' || e.do === 'again') urgent.a = urgent.b = false; });
}

// begin takes up what was chosen before a reload, or the defaults.
function begin(hello) {
  if (chosen.a) {
    if (hello.resumed) send();
    return;
  }
  let saved = null;
  try { saved = hello.resumed && JSON.parse(sessionStorage.getItem(key)); } catch { /* none */ }
  const plain = sampler => ({ sampler, options: {}, n: hello.defaults.n, seed: 1, class: '', guidance: null });
  const other = hello.samplers.find(s => s.name === 'heun' && s.name !== hello.default) || hello.samplers[0];
  chosen.a = saved?.a || plain(hello.default);
  chosen.b = saved?.b || plain(other.name);
  kind = saved?.kind || '';
  names.forEach(show);
  setCompare(Boolean(saved?.compare), true);
  send();
}

function show(name) {
  fillPanel(name, state.hello, chosen[name]);
  showClasses(name, state.data, chosen[name]);
}

function setCompare(is, quietly = false) {
  compare = is;
  $('compare').setAttribute('aria-pressed', String(is));
  $('drawings').classList.toggle('pair', is);
  $('drawing-b').hidden = !is;
  document.querySelector('#drawing-a h3').textContent = is ? 'Samples A' : 'Samples';
  if (is) urgent.b = true;
  emit('compare', is);
  if (!quietly) send();
}

// newData sets what depends on the data: the number of samples, and the classes.
function newData(data) {
  if (!chosen.a) return;
  const classes = data.classes || [];
  for (const name of names) {
    const c = chosen[name];
    if (kind !== data.kind) c.n = data.kind === 'image' ? state.hello.defaults.images : state.hello.defaults.n;
    if (c.class && c.class !== 'all' && !classes.includes(c.class) || classes.length === 0) c.class = '';
    if (classes.length === 0) c.guidance = null;
    else if (data.kind === 'image' && !c.class) c.class = 'all';
    show(name);
  }
  kind = data.kind;
  send();
}

function change(name) {
  const limits = { n: Infinity, levels: Infinity, ...state.hello?.limits };
  try {
    chosen[name] = readPanel(name, state.hello, chosen[name], limits);
  } catch (error) {
    showError('watch', error.message);
    return;
  }
  show(name);
  urgent[name] = true;
  document.getElementById(`drawing-${name}`).setAttribute('aria-busy', 'true');
  send();
}

// send says what to draw from now on, and keeps it for a reload.
function send() {
  showError('watch', '');
  if (!chosen.a || !state.hello) return;
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...chosen, compare, kind }));
  } catch { /* a reload then has the defaults */ }
  const watch = { a: asked('a') };
  if (compare) watch.b = asked('b');
  if (field.field) Object.assign(watch, field);
  state.watch = watch;
  ask({ do: 'watch', watch });
}

function asked(name) {
  const { sampler, options, n, seed, guidance } = chosen[name];
  const drawing = { sampler, n, seed };
  if (Object.keys(options).length) drawing.options = options;
  if (chosen[name].class) drawing.class = chosen[name].class;
  if (chosen[name].class && guidance !== null) drawing.guidance = guidance;
  return drawing;
}

function finished(name) {
  const drawing = state.drawings[name];
  const article = $(`drawing-${name}`);
  article.removeAttribute('aria-busy');
  fillMeasures($(`measures-${name}`), drawing?.drawn);
  const { evaluations, seconds } = drawing?.drawn || {};
  setText($(`cost-${name}`), drawing ? `${number(evaluations)} evaluations of the network a sample, `
    + `${duration(seconds)} for all.` : '');
}
