// The way to the engine. connect(handlers) returns {send(header, parts), close()}; handlers are
//
//   open()                 the engine listens: say hello
//   message(header, body)  an event came
//   lost(reason)           the engine went away, maybe for a reason; it is tried again until open() or close()
//   loading(text)          the engine is on its way
//   failed(text)           there will be none

import { encode, split } from './message.js';
import { connectSocket } from './socket.js';
import { connectWorker } from './worker.js';

export function connect(handlers) {
  const kind = document.querySelector('meta[name="langevin-transport"]')?.content;
  const raw = (kind === 'worker' ? connectWorker : connectSocket)({
    ...handlers,
    message: buffer => {
      const { header, body } = split(buffer);
      handlers.message(header, body);
    },
  });
  return { send: (header, parts) => raw.send(encode(header, parts)), close: raw.close };
}

export const isWorker = () => document.querySelector('meta[name="langevin-transport"]')?.content === 'worker';
