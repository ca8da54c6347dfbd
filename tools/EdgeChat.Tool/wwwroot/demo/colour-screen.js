// A display with colours.

import { Panel } from './panel.js';

const MAX_SCALE = 2;

export class ColourScreen extends Panel {
  #pixels;

  constructor(canvas, width, height) {
    super(canvas, width, height, MAX_SCALE);
    this.#pixels = new Uint16Array(width * height);
  }

  /** Takes a colour message: 3, board, flags, 0, width, height, then spans of column, row, length, colour. */
  take(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 8; at + 8 <= bytes.length; at += 8) {
      const x = view.getUint16(at, true);
      const y = view.getUint16(at + 2, true);
      const length = view.getUint16(at + 4, true);
      const colour = view.getUint16(at + 6, true);
      this.#pixels.fill(colour, y * this.width + x, y * this.width + x + length);
      this.#draw(x, y, length, colour);
    }
    this.canvas.classList.toggle('off', (bytes[2] & 1) === 0);
  }

  drawAll() {
    for (let y = 0; y < this.height; y++) this.#drawRow(y);
  }

  #drawRow(y) {
    const row = this.#pixels.subarray(y * this.width, (y + 1) * this.width);
    for (let x = 0; x < this.width;) {
      let end = x + 1;
      while (end < this.width && row[end] === row[x]) end++;
      this.#draw(x, y, end - x, row[x]);
      x = end;
    }
  }

  #draw(x, y, length, colour) {
    const cell = this.cell;
    const red = Math.round((colour >> 11) * 255 / 31);
    const green = Math.round((colour >> 5 & 63) * 255 / 63);
    const blue = Math.round((colour & 31) * 255 / 31);
    this.context.fillStyle = `rgb(${red} ${green} ${blue})`;
    this.context.fillRect(x * cell, y * cell, length * cell, cell);
  }
}
