// The choice of data, and what is said of those that were chosen.

import { $, el, setText, showError } from './dom.js';
import { count, plural } from './format.js';
import { ask } from './session.js';
import { on, state } from './store.js';
import { drawThumbnail, hasThumbnail } from './thumbnails.js';

const noLabels = '';
const text = /\.(csv|tsv|txt)(\.gz)?$/i;

// What was chosen: name, or files that were given here, to send them again with other labels; how has the columns of
// a table that are left out and what its first line is; columns has those of the data with the one that labels take
// away. What was asked for last becomes what is, when its data have come, and otherwise can be asked for differently.
const nothing = { name: '', files: null, labels: noLabels, how: {}, columns: null };
let now = nothing;
let asked = null;
let last = nothing;

export function startData() {
  on('hello', fill);
  on('fresh', () => choose(first()));
  on('welcomed', hello => { if (!hello.resumed && state.connection === 'open') choose(first()); });
  on('data', show);
  on('theme', () => { for (const c of document.querySelectorAll('#choices canvas')) drawThumbnail(c); });
  on('error', e => { if (e.do === 'data') refused(); });
  on('connection', lost);
  on('forget', () => setText($('data-about'), ''));
  $('labels').addEventListener('change', () => send({ ...now, labels: $('labels').value }));
  for (const id of ['leave-out', 'first-line']) {
    $(id).addEventListener('change', () => send({ ...last, labels: noLabels, how: how(), columns: null }));
  }
}

// how returns what the fields say of a table.
function how() {
  const drop = $('leave-out').value.split(',').map(name => name.trim()).filter(Boolean);
  const header = $('first-line').value;
  return { ...(drop.length && { drop }), ...(header && { header }) };
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
      'aria-pressed': 'false', 'data-name': d.name, onclick: () => choose(d.name) }, canvas, el('span', {}, d.name));
  }));
  for (const c of document.querySelectorAll('#choices canvas')) drawThumbnail(c);
  $('files').hidden = others.length === 0;
  $('files').replaceChildren(...others.map(d => el('button', { type: 'button', class: 'file-choice',
    title: d.name, 'aria-pressed': 'false', 'data-name': d.name, onclick: () => choose(d.name) },
  el('b', {}, d.name.split(/[/\\]/).pop()), el('span', {}, d.about))));
  mark(state.data?.name);
}

function mark(name) {
  for (const b of document.querySelectorAll('.choice, .file-choice')) {
    b.setAttribute('aria-pressed', String(b.dataset.name === name));
  }
}

function choose(name) {
  if (name) send({ ...nothing, name });
}

// giveFiles sends files [{name, bytes}] of the page's visitor as data.
export function giveFiles(files) {
  send({ ...nothing, files });
}

// send asks for a choice.
function send(choice) {
  showError('data', '');
  const { name, files, labels } = choice;
  if (files && !fits(files)) return;
  const header = { do: 'data', ...choice.how, ...(labels !== noLabels && { labels }) };
  const sent = files
    ? ask({ ...header, files: files.map(f => ({ name: f.name, size: f.bytes.byteLength })) }, files.map(f => f.bytes))
    : ask({ ...header, name });
  if (!sent) {
    showError('data', 'Nobody listens: the connection is lost.');
    return;
  }
  asked = last = choice;
  showTable();
  $('data').setAttribute('aria-busy', 'true');
}

// fits says what is too large.
function fits(files) {
  const limits = state.hello?.limits;
  const size = files.reduce((sum, f) => sum + f.bytes.byteLength, 0);
  if (limits?.upload && size > limits.upload) {
    showError('data', `These files have ${Math.ceil(size / 1e6)} MB: at most ${Math.floor(limits.upload / 1e6)} MB `
      + 'are taken here. Train on them with langevin train.');
    return false;
  }
  if (limits?.files && files.length > limits.files) {
    showError('data', `These are ${plural(files.length, 'file')}: at most ${count(limits.files)} are taken at once.`);
    return false;
  }
  return true;
}

// showTable shows how a table of text is read, of what was asked for last.
function showTable() {
  const { name, files, how: { drop, header } } = last;
  const file = files ? files.length === 1 && files[0].name : choiceOf(name)?.name;
  $('table-field').hidden = !text.test(file || '');
  $('leave-out').value = drop?.join(', ') || '';
  $('first-line').value = header || '';
}

// refused goes back to what is.
function refused() {
  asked = null;
  $('data').removeAttribute('aria-busy');
  $('labels').value = now.labels;
}

// lost is told of a connection that was lost: nobody knows whether what was asked for has arrived.
function lost(connection, reason) {
  if (connection === 'open' || !asked) return;
  refused();
  showError('data', reason ? `The data were refused: ${reason}.`
    : 'The connection was lost before the data were read: choose them again.');
}

function show(data) {
  $('data').removeAttribute('aria-busy');
  setText($('data-about'), data.about);
  now = asked || { ...nothing, name: data.name }; // of a session that goes on
  now = last = { ...now, columns: now.columns || data.columns || [] };
  asked = null;
  mark(data.name);
  showTable();
  showLabels(data);
}

// showLabels offers the classes of a set, or the columns of a table as classes.
function showLabels(data) {
  const own = now.files ? '' : choiceOf(now.name)?.labels;
  const isTable = data.kind !== 'image' && data.shown > 0 && (now.files || choiceOf(now.name));
  const options = own ? [own] : isTable ? now.columns : [];
  $('labels-field').hidden = options.length === 0;
  $('labels').replaceChildren(el('option', { value: noLabels }, 'None'),
    ...options.map(o => el('option', { value: o }, own ? 'Its classes' : `Column ${o}`)));
  if (own && data.classes?.length) now.labels = own;
  $('labels').value = options.includes(now.labels) ? now.labels : noLabels;
}
