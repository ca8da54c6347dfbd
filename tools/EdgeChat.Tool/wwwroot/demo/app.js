// The page's one socket: takes what has changed to the boards' views, and what the user does back.
import { BoardView } from './board.js';
import { save, stamp } from './camera.js';
import { ScenarioRecorder, textOf } from './scenario.js';

const SCREEN = 1;
const SERIAL = 2;
const COLOURS = 3;
const ROOMY = 4; // so many boards are shown whole at first; of more the screens
const FEW = 24; // so many screens are shown large
const QUIET = 1000; // milliseconds in which the page is told what was before it

const hint = document.getElementById('hint');
const gone = document.getElementById('gone');
const broker = document.getElementById('broker');
const boards = document.getElementById('boards');
const news = document.getElementById('news');
const viewButton = document.getElementById('view');
const scenario = document.getElementById('scenario');

let views = [];
let recorder = null;
let model = '';
let greeted = 0;
let socket;
let wait = 500;

function send(request) {
  recorder?.take(request);
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request));
}

function connect() {
  socket = new WebSocket(`ws://${location.host}/socket`);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => {
    wait = 500;
    gone.hidden = true;
    document.body.classList.remove('lost');
  };
  socket.onmessage = event => typeof event.data === 'string' ? onText(JSON.parse(event.data)) : onBytes(new Uint8Array(event.data));
  socket.onclose = () => {
    gone.hidden = false;
    document.body.classList.add('lost');
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 8000);
  };
}

function onBytes(bytes) {
  const view = views[bytes[1]];
  if (bytes[0] === SCREEN || bytes[0] === COLOURS) view.screen.take(bytes);
  else if (bytes[0] === SERIAL) view.terminal.write(bytes.subarray(2));
}

function onText(message) {
  switch (message.t) {
    case 'hello': onHello(message); break;
    case 'hint': showHint(message.hint); break;
    case 'screen': views[message.board].setText(message.lines); break;
    case 'board': views[message.board].setState(message); break;
    case 'packets':
      views[message.board].packets.add(message.rows);
      for (const row of message.rows) announce(views[message.board], row);
      break;
    case 'broker': onBroker(message); break;
  }
}

function onHello(message) {
  for (const view of views) view.dispose();
  model = message.model;
  newest = new Map();
  greeted = performance.now();
  const other = message.boards[1]?.id;
  views = message.boards.map((board, i) => new BoardView(board, i === 0 && other ? `send ${other} Hello` : 'help', send));
  boards.replaceChildren(...views.map(view => view.element));
  setView(message.boards.length > ROOMY);
}

function showHint(text) {
  // What stands between backticks is to be typed.
  hint.replaceChildren(...text.split('`').map((part, i) => {
    if (i % 2 === 0) return part;
    const code = document.createElement('code');
    code.textContent = part;
    return code;
  }));
}

// New messages, for who does not see the screens; what was there before the page is no news.
let newest = new Map();

function announce(view, row) {
  if (row.q <= (newest.get(view.id) ?? 0)) return;
  newest.set(view.id, row.q);
  const [, kind, , from] = row.topic?.split('/') ?? [];
  const text = row.out || row.kind !== 'PUBLISH' || !from || !'ig'.includes(kind) || performance.now() - greeted < QUIET ? undefined : textOf(row.note);
  if (text === undefined) return;
  const line = document.createElement('p');
  line.textContent = `${view.name} has a message from ${from}: ${text}`;
  news.append(line);
  while (news.children.length > 20) news.firstChild.remove();
}

function setView(isOverview) {
  document.body.classList.toggle('overview', isOverview);
  document.body.classList.toggle('dense', isOverview && views.length > FEW);
  viewButton.setAttribute('aria-pressed', isOverview);
  const widest = Math.max(...views.map(view => view.screen.width));
  boards.style.setProperty('--least', `${isOverview ? Math.max(views.length > FEW ? 172 : 320, widest + 44) : 480}px`);
  for (const view of views) {
    view.setOpen(false);
    view.settle();
  }
}

function toggleScenario() {
  if (recorder) {
    save(new Blob([recorder.text(views)], { type: 'text/plain' }), `scenario-${stamp()}.txt`);
    recorder = null;
  } else recorder = new ScenarioRecorder(views.length, model);
  scenario.setAttribute('aria-pressed', recorder !== null);
  scenario.textContent = recorder ? 'Save scenario' : 'Record scenario';
}

function onBroker(message) {
  broker.hidden = false;
  broker.querySelector('code').textContent = message.address;
  broker.classList.toggle('stopped', !message.running);
  const button = broker.querySelector('button');
  button.hidden = !message.own;
  button.setAttribute('aria-checked', message.running);
  button.onclick = () => send({ t: 'broker', on: !message.running });
}

viewButton.onclick = () => setView(viewButton.getAttribute('aria-pressed') !== 'true');
scenario.onclick = toggleScenario;

const find = id => views.find(view => view.id === id);

// For the browser's console and for tests: what the canvas shows, not what was received.
window.edgechat = {
  boards: () => views.map(view => view.id),
  pixel: (board, x, y) => find(board).screen.pixel(x, y),
  pixels: board => find(board).screen.pixels(),
  console: board => find(board).terminal.text(),
};

connect();
