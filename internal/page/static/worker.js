// The transport to the engine in a worker of this page: worker-main.js, which loads the WebAssembly and says
// {ready: true} when it listens, {loading: text} before, or {failed: text}.

export function connectWorker(handlers) {
  const worker = new Worker('worker-main.js');
  worker.onmessage = e => {
    if (e.data instanceof ArrayBuffer) return handlers.message(e.data);
    const said = typeof e.data === 'string' ? JSON.parse(e.data) : e.data;
    if (said.failed) return handlers.failed(said.failed);
    if (said.ready) return handlers.open();
    if (said.loading) handlers.loading(said.loading);
  };
  worker.onerror = e => handlers.failed(e.message || 'the worker could not be loaded');
  return {
    send: buffer => {
      worker.postMessage(buffer, [buffer]);
      return true;
    },
    close: () => worker.terminate(),
  };
}
