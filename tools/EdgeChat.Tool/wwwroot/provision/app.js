// Shows what `edgechat provision` says of each board. The socket's key stands behind the # of the address that the command printed.

const KEY = 'edgechat-key';
const WORDS = { begun: 'begun', running: 'begun', done: 'done', skipped: 'nothing to do', failed: 'failed' };

const find = id => document.getElementById(id);
const cards = new Map();
let steps = [];
let fleet = [];
let isOver = false;
let wait = 500;

class Card {
  #steps = new Map();
  #end = null;

  constructor(port) {
    this.port = port;
    this.element = find('board').content.cloneNode(true).firstElementChild;
    this.element.dataset.port = port;
    this.#find('.port').textContent = port;
    this.#find('.label button').onclick = () => print([this]);
    this.#find('ol').append(...steps.map(step => {
      const item = document.createElement('li');
      item.textContent = step;
      return item;
    }));
    this.#show();
  }

  get label() {
    return this.#end?.label;
  }

  takeStep(event) {
    if (event.step === steps[0] && event.state === 'begun') {
      this.#steps.clear();
      this.#end = null;
    }
    this.#steps.set(event.step, event);
    this.#show();
  }

  takeEnd(event) {
    this.#end = event;
    this.#show();
    const who = event.board ?? this.port;
    say(event.failed ? `${who}: failed at ${event.failed}. ${event.text}` : `${who}: ${event.text}`);
  }

  #find(selector) {
    return this.element.querySelector(selector);
  }

  #show() {
    const all = [...this.#steps.values()];
    const last = all.at(-1);
    const end = this.#end;
    const state = end ? (end.failed ? 'failed' : 'done') : last?.state === 'failed' ? 'failed' : 'busy';
    this.element.className = state;
    const known = all.findLast(e => e.board)?.board ?? end?.board;
    const name = fleet.find(b => b.id === known)?.name;
    this.#find('h2').textContent = known ? (name && name !== known ? `${name} (${known})` : known) : 'A board';
    this.#find('.mac').textContent = all.findLast(e => e.mac)?.mac ?? '';
    this.#find('.now').textContent = end && !end.failed ? `${end.text}, in ${end.seconds} s`
      : state === 'failed' ? `Failed at: ${end?.failed ?? last.step}` : last ? sentence(last) : '';
    const fault = this.#find('.fault');
    fault.hidden = state !== 'failed';
    fault.textContent = state === 'failed' ? end?.text ?? last.text : '';

    const done = all.filter(e => e.state === 'done' || e.state === 'skipped').length + (last?.state === 'running' ? last.progress ?? 0 : 0);
    const percent = end && !end.failed ? 100 : Math.round(100 * done / steps.length);
    const bar = this.#find('.bar');
    bar.setAttribute('aria-valuenow', percent);
    bar.setAttribute('aria-label', `${known ?? this.port}: how much is done`);
    bar.firstElementChild.style.width = `${percent}%`;

    this.#find('.label').hidden = !this.label;
    if (this.label) {
      const image = this.#find('.label img');
      image.src = `data:image/svg+xml,${encodeURIComponent(this.label)}`;
      image.alt = `The label of ${known}: its name, its id and a code`;
      this.#find('.label button').setAttribute('aria-label', `Print label of ${known}`);
    }
    for (const [i, item] of [...this.#find('ol').children].entries()) {
      const event = this.#steps.get(steps[i]);
      item.className = event?.state ?? '';
      item.textContent = event ? `${steps[i]}: ${WORDS[event.state]}${event.text ? `, ${event.text}` : ''}` : steps[i];
    }
  }
}

function sentence(event) {
  const progress = event.state === 'running' && event.progress !== undefined ? ` ${Math.round(event.progress * 100)} %` : '';
  return `${event.step[0].toUpperCase()}${event.step.slice(1)}${progress} …`;
}

// The list of what a screen reader says; the old goes.
function say(text) {
  const line = document.createElement('p');
  line.textContent = text;
  find('news').append(line);
  while (find('news').children.length > 20) find('news').firstChild.remove();
}

function print(some) {
  find('labels').replaceChildren(...some.map(card => {
    const image = document.createElement('img');
    image.src = card.element.querySelector('.label img').src;
    return image;
  }));
  Promise.all([...find('labels').children].map(image => image.decode())).then(() => window.print());
}

function card(port) {
  if (!cards.has(port)) {
    cards.set(port, new Card(port));
    find('boards').append(cards.get(port).element);
  }
  return cards.get(port);
}

function showSum() {
  const done = fleet.filter(b => b.provisioned).length;
  find('sum').textContent = done === fleet.length ? `All ${fleet.length} boards are provisioned.` : `${done} of ${fleet.length} boards are provisioned.`;
  find('none').hidden = cards.size > 0;
  find('print').disabled = ![...cards.values()].some(c => c.label);
}

function take(message) {
  switch (message.t ?? 'step') {
    case 'hello':
      ({ steps, boards: fleet } = message);
      find('fleet').textContent = `Fleet ${message.fleet}`;
      document.title = `${message.fleet} · provisioning`;
      cards.clear();
      find('boards').replaceChildren();
      break;
    case 'step': card(message.port).takeStep(message); break;
    case 'end': {
      card(message.port).takeEnd(message);
      const board = fleet.find(b => b.id === message.board);
      if (board && !message.failed) board.provisioned = true;
      break;
    }
    case 'over':
      isOver = true;
      lose('The command has ended. What is here stays, and its labels can be printed; run the command again for more boards.');
      break;
  }
  showSum();
}

function lose(text) {
  find('gone').textContent = text;
  find('gone').hidden = false;
}

function connect(key) {
  const socket = new WebSocket(`ws://${location.host}/socket`, ['edgechat', key]);
  socket.onopen = () => {
    wait = 500;
    find('gone').hidden = true;
  };
  socket.onmessage = event => take(JSON.parse(event.data));
  socket.onclose = () => {
    if (isOver) return;
    lose('The command has ended, or this address is of an earlier run: open the address that `edgechat provision --web` prints.');
    setTimeout(connect, wait, key);
    wait = Math.min(wait * 2, 8000);
  };
}

// The key leaves the address bar, which others see; a reload finds it in the tab's own memory.
const given = location.hash.slice(1);
if (given) {
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, '', location.pathname);
}
find('print').onclick = () => print([...cards.values()].filter(c => c.label));
const key = sessionStorage.getItem(KEY);
if (key) connect(key);
else lose('This address has no key: open the whole address that `edgechat provision --web` prints.');
