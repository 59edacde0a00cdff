// Files to take away, and the command lines that make them again.

import { $, el, setText, showError } from './dom.js';
import { bytes, count } from './format.js';
import { ask } from './session.js';
import { on, state } from './store.js';
import { comparing } from './samples.js';

export function startDownloads() {
  for (const name of ['hello', 'data', 'training', 'state', 'drawing', 'connection', 'compare', 'reset', 'forget']) {
    on(name, update);
  }
  on('file', save);
  $('download-buttons').append(...groups.map(g => el('div', { class: 'row', id: `get-${g.id}` },
    el('span', { class: 'what' }, g.text),
    ...g.formats.map(format => el('button', { type: 'button', id: `get-${g.id}-${format}`,
      'aria-label': `Download ${g.text.toLowerCase()} as .${format}`,
      onclick: () => get(g, format) }, `.${format}`)))));
  $('commands').append(...commands.map(c => el('div', { class: 'command', id: `command-${c.id}` },
    el('span', { class: 'what', id: `command-${c.id}-name` }, c.text),
    el('code', { tabIndex: 0, role: 'textbox', 'aria-readonly': 'true', 'aria-labelledby': `command-${c.id}-name` }),
    el('button', { type: 'button', id: `copy-${c.id}`, 'aria-label': `Copy: ${c.text.toLowerCase()}`,
      onclick: e => copy(e.currentTarget, c.line()) }, 'Copy'))));
  update();
}

const drawn = of => state.drawings[of]?.drawn;
// given tells whether the data came from the page's visitor, who may have drawn them here.
const given = () => state.data?.shown > 0 && !state.hello.data.some(d => d.name === state.data.name);
const isPicture = () => state.data?.kind !== 'table';

const groups = [
  // The model that drew the samples, so that the command line draws them again; while it trains, it is ahead.
  { id: 'model', text: 'Model', what: 'model', of: 'a', formats: ['safetensors'], ready: () => drawn('a') },
  { id: 'samples-a', text: 'Samples', what: 'samples', of: 'a', formats: ['npy', 'csv', 'png'],
    ready: () => drawn('a') },
  { id: 'samples-b', text: 'Samples of B', what: 'samples', of: 'b', formats: ['npy', 'csv', 'png'],
    ready: () => comparing() && drawn('b'), hides: () => !comparing() },
  { id: 'data', text: 'Data', what: 'data', formats: ['file'], ready: () => true, hides: () => !given() },
];

const commands = [
  { id: 'train', text: 'Train the same model', line: () => state.training?.command },
  { id: 'sample-a', text: 'Draw the same samples', line: () => drawn('a')?.command },
  { id: 'sample-b', text: 'Draw those of B', line: () => comparing() && drawn('b')?.command },
];

function update() {
  for (const g of groups) {
    $(`get-${g.id}`).hidden = Boolean(g.hides?.());
    for (const format of g.formats) {
      const button = $(`get-${g.id}-${format}`);
      button.disabled = state.connection !== 'open' || !g.ready();
      button.hidden = format === 'png' && !isPicture();
    }
  }
  setText($('get-data-file'), state.data?.name.split('/').pop() || '');
  $('get-data-file').setAttribute('aria-label', 'Download the data');
  const { step } = drawn('a') || {};
  setText($('get-model').firstChild, step && state.training ? `Model of step ${count(step)}` : 'Model');
  for (const c of commands) {
    const line = c.line();
    $(`command-${c.id}`).hidden = !line;
    if (line) setText($(`command-${c.id}`).querySelector('code'), line);
  }
}

function get(group, format) {
  showError('get', '');
  const header = { do: 'get', what: group.what };
  if (group.of) header.of = group.of;
  if (group.what === 'samples') header.format = format;
  if (!ask(header)) showError('get', 'Nobody listens: the connection is lost.');
}

function save(file, body) {
  const url = URL.createObjectURL(new Blob([body], { type: file.type }));
  const link = el('a', { href: url, download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  setText($('phase-live'), `${file.name}, ${bytes(body.byteLength)}, is downloaded.`);
}

async function copy(button, line) {
  try {
    await navigator.clipboard.writeText(line);
  } catch { // no secure context, or no leave: by the selection
    getSelection().selectAllChildren(button.previousElementSibling);
    document.execCommand('copy');
  }
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
}
