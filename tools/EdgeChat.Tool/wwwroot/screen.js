// A monochrome OLED on a canvas: one bit a pixel, each pixel a whole number of device pixels wide.

const DARK = '#05070a';
const UNLIT = '#0b0f14';
const MAX_SCALE = 4;

export class Screen {
  #canvas;
  #context;
  #width = 0;
  #height = 0;
  #ram = new Uint8Array(0);
  #isOn = false;
  #contrast = 255;
  #cell = 0;
  #observer;

  constructor(canvas, width, height) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    this.#width = width;
    this.#height = height;
    this.#ram = new Uint8Array(width * Math.ceil(height / 8));
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
    this.#draw(0, this.#ram.length);
  }

  /** Takes a screen message: 1, board, flags, contrast, width, height, then runs of offset, length, bytes. */
  take(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const isOn = (bytes[2] & 1) !== 0;
    const redraw = isOn !== this.#isOn || bytes[3] !== this.#contrast;
    this.#isOn = isOn;
    this.#contrast = bytes[3];
    for (let at = 8; at + 4 <= bytes.length;) {
      const offset = view.getUint16(at, true);
      const length = view.getUint16(at + 2, true);
      this.#ram.set(bytes.subarray(at + 4, at + 4 + length), offset);
      at += 4 + length;
      if (!redraw) this.#draw(offset, offset + length);
    }
    if (redraw) this.#draw(0, this.#ram.length);
    this.#canvas.classList.toggle('off', !isOn);
  }

  /** What the canvas shows at a display pixel: true when it is lit. */
  pixel(x, y) {
    return this.#context.getImageData(x * this.#cell, y * this.#cell, 1, 1).data[1] > 64;
  }

  /** All of it as the canvas shows it, in the order of the display RAM: bytes of eight rows, page after page. */
  pixels() {
    const { data, width } = this.#context.getImageData(0, 0, this.#canvas.width, this.#canvas.height);
    return Array.from(this.#ram, (_, i) => {
      let byte = 0;
      for (let bit = 0; bit < 8; bit++) {
        const x = (i % this.#width) * this.#cell;
        const y = (Math.floor(i / this.#width) * 8 + bit) * this.#cell;
        if (data[(y * width + x) * 4 + 1] > 64) byte |= 1 << bit;
      }
      return byte;
    });
  }

  #draw(from, to) {
    const cell = this.#cell;
    const context = this.#context;
    // A darker line between pixels, as between those of the panel, where there is room for one.
    const dot = cell >= 4 ? cell - 1 : cell;
    const lit = light(0.6 + 0.4 * this.#contrast / 255);
    const rim = light(0.85 * (0.6 + 0.4 * this.#contrast / 255));
    for (let i = from; i < to; i++) {
      const x = (i % this.#width) * cell;
      const top = Math.floor(i / this.#width) * 8;
      context.fillStyle = DARK;
      context.fillRect(x, top * cell, cell, 8 * cell);
      for (let bit = 0; bit < 8 && top + bit < this.#height; bit++) {
        const isLit = this.#isOn && (this.#ram[i] >> bit & 1) !== 0;
        if (isLit) {
          context.fillStyle = rim;
          context.fillRect(x, (top + bit) * cell, cell, cell);
        }
        context.fillStyle = isLit ? lit : this.#isOn ? UNLIT : DARK;
        context.fillRect(x, (top + bit) * cell, dot, dot);
      }
    }
  }
}

function light(share) {
  return `rgb(${Math.round(206 * share)} ${Math.round(238 * share)} ${Math.round(255 * share)})`;
}
