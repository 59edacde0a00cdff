// The page of langevin serve, and of the static folder.
//
// What a test can read: document.documentElement has data-connection (opening, open, lost, gone, taken, refused,
// failed), data-phase (idle, training, paused, done, failed), data-step, and data-draw, the number of the last
// drawing of sampler A. window.langevin has
//
//   state      what the page knows, see store.js
//   losses     {step, batch, mean, rate}, arrays of what the charts show
//   lastDrawn  {a, b}: {draw, step, rows, cols, digest, samples, measures, evaluations}, samples a Float32Array
//              or a Float64Array
//   fps        frames a second of the drawing, over the last second that it moved; 0 before

import { $, setText, showError } from './dom.js';
import { plural } from './format.js';
import { floats } from './message.js';
import { emit, on, state } from './store.js';
import { startCharts, losses } from './charts.js';
import { startData } from './data.js';
import { startDownloads } from './downloads.js';
import { startDrawings } from './drawings.js';
import { startFiles } from './files.js';
import { startKeys } from './keys.js';
import { startLook } from './look.js';
import { startPad } from './pad.js';
import { player } from './player.js';
import { startSamples } from './samples.js';
import { startSession } from './session.js';
import { startTheme } from './theme.js';
import { startTraining } from './training.js';

const root = document.documentElement;

window.langevin = {
  state,
  losses,
  get lastDrawn() {
    const of = name => {
      const last = state.drawings[name];
      if (!last) return null;
      const { draw, step, rows, cols, digest, measures, evaluations } = last.drawn;
      return { draw, step, rows, cols, digest, measures, evaluations, samples: last.samples };
    };
    return { a: of('a'), b: of('b') };
  },
  get fps() { return player.fps; },
};

// Of each event, what becomes of it before others are told.
const events = {
  data: (header, body) => {
    state.data = header;
    state.points = floats(body, header.double);
    Object.assign(state, { training: null, heldout: null, field: null });
    showError('data', '');
  },
  training: header => {
    state.training = header;
    showError('train', '');
  },
  state: header => {
    state.progress = header;
    root.dataset.phase = header.phase;
    root.dataset.step = header.step;
  },
  heldout: header => { state.heldout = header; },
  field: (header, body) => {
    const all = floats(body, header.double);
    const cells = header.width * header.height;
    state.field = { ...header, density: all.subarray(0, cells), arrows: all.subarray(cells) };
  },
  error: header => showError(header.do, header.message),
};

function receive(header, body) {
  events[header.event]?.(header, body);
  emit(header.event === 'hello' ? 'welcomed' : header.event, header, body);
}

const kernels = { avx512: 'AVX-512', avx2: 'AVX2', neon: 'NEON', generic: 'Pure Go' };

on('hello', hello => {
  setText($('machine'), `${kernels[hello.backend] || hello.backend} kernels, ${plural(hello.cores, 'core')}`);
  $('machine').title = `langevin ${hello.version}`;
});

on('forget', () => {
  Object.assign(state, { data: null, points: null, training: null, heldout: null, field: null });
  state.drawings = { a: null, b: null };
  state.progress = { phase: 'idle', step: 0, total: 0, seconds: 0, speed: 0, loss: 0, rate: 0 };
  root.dataset.phase = 'idle';
  root.dataset.step = 0;
});

root.dataset.phase = 'idle';
root.dataset.step = 0;
root.dataset.draw = 0;
root.dataset.connection = 'opening';

startTheme();
startData();
startFiles();
startPad();
startTraining();
startCharts();
startDrawings();
startSamples();
startLook();
startDownloads();
startKeys();
startSession(receive);
