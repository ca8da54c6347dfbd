#!/usr/bin/env bash
# improv-wifi-serial-sdk (npm): an answer whose data is ten bytes long is thrown away, so a device called "kitchen" has no name.
#
# Expected: the length byte of an Improv serial frame may be 0 to 255 (Improv Wi-Fi serial specification, packet format), and
#   getDeviceName() returns whatever name the device sends.
# Seen: until it has nine bytes the reader of the SDK takes every 0Ah for a line feed that starts over. The ninth byte is the
#   length; a frame with ten bytes of data is lost, and the call ends in TIMEOUT (30 s by default). A result holds command, total,
#   string length, string: ten bytes are one string of seven bytes. "kitchen", "bedroom", a seven-letter host name, a
#   seven-character URL; six or eight letters work.
# Why it matters: the browser's installer offers no other reader, so the board looks dead, though each byte it sent was right.
#   "It hangs for some names" is then sought in the firmware for days.
# What to do: never send a frame with ten bytes of data: make the answer two strings (an empty second one adds a byte; the SDK
#   reads the first), as checked below.
. "$(dirname "$0")/common.bash"

npm_packages improv-wifi-serial-sdk@2.8.1

for_bundlers hooks.mjs

cat > improv.mjs <<'JS'
import { register } from 'node:module';
register('./hooks.mjs', import.meta.url);
const { ImprovSerial } = await import('./node_modules/improv-wifi-serial-sdk/dist/serial.js');

const STATE = 1, RESULT = 4, CURRENT_STATE = 2, DEVICE_NAME = 6;
const frame = (type, data) => {
  const bytes = [...Buffer.from('IMPROV'), 1, type, data.length, ...data];
  return Uint8Array.from([0x0a, ...bytes, bytes.reduce((sum, byte) => sum + byte) & 0xff, 0x0a]);
};
const result = (command, strings) => {
  const data = strings.flatMap((text) => [text.length, ...Buffer.from(text)]);
  return frame(RESULT, [command, data.length, ...data]);
};

// A device that is ready for Wi-Fi settings, and has a name.
let answer = ['x'];
let toHost;
const port = {
  readable: new ReadableStream({ start: (controller) => { toHost = controller; } }),
  writable: new WritableStream({
    write(packet) {
      const command = packet[9];
      if (command === CURRENT_STATE) toHost.enqueue(frame(STATE, [2]));
      else toHost.enqueue(result(command, command === DEVICE_NAME ? answer : ['firmware', '1.0', 'ESP32', 'board']));
    },
  }),
};
const quiet = { log() {}, debug() {}, error() {} };
const client = new ImprovSerial(port, quiet);
await client.initialize(2000);

const ask = async (strings) => {
  answer = strings;
  try { return await client.getDeviceName(1500); } catch (error) { return 'failed: ' + error; }
};

let same = true;
for (const [strings, finding] of [
  [['garage'], 'garage'], [['kitchen'], 'failed: TIMEOUT'], [['bathroom'], 'bathroom'], [['kitchen', ''], 'kitchen'],
]) {
  const got = await ask(strings);
  const bytes = 2 + strings.reduce((sum, text) => sum + 1 + text.length, 0);
  console.log(`answer ${JSON.stringify(strings)}, ${bytes} bytes of data: expected "${strings[0]}", got "${got}"`);
  if (got !== finding) same = false;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node improv.mjs
