#!/usr/bin/env bash
# serialport (npm): set({ dtr: false }) also raises RTS, and on an ESP32 board that is "hold the chip in reset".
#
# Expected: a control line that is not named stays as it is: so it is with Web Serial's setSignals() ("if present", WICG Web Serial API),
#   with DtrEnable and RtsEnable of System.IO.Ports and with dtr and rts of pySerial, for which the reset sequences of esptool are
#   written. On Espressif's auto-reset circuit DTR off with RTS on pulls EN low (esptool, "Boot Mode Selection", "Automatic Bootloader").
# Seen: set() fills what is missing with dtr: true and rts: true (its documentation gives these as defaults of the options). "DTR off"
#   leaves DTR off and RTS on: the chip is held in reset until the next call. The classic sequence to the boot loader, one line at a time
#   (DTR off, RTS on, DTR on, RTS off, DTR off), ends with EN low, and no boot loader answers.
# Why it matters: "RTS off, DTR off", to let the board run, is the first thing that a monitor does after open(), which raises both. Here
#   the board stands still for as long as the port is open, and looks dead; the same steps on Web Serial, .NET or pySerial let it run.
# What to do: always name both lines, in one call (checked below).
. "$(dirname "$0")/common.bash"

npm_packages @serialport/stream@13.0.0 web-serial-polyfill@1.0.15

cat > lines.mjs <<'JS'
import stream from '@serialport/stream';
const { SerialPort } = await import('./node_modules/web-serial-polyfill/dist/serial.js');

// What the lines do on Espressif's circuit: each transistor pulls only while the other line is off.
const circuit = ({ dtr, rts }) => (rts && !dtr ? 'EN low (reset)' : dtr && !rts ? 'IO0 low' : 'both high');

// serialport on a port that notes what it is told, as an operating system would
const lines = { dtr: true, rts: true };
const binding = { open: async () => ({
  isOpen: true,
  openOptions: { baudRate: 115200 },
  set: async ({ dtr, rts }) => { Object.assign(lines, { dtr, rts }); },
  read: () => new Promise(() => {}),
  close: async () => {},
}) };
const port = new stream.SerialPortStream({ binding, path: 'port', baudRate: 115200, autoOpen: false });
await new Promise((done, fail) => port.open((error) => (error ? fail(error) : done())));
const serialport = (change) => new Promise((done, fail) => port.set(change, (error) => (error ? fail(error) : done(lines))));

// Web Serial: the polyfill on a device that notes the lines of SET_CONTROL_LINE_STATE (USB CDC 1.1, section 6.2.14)
const signals = { dtr: false, rts: false };
const side = (number, kind, ...endpoints) => ({ interfaceNumber: number, alternates: [{ interfaceClass: kind, endpoints }] });
const endpoint = (number, direction) => ({ endpointNumber: number, direction, packetSize: 64 });
const device = {
  configurations: [{ interfaces: [side(0, 2), side(1, 10, endpoint(1, 'in'), endpoint(2, 'out'))] }],
  open: async () => {},
  claimInterface: async () => {},
  controlTransferOut: async ({ request, value }) => {
    if (request === 0x22) Object.assign(signals, { dtr: (value & 1) !== 0, rts: (value & 2) !== 0 });
    return { status: 'ok' };
  },
};
const web = new SerialPort(device);
await web.open({ baudRate: 115200 });
const webSerial = async ({ dtr, rts }) => {
  const change = {};
  if (dtr !== undefined) change.dataTerminalReady = dtr;
  if (rts !== undefined) change.requestToSend = rts;
  await web.setSignals(change);
  return signals;
};

const sequences = {
  'let it run': [{ rts: false }, { dtr: false }],
  'boot loader': [{ dtr: false }, { rts: true }, { dtr: true }, { rts: false }, { dtr: false }],
  'boot loader, both named': [{ dtr: false, rts: true }, { dtr: true, rts: false }, { dtr: false, rts: false }],
};
async function run(set, steps) {
  await set({ dtr: true, rts: true });
  const seen = [];
  for (const step of steps) seen.push(circuit(await set(step)));
  return seen.join(', ');
}
const finding = {
  'let it run': 'IO0 low, EN low (reset)',
  'boot loader': 'EN low (reset), both high, both high, IO0 low, EN low (reset)',
  'boot loader, both named': 'EN low (reset), IO0 low, both high',
};
let same = true;
for (const [name, steps] of Object.entries(sequences)) {
  const expected = await run(webSerial, steps);
  const got = await run(serialport, steps);
  const text = steps.map((step) => Object.entries(step).map(([line, on]) => `${line} ${on ? 'on' : 'off'}`).join(' ')).join(', ');
  console.log(`${name} (${text}): Web Serial ${expected}; serialport ${got}`);
  if (got !== finding[name] || (name === 'boot loader, both named') !== (got === expected)) same = false;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node lines.mjs
