#!/usr/bin/env bash
# Eight CBOR packages of npm and one time: with a reader or writer chosen badly it is 1970, the next second, or an empty map.
#
# Expected: tag 1 holds seconds since 1970, as an integer or a float, tag 0 a text (RFC 8949, sections 3.4.1 and 3.4.2). C1 1A 514B67B0 is
#   2013-03-21T20:04:00Z and C1 FB 41D452D9EC200000 half a second later (its appendix A). A writer without times should refuse a Date.
# Seen: cbor-sync takes the seconds for milliseconds: 16 January 1970, also for what all of the others write. borc rounds a Date to the next
#   second, @stablelib/cbor cuts it. cbor-js and cbor-redux write a Date as A0, the empty map, without a word. cbor-js gives the bare
#   number, cbor-redux the number with its tag.
# Why it matters: each package reads its own dates or shows none, so its own tests pass; the fault is in the pair. A message that borc
#   stamped is up to half a second in the future and goes behind its own answer; a board's "seen at" is 1970 in the log of a hub with
#   cbor-sync; the time of whatever cbor-js wrote is nowhere any more.
# What to do: send times as plain numbers, with the unit in the name or the specification of the message, and no Date and no tag (checked
#   below: all eight agree).
. "$(dirname "$0")/common.bash"

npm_packages cbor@10.0.12 cbor2@2.3.0 cbor-x@1.6.8 borc@3.0.0 cbor-sync@1.0.4 cbor-js@0.1.0 cbor-redux@1.0.0 @stablelib/cbor@2.0.4

cat > times.mjs <<'JS'
import borc from 'borc';
import cbor from 'cbor';
import cborjs from 'cbor-js';
import * as cborredux from 'cbor-redux';
import cborsync from 'cbor-sync';
import * as cborx from 'cbor-x';
import * as cbor2 from 'cbor2';
import * as stablelib from '@stablelib/cbor';

const buffer = (bytes) => Uint8Array.from(bytes).buffer;
const packages = {
  cbor: [cbor.encode, cbor.decodeFirstSync], cbor2: [cbor2.encode, cbor2.decode], 'cbor-x': [cborx.encode, cborx.decode],
  borc: [borc.encode, borc.decode], 'cbor-sync': [cborsync.encode, cborsync.decode],
  'cbor-js': [cborjs.encode, (bytes) => cborjs.decode(buffer(bytes))],
  'cbor-redux': [cborredux.encode, (bytes) => cborredux.decode(buffer(bytes))], '@stablelib/cbor': [stablelib.encode, stablelib.decode],
};
const show = (value) => (value instanceof Date ? value.toISOString() : JSON.stringify(value));
const read = (name, bytes) => show(packages[name][1](Buffer.from(bytes)));
const write = (name, value) => Buffer.from(packages[name][0](value)).toString('hex');

const whole = Buffer.from('c11a514b67b0', 'hex');
const half = Buffer.from('c1fb41d452d9ec200000', 'hex');
const date = new Date('2013-03-21T20:04:00.500Z');
const seconds = '2013-03-21T20:04:00.000Z';
const halves = '2013-03-21T20:04:00.500Z';
const old = '1970-01-16T18:51:36.240Z';
const text = (time) => Buffer.concat([Buffer.from([0xc0, 0x60 + time.length]), Buffer.from(time)]).toString('hex');
const finding = {
  cbor: [seconds, halves, 'c1fb41d452d9ec200000'], cbor2: [seconds, halves, 'c1fb41d452d9ec200000'],
  'cbor-x': [seconds, halves, 'c1fb41d452d9ec200000'],
  borc: [seconds, halves, 'c11a514b67b1'],
  'cbor-sync': [old, old, Buffer.concat([Buffer.from([0xc0, 0x78, halves.length]), Buffer.from(halves)]).toString('hex')],
  'cbor-js': ['1363896240', '1363896240.5', 'a0'],
  'cbor-redux': ['{"value":1363896240,"tag":1}', '{"value":1363896240.5,"tag":1}', 'a0'],
  '@stablelib/cbor': [seconds, halves, text('2013-03-21T20:04:00Z')],
};
console.log(`expected of ${whole.toString('hex')}: ${seconds}; of ${half.toString('hex')}: ${halves}`);
let same = true;
for (const name of Object.keys(packages)) {
  const got = [read(name, whole), read(name, half), write(name, date)];
  console.log(`${name.padEnd(15)} reads ${got[0]} and ${got[1]}; writes ${halves} as ${got[2]}`);
  if (JSON.stringify(got) !== JSON.stringify(finding[name])) same = false;
}
const ahead = Date.parse(JSON.parse(JSON.stringify(packages.cbor[1](Buffer.from(write('borc', date), 'hex'))))) - date;
console.log(`from borc to cbor a time moves by ${ahead} ms`);
const plain = Object.keys(packages).every((name) => Object.keys(packages).every((other) => (
  read(other, Buffer.from(write(name, { at: 1363896240 }), 'hex')) === '{"at":1363896240}')));
console.log(`a plain number between all of them: ${plain ? 'the same' : 'not the same'}`);
same = same && ahead === 500 && plain;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node times.mjs
