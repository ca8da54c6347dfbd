// A display with colours on a canvas: each pixel a whole number of device pixels wide.

const MAX_SCALE = 2;

export class ColourScreen {
  #canvas;
  #context;
  #width = 0;
  #height = 0;
  #pixels = new Uint16Array(0);
  #cell = 0;
  #observer;

  constructor(canvas, width, height) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    this.#width = width;
    this.#height = height;
    this.#pixels = new Uint16Array(width * height);
    this.#observer = new ResizeObserver(() => this.fit());
    this.#observer.observe(canvas.parentElement.parentElement);
  }

  dispose() {
    this.#observer.disconnect();
  }

  /** Chooses the largest whole scale that fits the device's width. */
  fit() {
    const ratio = window.devicePixelRatio || 1;
    const device = this.#canvas.parentElement.parentElement;
    const space = Number.parseFloat(getComputedStyle(device).getPropertyValue('--around')) || 0;
    const room = (device.clientWidth - space) * ratio;
    const cell = Math.max(1, Math.min(Math.floor(room / this.#width), Math.floor(MAX_SCALE * ratio)));
    if (cell === this.#cell) return;
    this.#cell = cell;
    this.#canvas.width = this.#width * cell;
    this.#canvas.height = this.#height * cell;
    this.#canvas.style.width = `${this.#width * cell / ratio}px`;
    this.#canvas.style.height = `${this.#height * cell / ratio}px`;
    for (let y = 0; y < this.#height; y++) this.#drawRow(y);
  }

  /** Takes a colour message: 3, board, flags, 0, width, height, then spans of column, row, length, colour. */
  take(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 8; at + 8 <= bytes.length; at += 8) {
      const x = view.getUint16(at, true);
      const y = view.getUint16(at + 2, true);
      const length = view.getUint16(at + 4, true);
      const colour = view.getUint16(at + 6, true);
      this.#pixels.fill(colour, y * this.#width + x, y * this.#width + x + length);
      this.#draw(x, y, length, colour);
    }
    this.#canvas.classList.toggle('off', (bytes[2] & 1) === 0);
  }

  /** What the canvas shows at a display pixel: true when it is light. */
  pixel(x, y) {
    return this.#context.getImageData(x * this.#cell, y * this.#cell, 1, 1).data[1] > 64;
  }

  /** All of it in two tones as the canvas shows it: bytes of eight rows, page after page. */
  pixels() {
    const { data, width } = this.#context.getImageData(0, 0, this.#canvas.width, this.#canvas.height);
    return Array.from({ length: this.#width * Math.ceil(this.#height / 8) }, (_, i) => {
      let byte = 0;
      const x = (i % this.#width) * this.#cell;
      const top = Math.floor(i / this.#width) * 8;
      for (let bit = 0; bit < 8 && top + bit < this.#height; bit++) {
        if (data[((top + bit) * this.#cell * width + x) * 4 + 1] > 64) byte |= 1 << bit;
      }
      return byte;
    });
  }

  #drawRow(y) {
    const row = this.#pixels.subarray(y * this.#width, (y + 1) * this.#width);
    for (let x = 0; x < this.#width;) {
      let end = x + 1;
      while (end < this.#width && row[end] === row[x]) end++;
      this.#draw(x, y, end - x, row[x]);
      x = end;
    }
  }

  #draw(x, y, length, colour) {
    const cell = this.#cell;
    const red = Math.round((colour >> 11) * 255 / 31);
    const green = Math.round((colour >> 5 & 63) * 255 / 63);
    const blue = Math.round((colour & 31) * 255 / 31);
    this.#context.fillStyle = `rgb(${red} ${green} ${blue})`;
    this.#context.fillRect(x * cell, y * cell, length * cell, cell);
  }
}
