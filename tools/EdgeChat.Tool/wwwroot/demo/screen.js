// A monochrome OLED: one bit a pixel.

import { Panel } from './panel.js';

const DARK = '#05070a';
const UNLIT = '#0b0f14';
const MAX_SCALE = 4;

export class Screen extends Panel {
  #ram;
  #isOn = false;
  #contrast = 255;

  constructor(canvas, width, height) {
    super(canvas, width, height, MAX_SCALE);
    this.#ram = new Uint8Array(width * Math.ceil(height / 8));
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
    if (redraw) this.drawAll();
    this.canvas.classList.toggle('off', !isOn);
  }

  drawAll() {
    this.#draw(0, this.#ram.length);
  }

  #draw(from, to) {
    const cell = this.cell;
    const context = this.context;
    // A darker line between pixels, as between those of the panel, where there is room for one.
    const dot = cell >= 4 ? cell - 1 : cell;
    const lit = light(0.6 + 0.4 * this.#contrast / 255);
    const rim = light(0.85 * (0.6 + 0.4 * this.#contrast / 255));
    for (let i = from; i < to; i++) {
      const x = (i % this.width) * cell;
      const top = Math.floor(i / this.width) * 8;
      context.fillStyle = DARK;
      context.fillRect(x, top * cell, cell, 8 * cell);
      for (let bit = 0; bit < 8 && top + bit < this.height; bit++) {
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
