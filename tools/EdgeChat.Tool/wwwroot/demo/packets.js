// The list of a board's MQTT packets, newest on top.

const CAPACITY = 200;
const TICKS = {
  waiting: ['tick-clock', 'Waiting: not confirmed yet'],
  sent: ['tick-one', 'Sent: the broker has it'],
  received: ['tick-two', "Received: in the recipient's flash"],
  read: ['tick-two', "Read: shown on the recipient's screen"],
};

export class Packets {
  #body;
  #items = new Map();
  #rows = new Map();
  #words = [];
  #isShown = true;

  constructor(body) {
    this.#body = body;
  }

  /** Adds new packets and updates those that are there. */
  add(items) {
    for (const item of items) {
      const isNew = !this.#items.has(item.q);
      this.#items.set(item.q, item);
      if (!isNew) this.#rows.get(item.q)?.cells[4].replaceChildren(...tick(item.tick));
      else if (this.#isShown && this.#fits(item)) this.#insert(item);
    }
    for (const old of [...this.#items.keys()].slice(0, Math.max(0, this.#items.size - CAPACITY))) {
      this.#items.delete(old);
      this.#rows.get(old)?.remove();
      this.#rows.delete(old);
    }
  }

  /** The packets that are kept, oldest first. */
  items() {
    return [...this.#items.values()];
  }

  /** Shows the packets that have all these words in them, and none that begins with a minus. */
  filter(text) {
    this.#words = text.toLowerCase().split(/\s+/).filter(word => word && word !== '-');
    this.#showAll();
  }

  /** Rows cost the browser time: a list that nobody sees has none. */
  set isShown(value) {
    if (value === this.#isShown) return;
    this.#isShown = value;
    this.#showAll();
  }

  #fits(item) {
    const text = `${item.out ? 'sent' : 'received'} ${item.kind} ${item.topic ?? ''} ${item.note ?? ''}`.toLowerCase();
    return this.#words.every(word => word[0] === '-' ? !text.includes(word.slice(1)) : text.includes(word));
  }

  #showAll() {
    this.#body.replaceChildren();
    this.#rows.clear();
    if (this.#isShown) for (const item of this.#items.values()) if (this.#fits(item)) this.#insert(item);
  }

  #insert(item) {
    const row = document.createElement('tr');
    row.className = `${item.out ? 'out' : 'in'} ${item.kind.toLowerCase()}`;
    row.append(
      cell('direction', item.out ? '→' : '←', item.out ? 'sent' : 'received'),
      cell('kind', item.kind),
      topic(item),
      cell('number', item.bytes),
      cell('tick'),
      cell('time', item.time));
    row.cells[4].append(...tick(item.tick));
    this.#rows.set(item.q, row);
    this.#body.prepend(row);
  }
}

function cell(name, text = '', label = '') {
  const element = document.createElement('td');
  element.className = name;
  element.textContent = text;
  if (label) {
    element.title = label;
    const words = document.createElement('span');
    words.className = 'unseen';
    words.textContent = label;
    const sign = document.createElement('span');
    sign.setAttribute('aria-hidden', 'true');
    sign.textContent = text;
    element.replaceChildren(sign, words);
  }
  return element;
}

function topic(item) {
  const element = cell('topic', item.topic ?? '');
  if (item.note !== undefined) {
    const note = document.createElement('small');
    note.textContent = item.note;
    element.append(note);
    element.title = item.note;
  }
  return element;
}

function tick(name) {
  const [symbol, label] = TICKS[name] ?? [];
  if (!symbol) return [];
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#${symbol}`);
  svg.setAttribute('class', `mark ${name}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.textContent = label;
  svg.append(title, use);
  return [svg];
}
