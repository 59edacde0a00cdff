// The drawing of samples: a stage for each sampler, the clock's controls, and what is drawn.

import { $, el, later, pressed, setText, toggle } from './dom.js';
import { levelAt, placeOf } from './drawings.js';
import { columnName, count, fixed, number, plural } from './format.js';
import { lay, startHistograms } from './histograms.js';
import { Images } from './images.js';
import { summary } from './measures.js';
import { Plane } from './plane.js';
import { player } from './player.js';
import { on, state } from './store.js';
import { comparing, everyClass, takeUrgent, watchField } from './samples.js';

const options = { showTrue: true, showPaths: false, showField: false, field: null, x: 0, y: 1 };
const stages = { a: null, b: null };
const shown = { a: null, b: null };

const each = f => { for (const name of ['a', 'b']) if (stages[name]) f(stages[name], name); };
const host = name => document.querySelector(`#drawing-${name} .frame`);
const caption = name => document.querySelector(`#drawing-${name} figcaption`);

export function startLook() {
  startHistograms();
  startPlayer();
  toggle($('layer-true'), is => { options.showTrue = is; restyle(); });
  toggle($('layer-paths'), is => { options.showPaths = is; restyle(); });
  toggle($('layer-field'), showField);
  $('level').addEventListener('input', moveLevel);
  for (const axis of ['x', 'y']) {
    $(`axis-${axis}`).addEventListener('change', () => {
      options[axis] = Number($(`axis-${axis}`).value);
      each(s => s.setColumns());
      restyle();
    });
  }
  on('data', newData);
  on('theme', restyle);
  on('field', newField);
  on('training', () => {
    showLevel();
    if (options.showField) sendLevel();
  });
  on('drawing', drawn);
  on('adopt', adopt);
  on('compare', () => { makeStages(); adopt(); player.renewed(true); });
  on('forget', () => { each(s => s.close()); stages.a = stages.b = null; host('a').replaceChildren(); });
}

function restyle() {
  each(s => s.restyle());
}

function newData(data) {
  [options.x, options.y] = [0, data.cols > 1 ? 1 : -1];
  options.field = null;
  const plane = data.kind === 'plane';
  for (const id of ['layer-true', 'layer-paths']) $(id).hidden = data.kind === 'image';
  $('layer-field').hidden = !plane;
  if (!plane && options.showField) $('layer-field').click();
  const many = data.kind === 'table' && data.cols > 1 ? data.cols : 0;
  const names = Array.from({ length: many }, (_, i) => columnName(data, i));
  $('axes-field').hidden = names.length === 0;
  for (const axis of ['x', 'y']) {
    $(`axis-${axis}`).replaceChildren(...names.map((name, i) => el('option', { value: i }, name)));
    if (names.length) $(`axis-${axis}`).value = options[axis];
  }
  lay(data);
  makeStages();
  player.halt();
}

// makeStages makes a stage for each sampler that is shown.
function makeStages() {
  each(s => s.close());
  stages.a = stages.b = null;
  if (!state.data) return;
  for (const name of comparing() ? ['a', 'b'] : ['a']) {
    host(name).classList.toggle('images', state.data.kind === 'image');
    stages[name] = state.data.kind === 'image' ? new Images(host(name)) : new Plane(host(name), options);
    stages[name].setData(state.data, state.points);
    stages[name].setDrawing(shown[name]);
    stages[name].draw(player.t);
    describe(name);
  }
}

function drawn(name) {
  const drawing = state.drawings[name];
  if (!drawing) {
    shown[name] = null;
    stages[name]?.setDrawing(null);
    if (!state.drawings.a) player.halt();
    describe(name);
    return;
  }
  drawing.every = everyClass(name) && state.data?.classes?.length > 1;
  player.renewed(takeUrgent(name) || !shown[name]);
}

function adopt() {
  each((stage, name) => {
    if (shown[name] === state.drawings[name]) return;
    shown[name] = state.drawings[name];
    stage.setDrawing(shown[name]);
    describe(name);
  });
}

// describe says in words what a stage shows, below it and for those who do not see it.
function describe(name) {
  const data = state.data;
  if (!data) return;
  const drawing = shown[name];
  const what = data.kind === 'image' ? 'image' : data.kind === 'plane' ? 'point' : 'row';
  const seen = Math.min(data.shown, data.kind === 'image' ? 100 : 2000);
  let text = seen === 0 ? data.about : `${plural(seen, `true ${what}`)} of ${data.name}`;
  if (drawing) {
    const { rows, step } = drawing.drawn;
    const found = summary(drawing.drawn);
    const parts = [plural(rows, 'sample'), found, state.training && `after step ${count(step)}`];
    text = parts.filter(Boolean).join(', ');
  }
  stages[name]?.setLabel(text);
  const begin = comparing() ? `${name.toUpperCase()}: ` : '';
  const none = data.shown === 0 ? 'No samples yet.' : 'No samples yet: start the training.';
  setText(caption(name), begin + (drawing ? text : `${text}. ${none}`));
  $('player').classList.toggle('waiting', !shown.a);
  $('scrub').disabled = !shown.a;
}

function startPlayer() {
  const icon = () => {
    $('play').classList.toggle('playing', player.playing);
    $('play').setAttribute('aria-label', player.playing ? 'Stop the drawing' : 'Play the drawing');
  };
  $('play').addEventListener('click', () => (player.playing ? player.stop() : player.play()));
  $('scrub').addEventListener('input', () => player.seek(Number($('scrub').value) / 1000));
  on('playing', icon);
  let [ticks, last] = [0, 1];
  on('tick', t => {
    each(s => s.draw(t));
    const goesOn = t > last && t < 1 && player.playing;
    last = t;
    if (goesOn && ticks++ % 3) return; // the slider costs as much as the particles
    $('scrub').value = Math.round(1000 * t);
    showPlace(t);
  });
  icon();
}

function showPlace(t) {
  const frames = shown.a?.frames;
  const sigma = frames ? levelAt(frames, t) : NaN;
  const there = t === 1 ? 'samples' : '';
  setText($('scrub-level'), !frames ? '–' : there || `σ ${fixed(sigma, 3)}`);
  $('scrub').setAttribute('aria-valuetext', !frames ? 'no samples yet' : there || `noise level ${fixed(sigma, 3)}`);
}

// The slider of the field's level is even in its logarithm.
function levelRange() {
  const { sigmaMin = 0.01, sigmaMax = 10 } = state.training || {};
  return [sigmaMin, sigmaMax];
}

function level() {
  const [low, high] = levelRange();
  return low * (high / low) ** (Number($('level').value) / 1000);
}

function showLevel() {
  setText($('level-value'), `σ ${number(level(), 3)}`);
  $('level').setAttribute('aria-valuetext', number(level(), 3));
}

const sendLevel = later(() => watchField(options.showField, level()), 120);

function showField(is) {
  options.showField = is;
  $('level-field').hidden = !is;
  showLevel();
  watchField(is, level());
  restyle();
}

// moveLevel also takes the particles to where they are at that level, so that arrows and particles agree.
function moveLevel() {
  showLevel();
  const frames = shown.a?.frames;
  if (frames) player.seek(placeOf(frames, level()));
  sendLevel();
}

function newField() {
  options.field = state.field;
  if (pressed($('layer-field'))) restyle();
}
