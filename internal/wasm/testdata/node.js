// node node.js FOLDER runs FOLDER/worker-main.js as a browser would run it in a Web Worker. Messages to the worker
// come from stdin and those of the worker go to stdout, with their length before them, a uint32 in little-endian.
// What the worker says beside the protocol, such as {ready: true}, goes as a message of JSON in the place of one.
'use strict';

const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

// The scope of a worker, as far as worker-main.js and the engine use it.
function scope(folder) {
  globalThis.postMessage = (message, transferred) => parentPort.postMessage(message, transferred);
  globalThis.importScripts = name => {
    vm.runInThisContext(fs.readFileSync(path.join(folder, name), 'utf8'), { filename: name });
  };
  globalThis.fetch = async name => {
    const file = fs.readFileSync(path.join(folder, name));
    return new Response(file, { headers: { 'Content-Length': String(file.length) } });
  };
  parentPort.on('message', data => globalThis.onmessage({ data }));
  importScripts('worker-main.js');
}

function write(bytes) {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  fs.writeSync(1, Buffer.concat([length, bytes]));
}

function main(folder) {
  const worker = new Worker(__filename, { workerData: folder });
  worker.on('message', message => {
    write(message instanceof ArrayBuffer ? Buffer.from(message) : Buffer.from(JSON.stringify(message)));
  });
  worker.on('error', error => { throw error; });
  let waiting = Buffer.alloc(0);
  process.stdin.on('data', data => {
    waiting = Buffer.concat([waiting, data]);
    while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32LE(0)) {
      const end = 4 + waiting.readUInt32LE(0);
      const message = new Uint8Array(waiting.subarray(4, end)).buffer;
      worker.postMessage(message, [message]);
      waiting = waiting.subarray(end);
    }
  });
  process.stdin.on('end', () => process.exit(0));
}

if (isMainThread) main(process.argv[2]);
else scope(workerData);
