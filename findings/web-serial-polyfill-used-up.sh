#!/usr/bin/env bash
# web-serial-polyfill (npm): once a reader has cancelled, the port reads nothing any more, so after Improv there is no console and no
#   flashing.
#
# Expected: when a stream of a serial port is cancelled or closed, its attribute gives a new one: "readable" and "writable" make a stream
#   whenever there is none, and cancel() and close() leave none (WICG Web Serial API, "readable" and "writable" attributes, "handle
#   closing the readable stream"). So those who share a port take turns: reader.cancel(), releaseLock(), and the next one gets a reader.
# Seen: the polyfill makes a new stream only after an error of the USB device. After reader.cancel() "readable" stays the ended stream:
#   each reader after that is at the end of the stream at once, and no byte is fetched from the device. "writable" stays closed in the
#   same way. Improv's SDK cancels its reader in close(), as it must.
# Why it matters: the polyfill is for Android and for whatever has WebUSB alone. A page that asks the board by Improv and then shows its
#   log, or flashes it, works on the desk and meets a silent board on the phone; the fault is sought in cable and firmware.
# What to do: close() and open() the port between two users (checked below; it lowers and raises DTR, which resets some boards).
. "$(dirname "$0")/common.bash"

npm_packages web-serial-polyfill@1.0.15 improv-wifi-serial-sdk@2.8.1

for_bundlers hooks.mjs

cat > turns.mjs <<'JS'
import { register } from 'node:module';
register('./hooks.mjs', import.meta.url);
const { SerialPort } = await import('./node_modules/web-serial-polyfill/dist/serial.js');
const { ImprovSerial } = await import('./node_modules/improv-wifi-serial-sdk/dist/serial.js');

const frame = (type, data) => {
  const bytes = [...Buffer.from('IMPROV'), 1, type, data.length, ...data];
  return [0x0a, ...bytes, bytes.reduce((sum, byte) => sum + byte) & 0xff, 0x0a];
};
const result = (command, texts) => {
  const strings = texts.flatMap((text) => [text.length, ...Buffer.from(text)]);
  return frame(4, [command, strings.length, ...strings]);
};

// A board with a CDC interface as WebUSB shows it: answers Improv's questions for state (2) and device (3), and says "log" otherwise.
class Board {
  opened = false;
  configuration = null;
  fetched = 0;
  waiting = [];
  configurations = [{ interfaces: [
    { interfaceNumber: 0, alternates: [{ interfaceClass: 2, endpoints: [] }] },
    { interfaceNumber: 1, alternates: [{ interfaceClass: 10, endpoints: [
      { endpointNumber: 1, direction: 'in', packetSize: 64 }, { endpointNumber: 2, direction: 'out', packetSize: 64 },
    ] }] },
  ] }];

  async open() { this.opened = true; }
  async close() { this.opened = false; }
  async selectConfiguration() { this.configuration = this.configurations[0]; }
  async claimInterface() {}
  async controlTransferOut() { return { status: 'ok' }; }
  async transferOut(endpoint, bytes) {
    const command = bytes[9];
    if (command === 2) this.waiting.push(...frame(1, [2]));
    else if (command === 3) this.waiting.push(...result(3, ['firmware', '1.0', 'ESP32', 'board']));
    else this.waiting.push(...Buffer.from('log\n'));
    return { status: 'ok' };
  }
  async transferIn(endpoint, size) {
    for (let i = 0; i < 200 && this.opened && !this.waiting.length; i++) await new Promise((done) => setTimeout(done, 5));
    const bytes = Uint8Array.from(this.waiting.splice(0, size));
    this.fetched += bytes.length;
    return { status: 'ok', data: new DataView(bytes.buffer) };
  }
}

const quiet = { log() {}, debug() {}, error() {} };
const board = new Board();
const port = new SerialPort(board);
await port.open({ baudRate: 115200 });

const improv = new ImprovSerial(port, quiet);
const info = await improv.initialize(2000);
await improv.close();

// What the next user of the port finds: is there a writable stream, and what does it read after a line was written?
async function next() {
  const before = board.fetched;
  const writer = port.writable.getWriter();
  const isClosed = await Promise.race([writer.closed.then(() => true), new Promise((done) => setTimeout(done, 50, false))]);
  if (!isClosed) await writer.write(Uint8Array.from([0x0a]));
  writer.releaseLock();
  const reader = port.readable.getReader();
  const { value, done } = await reader.read();
  await reader.cancel();
  reader.releaseLock();
  return `writable ${isClosed ? 'closed' : 'open'}, read ${done ? 'end of stream' : JSON.stringify(Buffer.from(value).toString())}, `
    + `${board.fetched - before} bytes fetched`;
}

const expected = 'writable open, read "log\\n", 4 bytes fetched';
const rows = [['after Improv has closed', await next()]];
const writer = port.writable.getWriter();
await writer.close();
writer.releaseLock();
rows.push(['after writer.close()', await next()]);
board.waiting.length = 0;
await port.close().catch(() => {});
await port.open({ baudRate: 115200 });
rows.push(['after port.close() and open()', await next()]);

console.log(`Improv through the polyfill: ${info.name}`);
for (const [when, got] of rows) console.log(`${when}: expected ${expected}; got ${got}`);
const same = info.name === 'board' && rows[0][1] === 'writable open, read end of stream, 0 bytes fetched'
  && rows[1][1] === 'writable closed, read end of stream, 0 bytes fetched' && rows[2][1] === expected;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node turns.mjs
