#!/usr/bin/env bash
# serialport (npm), packet-length parser: with a delimiter of two bytes one byte of noise before a frame, and no frame is found any more.
#
# Expected: the parser "decodes packets with a delimiter and length of payload specified within the data stream", and delimiterBytes is
#   the number of bytes of the delimiter: what comes before the delimiter is passed over, as with one byte.
# Seen: it keeps as many of the last bytes as the delimiter has, and when they are not the delimiter it drops the newest of them, not the
#   oldest. The first byte of noise stays, so the window never holds the delimiter again: all frames after it are lost, without an error.
#   A stream that begins with a frame is read well as long as frame follows frame.
# Why it matters: UBX of u-blox receivers begins with B5 62, Meshtastic's frames with 94 C3. A receiver sends NMEA text between, a board
#   its boot log before them, and a line has noise at each plug. The bench without any of these works; in the field the position stands
#   still, with a port that is open and busy.
# What to do: use a delimiter of one byte, the first, with the offsets moved accordingly (checked below), and test the second byte in the
#   frame.
. "$(dirname "$0")/common.bash"

npm_packages @serialport/parser-packet-length@13.0.0

cat > delimiter.mjs <<'JS'
import { once } from 'node:events';
import { PacketLengthParser } from '@serialport/parser-packet-length';

// UBX: B5 62, class, id, length (little endian), payload, checksum
function ubx(group, id, payload) {
  const body = Buffer.from([group, id, payload.length, 0, ...payload]);
  let [first, second] = [0, 0];
  for (const byte of body) [first, second] = [(first + byte) & 0xff, (second + first + byte) & 0xff];
  return Buffer.concat([Buffer.from([0xb5, 0x62]), body, Buffer.from([first, second])]);
}
const frames = [[0x01, 0x03, [1, 2, 3, 4]], [0x01, 0x07, [5, 6]], [0x0a, 0x04, [7]]].map((frame) => ubx(...frame));
const nmea = Buffer.from('$GNTXT,01,01,02,u-blox AG*34\r\n');

async function read(options, ...pieces) {
  const parser = new PacketLengthParser({ packetOverhead: 8, lengthBytes: 2, lengthOffset: 4, maxLen: 0xffff, ...options });
  const found = [];
  parser.on('data', (packet) => found.push(frames.findIndex((frame) => frame.equals(packet)) + 1));
  for (const piece of pieces) parser.write(piece);
  parser.end();
  await once(parser, 'end');
  return found.filter((number) => number > 0).join(' ') || 'none';
}
let same = true;
function expect(what, wanted, got, finding) {
  console.log(`${what}: expected frames ${wanted}, got ${got}`);
  if (got !== finding) same = false;
}
const two = { delimiter: [0xb562], delimiterBytes: 2 };
const one = { delimiter: [0xb5], delimiterBytes: 1 };
const noise = Buffer.from([0x00]);
expect('frame after frame', '1 2 3', await read(two, ...frames), '1 2 3');
expect('one byte of noise before them', '1 2 3', await read(two, noise, ...frames), 'none');
expect('one byte of noise after the first', '1 2 3', await read(two, frames[0], noise, frames[1], frames[2]), '1');
expect('NMEA text between', '1 2 3', await read(two, frames[0], nmea, frames[1], nmea, frames[2]), '1');
expect('with the first byte alone', '1 2 3', await read(one, noise, frames[0], nmea, frames[1], nmea, frames[2]), '1 2 3');
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node delimiter.mjs
