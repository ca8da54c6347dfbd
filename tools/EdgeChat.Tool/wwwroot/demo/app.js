// The page's one socket: takes what has changed to the boards' views, and what the user does back.
import { BoardView } from './board.js';

const SCREEN = 1;
const SERIAL = 2;
const COLOURS = 3;

const hint = document.getElementById('hint');
const gone = document.getElementById('gone');
const broker = document.getElementById('broker');
const boards = document.getElementById('boards');

let views = [];
let socket;
let wait = 500;

function send(request) {
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
    case 'board': views[message.board].setState(message); break;
    case 'packets': views[message.board].packets.add(message.rows); break;
    case 'broker': onBroker(message); break;
  }
}

function onHello(message) {
  for (const view of views) view.dispose();
  // What stands between backticks is to be typed.
  hint.replaceChildren(...message.hint.split('`').map((part, i) => {
    if (i % 2 === 0) return part;
    const code = document.createElement('code');
    code.textContent = part;
    return code;
  }));
  const other = message.boards[1]?.id;
  views = message.boards.map((board, i) => new BoardView(board, i === 0 && other ? `send ${other} Hello` : 'help', send));
  boards.replaceChildren(...views.map(view => view.element));
  for (const view of views) view.screen.fit();
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

const find = id => views.find(view => view.id === id);

// For the browser's console and for tests: what the canvas shows, not what was received.
window.edgechat = {
  boards: () => views.map(view => view.id),
  pixel: (board, x, y) => find(board).screen.pixel(x, y),
  pixels: board => find(board).screen.pixels(),
  console: board => find(board).terminal.text(),
};

connect();
