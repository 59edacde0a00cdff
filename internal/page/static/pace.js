// What the drawing costs the training beside it. A browser that paints takes processor time. Where it shares a
// machine of few cores with the engine, and no graphics processor helps, the training slows down while particles
// move. The page compares the training's speed then with that of the rests. Where the difference is large, the
// drawing has half as many frames, and rests for longer.

import { on, state } from './store.js';

const most = 0.03;       // of the training's speed that the drawing may cost on average
const least = 500;       // milliseconds of moving, and of resting, that make a comparison
const longest = 12_000;  // milliseconds of a rest
const fewCores = 4;

let cost = navigator.hardwareConcurrency > fewCores ? 0 : 0.2; // of the speed while particles move; a guess at first
let halved = cost > 0;
let moving = false;
let before = null;
let seen = nothing();

function nothing() {
  return { move: { steps: 0, seconds: 0 }, rest: { steps: 0, seconds: 0 } };
}

export const pace = {
  get halved() { return halved && state.progress.phase === 'training'; },

  // moves says that particles move from now on, or rest.
  moves(yes) {
    if (yes && !moving) compare();
    moving = yes;
    before = null;
  },

  // rest returns for how long to rest after a pass, of so many milliseconds, at least.
  rest(pass, shortest) {
    if (state.progress.phase !== 'training') return shortest;
    return Math.min(longest, Math.max(shortest, pass * (cost / most - 1)));
  },
};

// compare takes a pass and its rest into account, and begins anew.
function compare() {
  const { move, rest } = seen;
  seen = nothing();
  if (Math.min(move.seconds, rest.seconds) < least / 1000 || rest.steps === 0) return;
  const now = 1 - move.steps / move.seconds / (rest.steps / rest.seconds);
  cost += (Math.min(0.9, Math.max(0, now)) - cost) / 2;
  if (cost > 0.1) halved = true;
  if (cost < 0.02) halved = false;
}

on('state', p => {
  if (p.phase === 'training' && before && p.step > before.step) {
    const sum = moving ? seen.move : seen.rest;
    sum.steps += p.step - before.step;
    sum.seconds += p.seconds - before.seconds;
  }
  before = p.phase === 'training' ? p : null;
});
on('training', () => { seen = nothing(); });
