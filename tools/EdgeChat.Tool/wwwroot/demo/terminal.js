// A small terminal: enough of ECMA-48 for a line editor with colours. Bytes in, keys out.

const MAX_LINES = 500;
const KEYS = {
  Enter: '\r', Tab: '\t', Backspace: '\x7f', Delete: '\x1b[3~', Escape: '\x1b', ArrowUp: '\x1b[A', ArrowDown: '\x1b[B',
  ArrowRight: '\x1b[C', ArrowLeft: '\x1b[D', Home: '\x1b[H', End: '\x1b[F',
};
const CTRL_KEYS = { ArrowRight: '\x1b[1;5C', ArrowLeft: '\x1b[1;5D' };
const ALT_KEYS = { Enter: '\x1b\r', b: '\x1bb', f: '\x1bf' };

// The board counts columns so (Console/CharWidth.cs): marks join the character before, wide ones take two.
const JOINING = /[\u0300-\u036f\u200b-\u200f\u20d0-\u20ff\ufe00-\ufe0f]/u;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

export class Terminal {
  #element;
  #send;
  #decoder = new TextDecoder();
  #line = null;
  #column = 0;
  #style = '';
  #bold = false;
  #colour = '';
  #escape = '';
  #leaves = false;

  constructor(element, send) {
    this.#element = element;
    this.#send = send;
    element.addEventListener('keydown', event => this.#onKey(event));
    element.addEventListener('paste', event => {
      event.preventDefault();
      send(event.clipboardData.getData('text').replace(/\r?\n/g, '\r'));
    });
    this.#newLine();
  }

  /** Takes bytes that the board wrote. */
  write(bytes) {
    const element = this.#element;
    const follows = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
    const touched = new Set([this.#line]);
    for (const c of this.#decoder.decode(bytes, { stream: true })) {
      if (this.#escape) this.#continueEscape(c);
      else this.#put(c);
      touched.add(this.#line);
    }
    for (const line of touched) this.#render(line);
    while (element.children.length > MAX_LINES) element.firstChild.remove();
    if (follows) element.scrollTop = element.scrollHeight;
  }

  /** The text of all lines. */
  text() {
    return [...this.#element.children].map(line => line.cells.map(cell => cell.c).join('').trimEnd()).join('\n');
  }

  #put(c) {
    switch (c) {
      case '\x1b': this.#escape = c; break;
      case '\n': this.#newLine(); break;
      case '\r': this.#column = 0; break;
      case '\b': this.#column = Math.max(0, this.#column - 1); break;
      case '\x07': break;
      default:
        if (c < ' ') return;
        this.#putCharacter(c);
    }
  }

  #putCharacter(c) {
    const cells = this.#line.cells;
    while (cells.length < this.#column) cells.push({ c: ' ', style: '' });
    if (JOINING.test(c)) {
      let at = this.#column - 1;
      if (cells[at]?.c === '') at--;
      if (cells[at]) cells[at] = { c: cells[at].c + c, style: cells[at].style };
      return;
    }
    // a half of a wide character that is written over takes its other half along
    if (cells[this.#column]?.c === '') cells[this.#column - 1] = { c: ' ', style: '' };
    cells[this.#column++] = { c, style: this.#style };
    if (WIDE.test(c)) cells[this.#column++] = { c: '', style: this.#style };
    if (cells[this.#column]?.c === '') cells[this.#column] = { c: ' ', style: '' };
  }

  #continueEscape(c) {
    this.#escape += c;
    if (this.#escape.length === 2) {
      if (c !== '[') this.#escape = '';
      return;
    }
    if (c < '@' || c > '~') return;
    const numbers = this.#escape.slice(2, -1).split(';').map(n => Number.parseInt(n, 10) || 0);
    this.#escape = '';
    this.#control(c, numbers);
  }

  #control(final, numbers) {
    const cells = this.#line.cells;
    const count = Math.max(1, numbers[0]);
    switch (final) {
      case 'm': numbers.forEach(n => this.#setStyle(n)); break;
      case 'C': this.#column += count; break;
      case 'D': this.#column = Math.max(0, this.#column - count); break;
      case 'G': this.#column = count - 1; break;
      case 'P': cells.splice(this.#column, count); break;
      case '@': cells.splice(this.#column, 0, ...Array.from({ length: count }, () => ({ c: ' ', style: '' }))); break;
      case 'K':
        if (numbers[0] === 0) cells.length = Math.min(cells.length, this.#column);
        else if (numbers[0] === 2) cells.length = 0;
        else cells.fill({ c: ' ', style: '' }, 0, Math.min(cells.length, this.#column + 1));
        break;
      case 'J':
        if (numbers[0] >= 2) {
          this.#element.replaceChildren();
          this.#newLine();
        } else cells.length = Math.min(cells.length, this.#column);
        break;
    }
  }

  #setStyle(n) {
    if (n === 0) { this.#bold = false; this.#colour = ''; }
    else if (n === 1) this.#bold = true;
    else if (n === 2) this.#colour = 'c90';
    else if (n === 22) this.#bold = false;
    else if (n === 39) this.#colour = '';
    else if ((n >= 30 && n <= 37) || (n >= 90 && n <= 97)) this.#colour = `c${n}`;
    this.#style = `${this.#colour}${this.#bold ? ' bold' : ''}`.trim();
  }

  #newLine() {
    this.#line = document.createElement('div');
    this.#line.cells = [];
    this.#element.append(this.#line);
    this.#column = 0;
  }

  #render(line) {
    const isCurrent = line === this.#line;
    const cells = isCurrent ? [...line.cells] : line.cells;
    if (isCurrent) {
      while (cells.length <= this.#column) cells.push({ c: ' ', style: '' });
      cells[this.#column] = { c: cells[this.#column].c, style: `${cells[this.#column].style} cursor` };
    }
    const parts = [];
    for (let from = 0; from < cells.length;) {
      let to = from + 1;
      while (to < cells.length && cells[to].style === cells[from].style) to++;
      const text = cells.slice(from, to).map(cell => cell.c).join('');
      if (cells[from].style) {
        const span = document.createElement('span');
        span.className = cells[from].style;
        span.textContent = text;
        parts.push(span);
      } else parts.push(text);
      from = to;
    }
    line.replaceChildren(...parts);
  }

  #onKey(event) {
    if (event.metaKey) return;
    let text = KEYS[event.key];
    // The ways out of the console by keys: Shift-Tab, and Tab behind Escape.
    const leaves = event.key === 'Tab' && (event.shiftKey || this.#leaves);
    this.#leaves = event.key === 'Escape';
    if (leaves) return;
    if (event.altKey) {
      // AltGr and Option write characters; Alt with a letter is the browser's, but for the two that move by words.
      text = event.ctrlKey ? undefined : ALT_KEYS[event.key];
      if (!text && event.key.length === 1 && !/[a-z0-9 ]/i.test(event.key)) text = event.key;
    } else if (event.ctrlKey && CTRL_KEYS[event.key]) {
      text = CTRL_KEYS[event.key];
    } else if (event.ctrlKey) {
      // Ctrl-C copies when something is selected; Ctrl-V pastes.
      const isCopy = event.key === 'c' && !getSelection().isCollapsed;
      if (isCopy || !/^[a-u w-z]$/.test(event.key) || event.key === 'r') return;
      text = String.fromCharCode(event.key.charCodeAt(0) & 0x1f);
    } else if (!text && [...event.key].length === 1) text = event.key;
    if (!text) return;
    event.preventDefault();
    event.stopPropagation();
    this.#send(text);
  }
}
