// The training: its settings, its buttons and how far it is.

import { $, setText, showError } from './dom.js';
import { count, duration, fixed, number } from './format.js';
import { ask } from './session.js';
import { emit, on, state } from './store.js';

const fields = ['steps', 'batch', 'hidden', 'rate', 'train-seed'];
const buttons = ['start', 'pause', 'go', 'reset'];

export function startTraining() {
  $('start').addEventListener('click', begin);
  $('pause').addEventListener('click', () => order('pause'));
  $('go').addEventListener('click', () => order('go'));
  $('reset').addEventListener('click', () => {
    if (order('reset')) emit('reset');
  });
  $('settings').addEventListener('submit', e => e.preventDefault());
  $('settings').addEventListener('keydown', e => { // a form of several fields without a button takes no Enter
    if (e.key === 'Enter' && !$('start').hidden && !$('start').disabled) begin();
  });
  on('data', showPlan);
  on('training', t => setText($('chosen'), t.chosen));
  on('state', showState);
  on('connection', showButtons);
  on('data', () => setText($('chosen'), ''));
  on('reset', () => setText($('chosen'), ''));
  on('forget', () => { setText($('chosen'), ''); showState(state.progress); });
  on('error', e => {
    if (['pause', 'go', 'reset'].includes(e.do)) showError('train', e.message);
  });
}

function order(what) {
  showError('train', '');
  const sent = ask({ do: what });
  if (!sent) showError('train', 'Nobody listens: the connection is lost.');
  return sent;
}

function showPlan(data) {
  const plan = data.plan || {};
  const first = plan.seed ?? 1;
  const values = [plan.steps && count(plan.steps), plan.batch && count(plan.batch), plan.hidden?.join(', '),
    plan.rate && number(plan.rate), String(first)];
  fields.forEach((id, i) => { $(id).placeholder = values[i] || ''; });
  showButtons();
}

// A field's number, undefined where it is empty, or an error that says what was wrong.
function wholeNumber(id, name, least, most) {
  const text = $(id).value.replaceAll(/[\s,]/g, '');
  const ok = text === '' || /^\d+$/.test(text) && Number(text) >= least && Number(text) <= (most || Infinity);
  $(id).setAttribute('aria-invalid', String(!ok));
  const range = `from ${least}${most ? ` to ${count(most)}` : ''}`;
  if (!ok) throw new Error(`${name}: “${$(id).value}” is no whole number ${range}.`);
  return text === '' ? undefined : Number(text);
}

function hiddenLayers(limits) {
  const parts = $('hidden').value.split(/[\s,;x×]+/).filter(Boolean);
  const ok = parts.every(p => /^\d+$/.test(p) && Number(p) >= 1 && Number(p) <= limits.width)
    && parts.length <= limits.layers;
  $('hidden').setAttribute('aria-invalid', String(!ok));
  if (!ok) {
    throw new Error(`Hidden layers: want up to ${limits.layers} widths from 1 to ${count(limits.width)}, `
      + 'such as 128, 128.');
  }
  return parts.length ? parts.map(Number) : undefined;
}

function learningRate() {
  const text = $('rate').value.trim();
  const ok = text === '' || Number(text) > 0 && Number(text) < Infinity;
  $('rate').setAttribute('aria-invalid', String(!ok));
  if (!ok) throw new Error(`Learning rate: “${text}” is no number above 0, such as 0.001.`);
  return text === '' ? undefined : Number(text);
}

function begin() {
  const limits = { steps: 0, batch: 0, layers: 64, width: 65536, ...state.hello?.limits };
  try {
    const settings = {
      steps: wholeNumber('steps', 'Steps', 1, limits.steps),
      batch: wholeNumber('batch', 'Batch', 1, limits.batch),
      hidden: hiddenLayers(limits),
      rate: learningRate(),
      seed: wholeNumber('train-seed', 'Seed', 0, Number.MAX_SAFE_INTEGER),
    };
    showError('train', '');
    if (!ask({ do: 'train', settings })) throw new Error('Nobody listens: the connection is lost.');
  } catch (error) {
    showError('train', error.message);
  }
}

const phases = {
  training: 'The training runs.',
  paused: 'The training is paused.',
  done: 'The training is done.',
  idle: '',
};

let spoken = 'idle';

function showState(p) {
  const begun = p.total > 0;
  $('progress').max = p.total || 1;
  $('progress').value = p.step || 0;
  setText($('step'), begun ? count(p.step) : '–');
  setText($('total'), begun ? `of ${count(p.total)}` : '');
  setText($('speed'), p.speed > 0 ? number(p.speed) : '–');
  setText($('loss'), begun && p.step > 0 ? fixed(p.loss, 4) : '–');
  const left = p.phase === 'training' || p.phase === 'paused' ? (p.total - p.step) / (p.speed || NaN) : NaN;
  setText($('left-name'), p.phase === 'done' ? 'Time taken' : 'Time left');
  setText($('left'), duration(p.phase === 'done' ? p.seconds : left));
  if (p.phase === 'failed') showError('train', p.message || 'The training failed.');
  if (p.phase !== spoken) {
    spoken = p.phase;
    const at = p.phase === 'paused' || p.phase === 'done' ? ` Step ${count(p.step)}, loss ${fixed(p.loss, 4)}.` : '';
    setText($('phase-live'), (phases[p.phase] ?? `The training failed. ${p.message || ''}`) + at);
  }
  showButtons();
}

// showButtons shows what can be done now, and keeps the focus on a button where the one that had it goes.
function showButtons() {
  const { phase } = state.progress;
  const running = phase === 'training';
  const shown = { start: !running && phase !== 'paused', pause: running, go: phase === 'paused',
    reset: phase !== 'idle' };
  const focused = buttons.includes(document.activeElement?.id) ? document.activeElement.id : '';
  for (const id of buttons) {
    $(id).hidden = !shown[id];
    $(id).disabled = state.connection !== 'open';
  }
  const onlyModel = state.data && !state.data.plan?.steps;
  $('start').disabled = state.connection !== 'open' || !state.data || Boolean(onlyModel);
  $('start').textContent = phase === 'done' || phase === 'failed' ? 'Start again' : 'Start';
  if (focused && $(focused).hidden) buttons.map($).find(b => !b.hidden && !b.disabled)?.focus();
  for (const id of fields) $(id).disabled = running || phase === 'paused';
}
