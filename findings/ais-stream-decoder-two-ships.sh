#!/usr/bin/env bash
# ais-stream-decoder (npm): of two ships whose messages cross neither gets a name, and with a sentence lost one has the other's destination.
#
# Expected: a message that needs several sentences has their number, its part and a sequence number in each of them, and the radio channel,
#   so that messages that come at the same time on A and B are told apart (IEC 61162-1, VDM; README: "Handles multi-part messages out of
#   the box").
# Seen: parts are put together in the order in which they come; number and channel are not looked at. With the parts of two messages in
#   turn both are thrown away: an error, which ends the stream, or with the option silent nothing. After a lost second part the next
#   message, though whole, is thrown away as well. When the second part of one and the first of the other is lost, a third message comes
#   out: name and number of the one ship, and the end of the destination of the other. gpsdecode gives both ships, one, and none.
# Why it matters: names, types and destinations are only in messages of two sentences, and a busy receiver has them crossing all day. On
#   the open sea all is well; in the harbour ships stay without a name, and some say that they go where another one goes.
# What to do: keep the parts by number and channel yourself, and hand them on when all are there (checked below). A
#   decoder of its own for each channel helps against the crossing, not against the loss.
. "$(dirname "$0")/common.bash"

npm_packages ais-stream-decoder@2.1.2
gpsd_decoder

cat > ships.mjs <<'JS'
import { spawnSync } from 'node:child_process';
import { finished } from 'node:stream';
import decoder from 'ais-stream-decoder';

const bits = (value, length) => value.toString(2).padStart(length, '0');
const text = (words, length) => [...words.padEnd(length, '@')].map((letter) => bits(letter.charCodeAt(0) % 64, 6)).join('');
function ship(mmsi, name, destination, sequence, channel) {
  const head = [[5, 6], [0, 2], [mmsi, 30], [0, 2], [9074729, 30]].map((field) => bits(...field)).join('');
  const middle = [[70, 8], [100, 9], [20, 9], [5, 6], [6, 6], [1, 4], [7, 4], [15, 5], [12, 5], [30, 6], [45, 8]];
  const all = `${head}${text('HBXX', 7)}${text(name, 20)}${middle.map((field) => bits(...field)).join('')}${text(destination, 20)}0000`;
  const payload = all.match(/.{6}/g).map((six) => parseInt(six, 2))
    .map((value) => String.fromCharCode(value + (value < 40 ? 48 : 56))).join('');
  return [payload.slice(0, 59), payload.slice(59)].map((part, index) => {
    const sentence = `AIVDM,2,${index + 1},${sequence},${channel},${part},${index * 2}`;
    const sum = [...Buffer.from(sentence)].reduce((before, byte) => before ^ byte, 0);
    return `!${sentence}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
  });
}
const shown = ({ mmsi, name, shipname, destination }) => `${mmsi} ${name ?? shipname} to ${destination}`;
async function stream(sentences, options) {
  const got = [];
  const ais = new decoder.default(options);
  ais.on('data', (message) => got.push(shown(JSON.parse(message))));
  const end = new Promise((resolve) => finished(ais, resolve));
  for (const sentence of sentences) if (!ais.destroyed) ais.write(sentence);
  ais.end();
  const error = await end;
  return [...got, ...(error ? [error.message.split(' (')[0]] : [])].join(', ') || 'nothing';
}
function gpsd(sentences) {
  const { stdout } = spawnSync('gpsdecode', ['-j'], { input: `${sentences.join('\r\n')}\r\n`, encoding: 'utf8' });
  return stdout.trim().split('\n').filter(Boolean).map((line) => shown(JSON.parse(line))).join(', ') || 'nothing';
}
// Hands on the sentences of a message behind each other, once all are there.
function together(sentences) {
  const waiting = new Map();
  return sentences.flatMap((sentence) => {
    const [, count, part, sequence, channel] = sentence.split(',');
    const key = `${sequence} ${channel} ${count}`;
    const parts = part === '1' ? [sentence] : [...(waiting.get(key) ?? []), sentence];
    waiting.set(key, parts);
    return parts.length === Number(count) && parts[0].split(',')[2] === '1' ? parts : [];
  });
}

const [a, b] = [ship(269057001, 'ALPHA', 'ROTTERDAM NL', 1, 'A'), ship(269057002, 'BRAVO', 'ANTWERP VIA GENT BE', 2, 'B')];
const [alpha, bravo] = ['269057001 ALPHA to ROTTERDAM NL', '269057002 BRAVO to ANTWERP VIA GENT BE'];
const order = 'Incorrect multipart order';
let same = true;
for (const [what, sentences, wanted, finding, silent] of [
  ['one after the other', [...a, ...b], `${alpha}, ${bravo}`, `${alpha}, ${bravo}`, `${alpha}, ${bravo}`],
  ['in turn', [a[0], b[0], a[1], b[1]], `${alpha}, ${bravo}`, order, 'nothing'],
  ['second part of the first lost', [a[0], ...b], bravo, order, 'nothing'],
  ['one part of each lost', [a[0], b[1]], 'nothing', undefined, undefined],
]) {
  const got = [await stream(sentences), await stream(sentences, { silent: true }), gpsd(sentences), await stream(together(sentences))];
  console.log(`${what}: expected ${wanted}`);
  console.log(`  got ${got[0]}; silent ${got[1]}; gpsdecode ${got[2]}; put together first: ${got[3]}`);
  const mixed = got[0].startsWith('269057001 ALPHA to ') && got[0] !== alpha && got[0] === got[1];
  same = same && (finding ? got[0] === finding && got[1] === silent : mixed) && got[2] === wanted && got[3] === wanted;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node ships.mjs
