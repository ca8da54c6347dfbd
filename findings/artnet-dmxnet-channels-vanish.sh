#!/usr/bin/env bash
# artnet and dmxnet (npm): one channel set by artnet, and at dmxnet all the channels behind it are undefined for up to four seconds.
#
# Expected: an ArtDmx packet may carry fewer than 512 channels (Art-Net 4, ArtDmx: Length, 2 to 512), those up to Length; a receiver of the
#   universe keeps the others. set(..., callback) of artnet calls back once it is sent (README of artnet).
# Seen: artnet sends up to the highest channel that has changed, two at least, and all 512 only each four seconds. dmxnet takes each packet
#   for the whole universe: values and the event "data" have two entries then. Of two set() within 25 ms artnet calls the callback of
#   the first one twice, and that of the second never. trigger(0), KeyAscii, is sent as 255.
# Why it matters: a lamp on channel 100 that is read as values[99] goes out, or is NaN, each time that somebody moves the first fader, and
#   is back with the refresh: a flicker that no log shows. "await" of a set() that was second waits for ever.
# What to do: sendAll: true in artnet (checked below), or keep a universe of your own at the receiver and copy into it what comes. Do not
#   wait for callbacks of artnet.
. "$(dirname "$0")/common.bash"

npm_packages artnet@1.4.0 dmxnet@0.9.0

cat > channels.mjs <<'JS'
import { createSocket } from 'node:dgram';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const artnet = require('artnet');
const { dmxnet: DmxNet } = require('dmxnet');
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });
const [port, triggers] = process.argv.slice(2).map(Number);

const network = new DmxNet({ hosts: ['127.0.0.1'], listen: port, log: { level: 'error' } });
const receiver = network.newReceiver({ universe: 0, subnet: 0, net: 0 });
const lamp = () => `${receiver.values.length} channels, lamp ${receiver.values[99]}`;
async function play(options) {
  const desk = artnet({ host: '127.0.0.1', port, refresh: 4000, ...options });
  desk.set(0, 1, Array(512).fill(200));
  await pause(300);
  const before = lamp();
  desk.set(0, 1, 10);
  await pause(300);
  const after = lamp();
  desk.close();
  return { before, after };
}
const seen = await play({});
const cured = await play({ sendAll: true });
console.log(`all set: ${seen.before}; then the first one: expected 512 channels, lamp 200, got ${seen.after}; with sendAll ${cured.after}`);

const desk = artnet({ host: '127.0.0.1', port });
const called = [];
desk.set(0, 1, 1, () => called.push('first'));
desk.set(0, 1, 2, () => called.push('second'));
await pause(500);
desk.close();
console.log(`callbacks of two set(): expected first, second; got ${called.join(', ')}`);

const listener = createSocket('udp4');
await new Promise((done) => { listener.bind(triggers, '127.0.0.1', done); });
const keys = [];
listener.on('message', (packet) => keys.push(packet[16]));
const button = artnet({ host: '127.0.0.1', port: triggers });
button.trigger(0);
button.trigger(3);
await pause(500);
console.log(`trigger(0) and trigger(3): expected keys 0, 3; got ${keys.join(', ')}`);

const same = seen.before === '512 channels, lamp 200' && seen.after === '2 channels, lamp undefined'
  && cured.after === '512 channels, lamp 200' && called.join() === 'first,first' && keys.join() === '255,3';
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node channels.mjs "$(free_port)" "$(free_port)"
