// The session with the engine: hello, reconnections, and the banner that says how it stands.

import { $, setText } from './dom.js';
import { connect, isWorker } from './transport.js';
import { emit, state } from './store.js';

const key = 'langevin-session';
let transport;
let receive;
let wanted = ''; // the session that was asked for
let heard = 0; // when the last message came
let silent = false; // whether the page says that nothing comes
const silence = 5000; // milliseconds in which a training that goes on tells of itself

// A worker goes with its page, and its session with it.
const stored = () => { try { return isWorker() ? '' : sessionStorage.getItem(key) || ''; } catch { return ''; } };
const store = id => { try { sessionStorage.setItem(key, id); } catch { /* a reload then begins anew */ } };

// ask sends a request. It returns false where nobody listens.
export function ask(header, parts) {
  return state.connection === 'open' && transport.send(header, parts);
}

export function startSession(receiver) {
  receive = receiver;
  dial();
  setTimeout(() => {
    if (state.connection === 'opening' && $('banner').hidden) banner('Connecting …', null, true);
  }, 1500);
  setInterval(listen, 1000);
}

// listen says so where a training goes on and nothing comes of it: a network that is down closes no connection.
function listen() {
  const trains = state.connection === 'open' && state.progress?.phase === 'training' && !isWorker();
  if (silent || !trains || performance.now() - heard < silence) return;
  silent = true;
  banner('Nothing has come from langevin serve for 5 seconds. Wait if it reads or draws something large; if not, see '
    + 'whether it still runs and the network is up.');
}

// hear notes that something came.
function hear() {
  heard = performance.now();
  if (silent) banner('');
  silent = false;
}

function dial() {
  transport = connect({
    open: () => {
      wanted = stored();
      transport.send(wanted ? { do: 'hello', session: wanted } : { do: 'hello' });
    },
    message: (header, body) => {
      hear();
      if (header.event === 'hello') welcome(header);
      else if (header.event === 'taken') leave('taken');
      else if (header.event === 'error' && header.do === 'hello') leave('refused', header.message);
      receive(header, body);
    },
    lost: reason => become('lost', reason),
    loading: text => banner(text, null, true),
    failed: text => become('failed', text),
  });
}

function welcome(hello) {
  const gone = wanted && !hello.resumed;
  state.hello = hello;
  store(hello.session);
  emit('hello', hello);
  if (gone) become('gone');
  else become('open');
}

// leave closes the connection for good: who is turned away does not come back unasked.
function leave(connection, reason) {
  transport.close();
  become(connection, reason);
}

const texts = {
  opening: '',
  open: '',
  lost: 'The connection to langevin serve is lost. What you see stays; the page tries to connect again.',
  gone: 'The run is gone: langevin serve does not know it. It was started anew, or the page was away for too long.',
  taken: 'Another tab has taken over this run. Nothing new appears here.',
};

const actions = {
  gone: ['Start over', () => startOver()],
  taken: ['Take it back', () => location.reload()],
  refused: ['Try again', tryAgain],
};

// become says how the connection stands now. Of a run that is gone, the page keeps what it shows until it is
// told to start over.
function become(connection, reason = '') {
  silent = false;
  state.connection = connection;
  document.documentElement.dataset.connection = connection;
  const failed = isWorker() ? `The engine could not be started: ${reason}.` : reason;
  const text = { failed, refused: `${reason}.` };
  banner(text[connection] ?? texts[connection], actions[connection]);
  emit('connection', connection, reason);
}

// A calm banner is no alarm, and is not read aloud at each percent.
function banner(text, action, calm = false) {
  $('banner').classList.toggle('calm', calm);
  $('banner').setAttribute('aria-live', calm ? 'off' : 'assertive');
  setText($('banner-text'), text);
  $('banner').hidden = !text;
  const button = $('banner-action');
  button.hidden = !action;
  if (action) {
    button.textContent = action[0];
    button.onclick = action[1];
  }
}

// tryAgain keeps the banner, and with it the focus on its button.
function tryAgain() {
  transport.close();
  banner('Connecting …', actions.refused, true);
  dial();
}

function startOver() {
  emit('forget');
  become('open');
  emit('fresh');
}
