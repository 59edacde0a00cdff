// The worker of the static page: it loads langevin.wasm, which then answers messages. Until it says {ready: true},
// {loading: text} says how far it is, or {failed: reason} that it cannot be.
'use strict';

importScripts('wasm_exec.js');

// counted passes a body on and tells what part of its size has come.
function counted(body, size) {
  let come = 0;
  let told = -1;
  return body.pipeThrough(new TransformStream({
    transform(chunk, controller) {
      come += chunk.length;
      const percent = size ? Math.min(100, Math.floor(100 * come / size)) : 0;
      if (percent !== told) {
        told = percent;
        postMessage({ loading: size ? `Loading the engine: ${percent} %` : 'Loading the engine …' });
      }
      controller.enqueue(chunk);
    },
  }));
}

// fetched returns a file that is there.
async function fetched(name) {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name} answers with ${response.status} ${response.statusText}`.trim());
  return response;
}

// code returns the program as it arrives: compressed by us, unless the server or the browser does otherwise.
async function code() {
  if (typeof DecompressionStream === 'undefined') {
    const response = await fetched('langevin.wasm');
    return counted(response.body, Number(response.headers.get('Content-Length')));
  }
  const response = await fetched('langevin.wasm.gz');
  const unpacked = response.headers.get('Content-Encoding'); // by the browser, to more than the size that is told
  const body = counted(response.body, unpacked ? 0 : Number(response.headers.get('Content-Length')));
  return unpacked === 'gzip' ? body : body.pipeThrough(new DecompressionStream('gzip'));
}

async function main() {
  const go = new Go();
  const program = new Response(await code(), { headers: { 'Content-Type': 'application/wasm' } });
  const { instance } = await WebAssembly.instantiateStreaming(program, go.importObject);
  await go.run(instance);
  throw new Error('it ended');
}

main().catch(error => postMessage({ failed: error.message }));
