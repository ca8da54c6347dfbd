// The list of a board's MQTT packets, newest on top.

const CAPACITY = 200;
const TICKS = {
  clock: ['tick-clock', 'Sent, not confirmed'],
  one: ['tick-one', 'The broker has it'],
  two: ['tick-two', "In the recipient's flash"],
  shown: ['tick-two', "Shown on the recipient's screen"],
};

export class Packets {
  #body;
  #rows = new Map();

  constructor(body) {
    this.#body = body;
  }

  /** Adds new rows and updates those that are there. */
  add(items) {
    for (const item of items) {
      const row = this.#rows.get(item.q);
      if (row) row.cells[4].replaceChildren(...tick(item.tick));
      else this.#insert(item);
    }
    while (this.#body.rows.length > CAPACITY) {
      const last = this.#body.lastChild;
      this.#rows.delete(last.number);
      last.remove();
    }
  }

  #insert(item) {
    const row = document.createElement('tr');
    row.number = item.q;
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
    element.setAttribute('aria-label', label);
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
