// Records what is done on the page as a scenario: docs/tool.md has the format. `edgechat demo --scenario FILE` plays it.

const HOLD = 600; // milliseconds from which the firmware takes a press for a long one
const SHORTEST_WAIT = 200; // what is shorter is how fast somebody types
const WORDS = new Set(['received', 'read']); // ticks that stay as they are or get better

export class ScenarioRecorder {
  #lines = [];
  #head;
  #last;
  #typed = new Map();
  #down = new Map();
  #now;

  constructor(boards, model, now = () => performance.now()) {
    this.#now = now;
    this.#last = now();
    this.#head = ['edgechat scenario 1', `boards ${boards}`, `board ${model}`, ''];
  }

  /** Takes what the page sends to the demo. */
  take(request) {
    switch (request.t) {
      case 'type': this.#type(request.board, request.text); break;
      case 'button': this.#press(request.board, request.name, request.on); break;
      case 'power':
      case 'wifi': this.#add(`${request.board} ${request.t} ${request.on ? 'on' : 'off'}`); break;
      case 'broker': this.#add(`broker ${request.on ? 'on' : 'off'}`); break;
    }
  }

  /** The file. What has come of it so far is what it expects: which boards are online, and how far each message has come. */
  text(views) {
    for (const board of this.#typed.keys()) this.#flush(board);
    const lines = [...this.#head, ...this.#lines, ''];
    for (const view of views) {
      if (view.presence) lines.push(`expect ${view.id} ${view.presence}`);
      const texts = new Map();
      for (const item of view.packets.items()) {
        const text = item.out && WORDS.has(item.tick) ? textOf(item.note) : undefined;
        if (text && text === text.trim() && !/[\n\r]/.test(text)) texts.set(text, item.tick);
      }
      for (const [text, word] of texts) lines.push(`expect ${view.id} ${word} ${text}`);
    }
    return `${lines.join('\n')}\n`;
  }

  #type(board, text) {
    if (!this.#typed.has(board)) this.#wait();
    const all = (this.#typed.get(board) ?? '') + text;
    this.#typed.set(board, all);
    if (text.endsWith('\r')) this.#flush(board);
  }

  // A line that was only typed is written as such; keys that edit it as they were pressed.
  #flush(board) {
    const all = this.#typed.get(board);
    this.#typed.delete(board);
    if (!all) return;
    const line = all.endsWith('\r') ? all.slice(0, -1) : undefined;
    const isPlain = line !== undefined && line.trim() === line && !/[\x00-\x1f\x7f]/.test(line);
    this.#lines.push(isPlain ? `${board} types ${line}`.trim() : `${board} keys ${JSON.stringify(all)}`);
    this.#last = this.#now();
  }

  #press(board, name, isDown) {
    const key = `${board} ${name}`;
    if (isDown) {
      this.#wait();
      this.#down.set(key, this.#now());
      return;
    }
    const from = this.#down.get(key);
    this.#down.delete(key);
    if (from === undefined) return;
    this.#lines.push(`${board} ${this.#now() - from >= HOLD ? 'holds' : 'presses'} ${name}`);
    this.#last = this.#now();
  }

  #add(line) {
    this.#wait();
    this.#lines.push(line);
  }

  #wait() {
    const time = this.#now() - this.#last;
    if (time >= SHORTEST_WAIT && this.#lines.length > 0) this.#lines.push(`wait ${(time / 1000).toFixed(1)}`);
    this.#last = this.#now();
  }
}

/** The text of a message's body, as the packet list has it. */
export function textOf(note) {
  try {
    const body = JSON.parse(note.slice(note.indexOf('{')));
    return typeof body.c === 'string' ? body.c : undefined;
  } catch {
    return undefined;
  }
}
