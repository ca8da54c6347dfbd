#!/usr/bin/env bash
# gpsd and ais-stream-decoder: a ship that turns to port turns to starboard, or not at all, and a hard turn is a drift (apt-get).
#
# Expected: the rate of turn of AIS is 4.733 times the square root of degrees per minute, with the sign of the turn: 126 is 708 degrees to
#   starboard, -126 as much to port (ITU-R M.1371-5, message 1). gpsd's own paper on AIVDM: divide by 4.733 and square, and mind the sign;
#   its JSON says degrees per minute in "turn".
# Seen: gpsdecode squares and has no sign any more: -126 and 126 are both 709, -10 and 10 both 4. Only beyond that, where no rate is
#   measured, it says fastleft and fastright. ais-stream-decoder takes the root in place of the square: 126 is 5.2, 10 is 1.5, and each turn
#   to port is null, as is "not available". ggencoder gives the number as it is in the message.
# Why it matters: the sign is what the field is for: which way the other ship goes. A track that is predicted with it runs to the wrong
#   side, and with a rate of 5 for 708 it runs straight ahead. The heading and the position beside it are right, so it looks like a ship
#   that has just begun to turn.
# What to do: take the raw number, `gpsdecode -u` or ggencoder's rot, and do the sum yourself (checked below).
. "$(dirname "$0")/common.bash"

npm_packages ais-stream-decoder@2.1.2 ggencoder@1.0.10
gpsd_decoder

cat > turns.mjs <<'JS'
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import decoder from 'ais-stream-decoder';
import gg from 'ggencoder';

const bits = (value, length) => (value < 0 ? value + 2 ** length : value).toString(2).padStart(length, '0');
function report(turn) {
  const fields = [[1, 6], [0, 2], [269057000, 30], [0, 4], [turn, 8], [101, 10], [1, 1], [8.5 * 600000, 28], [47.3 * 600000, 27],
    [900, 12], [90, 9], [30, 6], [0, 25]];
  const payload = fields.map((field) => bits(...field)).join('').match(/.{6}/g).map((six) => parseInt(six, 2))
    .map((value) => String.fromCharCode(value + (value < 40 ? 48 : 56))).join('');
  const sentence = `AIVDM,1,1,,A,${payload},0`;
  const sum = [...Buffer.from(sentence)].reduce((before, byte) => before ^ byte, 0);
  return `!${sentence}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
}
async function streamed(line) {
  const stream = new decoder.default();
  stream.end(line);
  const [message] = await once(stream, 'data');
  return JSON.parse(message).rateOfTurn;
}
function gpsd(line, ...options) {
  const { stdout } = spawnSync('gpsdecode', ['-j', ...options], { input: `${line}\r\n`, encoding: 'utf8' });
  return JSON.parse(stdout.trim().split('\n').at(-1)).turn;
}
const rate = (raw) => (Math.abs(raw) > 126 ? null : Math.round(Math.sign(raw) * (raw / 4.733) ** 2));

let same = true;
for (const [raw, wanted, scaled, root] of [[0, 0, 0, 0], [10, 4, 4, 1.5], [-10, -4, 4, null], [50, 112, 112, 3.3], [-50, -112, 112, null],
  [126, 709, 709, 5.2], [-126, -709, 709, null],
  [127, null, 'fastright', 5.2], [-127, null, 'fastleft', null], [-128, null, 'nan', null]]) {
  const line = report(raw);
  const stream = await streamed(line);
  const numbers = [Number(gpsd(line, '-u')), new gg.AisDecode(line).rot];
  const got = [gpsd(line), stream === null ? null : Math.round(stream * 10) / 10, ...numbers.map(rate)];
  console.log(`${raw}: expected ${wanted ?? 'no rate'}; gpsdecode ${got[0]}, ais-stream-decoder ${got[1]}; `
    + `from the raw number of gpsdecode ${got[2]}, of ggencoder ${got[3]}`);
  same = same && String(got[0]) === String(scaled) && got[1] === root && Object.is(got[2], wanted) && Object.is(got[3], wanted);
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node turns.mjs
