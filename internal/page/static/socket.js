// The transport to langevin serve: a WebSocket to /live of the same origin, tried again where it is lost.

const firstDelay = 250;
const longestDelay = 5000;

export function connectSocket(handlers) {
  const url = new URL('live', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  let socket;
  let attempt = 0;
  let timer = 0;
  let closed = false;

  function dial() {
    const mine = new WebSocket(url);
    socket = mine;
    mine.binaryType = 'arraybuffer';
    mine.onopen = () => {
      attempt = 0;
      handlers.open();
    };
    mine.onmessage = e => {
      if (e.data instanceof ArrayBuffer && mine === socket && !closed) handlers.message(e.data);
    };
    mine.onclose = e => {
      if (closed || mine !== socket) return;
      handlers.lost(e.reason);
      timer = setTimeout(dial, Math.min(longestDelay, firstDelay * 2 ** attempt++));
    };
  }
  dial();

  return {
    send: buffer => {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(buffer);
      return true;
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      socket.close();
    },
  };
}
