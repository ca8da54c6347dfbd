// A display on a canvas: each of its pixels a whole number of device pixels wide. What is drawn is up to each kind of display.

export class Panel {
  #maxScale;
  #observer;

  constructor(canvas, width, height, maxScale) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    this.width = width;
    this.height = height;
    this.cell = 0;
    this.#maxScale = maxScale;
    this.#observer = new ResizeObserver(() => this.fit());
    this.#observer.observe(canvas.parentElement.parentElement);
  }

  dispose() {
    this.#observer.disconnect();
  }

  /** Chooses the largest whole scale that fits the device's width. */
  fit() {
    const ratio = window.devicePixelRatio || 1;
    const device = this.canvas.parentElement.parentElement;
    const space = Number.parseFloat(getComputedStyle(device).getPropertyValue('--around')) || 0;
    const room = (device.clientWidth - space) * ratio;
    const cell = Math.max(1, Math.min(Math.floor(room / this.width), Math.floor(this.#maxScale * ratio)));
    // where not even one device pixel has room, the browser makes the picture smaller
    const shrink = Math.min(1, Math.max(room, 1) / (this.width * cell));
    const width = `${this.width * cell * shrink / ratio}px`;
    if (cell === this.cell && width === this.canvas.style.width) return;
    this.canvas.style.width = width;
    this.canvas.style.height = `${this.height * cell * shrink / ratio}px`;
    if (cell === this.cell) return;
    this.cell = cell;
    this.canvas.width = this.width * cell;
    this.canvas.height = this.height * cell;
    this.drawAll();
  }

  /** What the canvas shows at a display pixel: true when it is light. */
  pixel(x, y) {
    return this.context.getImageData(x * this.cell, y * this.cell, 1, 1).data[1] > 64;
  }

  /** All of it in two tones as the canvas shows it, in the order of an SSD1306's RAM: bytes of eight rows, page after page. */
  pixels() {
    const { data, width } = this.context.getImageData(0, 0, this.canvas.width, this.canvas.height);
    return Array.from({ length: this.width * Math.ceil(this.height / 8) }, (_, i) => {
      let byte = 0;
      const x = (i % this.width) * this.cell;
      const top = Math.floor(i / this.width) * 8;
      for (let bit = 0; bit < 8 && top + bit < this.height; bit++) {
        if (data[((top + bit) * this.cell * width + x) * 4 + 1] > 64) byte |= 1 << bit;
      }
      return byte;
    });
  }
}
