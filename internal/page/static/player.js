// The clock of the drawings: from noise to samples in some seconds, a rest, and again. t is the place on the way,
// from 0, the noise, to 1, the samples.

import { pace } from './pace.js';
import { emit } from './store.js';

const pass = 2500; // milliseconds
const rest = 2000;
const skip = 24; // milliseconds before the next frame is asked for, where each second one is to be left out

const still = matchMedia('(prefers-reduced-motion: reduce)');

export const player = {
  t: 1,
  playing: !still.matches,
  fps: 0,

  play() {
    if (player.playing) return;
    player.playing = true;
    elapsed = player.t < 1 ? player.t * pass : 0;
    emit('playing');
    wake();
  },

  stop() {
    if (!player.playing) return;
    player.playing = false;
    emit('playing');
  },

  // seek shows a place and stays there.
  seek(t) {
    player.stop();
    player.t = t;
    emit('tick', t);
  },

  // renewed says that a newer drawing has come. It is taken up between two passes; at once where someone asked
  // for it, or where nothing moves: its samples are then seen before its way to them.
  renewed(atOnce) {
    if (!player.playing) {
      emit('adopt');
      emit('tick', player.t);
    } else if (atOnce || !running) {
      restart();
    } else if (resting) { // at once too, where nothing moves for a while
      emit('adopt');
      emit('tick', 1);
    } else {
      waiting = true;
    }
  },

  // halt ends the passes until the next drawing.
  halt() {
    running = false;
    waiting = false;
    player.t = 1;
    emit('tick', 1);
  },
};

let running = false;
let waiting = false;
let elapsed = 0;
let before = 0;
let scheduled = false;
let stamps = [];
let resting = 0;

function restart() {
  waiting = false;
  elapsed = 0;
  running = true;
  emit('adopt');
  wake();
}

function wake() {
  running = true;
  if (scheduled) return;
  clearTimeout(resting);
  resting = 0;
  pace.moves(true);
  scheduled = true;
  before = 0;
  requestAnimationFrame(frame);
}

function frame(now) {
  scheduled = false;
  if (!player.playing || !running) {
    pace.moves(false);
    stamps = [];
    return;
  }
  elapsed += before ? Math.min(now - before, 100) : 0;
  before = now;
  const t = Math.min(1, elapsed / pass);
  if (t !== player.t) {
    player.t = t;
    emit('tick', t);
  }
  if (t === 1) {
    stamps = [];
    pause();
    return;
  }
  measure(now);
  scheduled = true;
  if (pace.halved) setTimeout(() => requestAnimationFrame(frame), skip);
  else requestAnimationFrame(frame);
}

// pause rests after a pass and begins the next one. No frame is asked for meanwhile: each would cost the browser
// time, which the training beside it may need.
function pause() {
  pace.moves(false);
  const begun = performance.now();
  const next = () => {
    const left = begun + pace.rest(pass, rest) - performance.now();
    if (left > 0) {
      resting = setTimeout(next, Math.min(left, rest)); // a training that ends makes the rest shorter
      return;
    }
    resting = 0;
    if (!player.playing || !running || scheduled) return;
    if (waiting) emit('adopt');
    waiting = false;
    elapsed = 0;
    wake();
  };
  next();
}

// measure counts the frames of the last second.
function measure(now) {
  stamps.push(now);
  while (now - stamps[0] > 1000) stamps.shift();
  if (stamps.length > 20) player.fps = 1000 * (stamps.length - 1) / (now - stamps[0]);
}

still.addEventListener('change', () => { if (still.matches) player.seek(1); });
