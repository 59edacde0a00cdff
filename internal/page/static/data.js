// The choice of data, and what is said of those that were chosen.

import { $, el, setText, showError } from './dom.js';
import { plural } from './format.js';
import { ask } from './session.js';
import { emit, on, state } from './store.js';
import { drawThumbnail, hasThumbnail } from './thumbnails.js';

const noLabels = '';
let files = null;     // of the data that were given here, to send them again with other labels
let columns = [];     // of these data, with the one that labels take away
let labels = noLabels;
let asked = '';       // the name that was asked for

export function startData() {
  on('hello', fill);
  on('fresh', () => choose(first()));
  on('welcomed', hello => { if (!hello.resumed && state.connection === 'open') choose(first()); });
  on('data', show);
  on('theme', () => { for (const c of document.querySelectorAll('#choices canvas')) drawThumbnail(c); });
  on('error', e => { if (e.do === 'data') $('data').removeAttribute('aria-busy'); });
  on('forget', () => setText($('data-about'), ''));
  $('labels').addEventListener('change', () => {
    labels = $('labels').value;
    if (files) sendFiles(files);
    else sendName(asked);
  });
}

const first = () => (state.hello.data.find(d => d.name === '8gaussians') || state.hello.data[0])?.name;

const choiceOf = name => state.hello?.data.find(d => d.name === name);

function fill(hello) {
  const named = hello.data.filter(d => hasThumbnail(d.name));
  const others = hello.data.filter(d => !hasThumbnail(d.name));
  $('choices').replaceChildren(...named.map(d => {
    const canvas = el('canvas', { 'aria-hidden': 'true' });
    canvas.dataset.set = d.name;
    return el('button', { type: 'button', class: 'choice', id: `data-${d.name}`, title: d.about,
      'aria-pressed': 'false', onclick: () => choose(d.name) }, canvas, el('span', {}, d.name));
  }));
  for (const c of document.querySelectorAll('#choices canvas')) drawThumbnail(c);
  $('files').hidden = others.length === 0;
  $('files').replaceChildren(...others.map(d => el('button', { type: 'button', class: 'file-choice',
    title: d.about, 'aria-pressed': 'false', onclick: () => choose(d.name) }, el('b', {}, d.name),
  el('span', {}, d.about))));
  mark(state.data?.name);
}

function mark(name) {
  for (const b of document.querySelectorAll('.choice, .file-choice')) {
    b.setAttribute('aria-pressed', String(b.querySelector('span, b').textContent === name));
  }
}

function choose(name) {
  if (!name) return;
  files = null;
  columns = [];
  labels = noLabels;
  sendName(name);
}

function sendName(name) {
  asked = name;
  send(labels === noLabels ? { do: 'data', name } : { do: 'data', name, labels });
}

function send(header, parts) {
  showError('data', '');
  if (!ask(header, parts)) {
    showError('data', 'Nobody listens: the connection is lost.');
    return;
  }
  emit('choosing');
  $('data').setAttribute('aria-busy', 'true');
}

// giveFiles sends files [{name, bytes}] of the page's visitor as data.
export function giveFiles(given) {
  columns = [];
  labels = noLabels;
  sendFiles(given);
}

function sendFiles(given) {
  const limits = state.hello?.limits;
  const size = given.reduce((sum, f) => sum + f.bytes.byteLength, 0);
  if (limits && limits.upload && size > limits.upload) {
    showError('data', `These files have ${Math.ceil(size / 1e6)} MB: at most ${Math.floor(limits.upload / 1e6)} MB `
      + 'are taken here. Train on them with langevin train.');
    return;
  }
  if (limits && limits.files && given.length > limits.files) {
    showError('data', `These are ${plural(given.length, 'file')}: at most ${limits.files} are taken at once.`);
    return;
  }
  files = given;
  asked = '';
  const header = { do: 'data', files: given.map(f => ({ name: f.name, size: f.bytes.byteLength })) };
  if (labels !== noLabels) header.labels = labels;
  send(header, given.map(f => f.bytes));
}

function show(data) {
  $('data').removeAttribute('aria-busy');
  setText($('data-about'), data.about);
  if (!files && !asked) asked = data.name; // of a session that goes on
  mark(data.name);
  if (labels === noLabels) columns = data.columns || [];
  showLabels(data);
}

// showLabels offers the classes of a set, or the columns of a table as classes.
function showLabels(data) {
  const choice = files ? null : choiceOf(asked);
  let options = [];
  if (choice?.labels) options = [choice.labels];
  else if ((files || choice) && data.kind === 'table' || data.kind === 'plane' && files) options = columns;
  $('labels-field').hidden = options.length === 0;
  const name = o => (choice?.labels ? 'Its classes' : `Column ${o}`);
  $('labels').replaceChildren(el('option', { value: noLabels }, 'None'),
    ...options.map(o => el('option', { value: o }, name(o))));
  const learnt = choice?.labels && data.classes?.length ? choice.labels : labels;
  $('labels').value = options.includes(learnt) ? learnt : noLabels;
  labels = $('labels').value;
}
