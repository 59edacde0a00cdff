// What the page knows, and who is told when it changes.

export const state = {
  connection: 'opening', // or open, lost, gone, taken, refused, failed
  hello: null,           // the event of that name, and so on
  data: null,
  points: null,          // of data.shown rows, a Float32Array or a Float64Array
  training: null,
  progress: { phase: 'idle', step: 0, total: 0, seconds: 0, speed: 0, loss: 0, rate: 0 },
  heldout: null,
  field: null,           // with density and arrows, of the same kind
  watch: null,           // what was asked for last
  drawings: { a: null, b: null }, // the last whole ones: {frames, drawn, samples}
};

const listeners = new Map();

export function on(name, f) {
  if (!listeners.has(name)) listeners.set(name, []);
  listeners.get(name).push(f);
}

export function emit(name, ...values) {
  for (const f of listeners.get(name) || []) {
    try {
      f(...values);
    } catch (error) { // one part of the page does not take the others with it
      reportError(error);
    }
  }
}
