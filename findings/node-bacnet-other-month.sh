#!/usr/bin/env bash
# node-bacnet and bacstack (npm): they set a BACnet device's clock back by a month, and read its dates a month late.
#
# Expected: the second octet of a Date is the month, 1 for January (ASHRAE 135, clause 20.2.12); 0 is none. timeSync() of the packages
#   sends the date and the time that it is given.
# Seen: the octet is what JavaScript's getMonth() gives, 0 for January, in timeSync as in each property that is a date, and it is taken
#   for that when it comes. The weekday beside it is the right one. @bacnet-js/client, a later fork, has it right: it gets 15 August of
#   15 September, and of 31 January no date; of its 15 September node-bacnet makes 15 October, of its 31 January 3 March.
# Why it matters: between two of the same package all is well, so tests are green. A controller sets its clock a month back, its calendar
#   of heating and holidays with it, or refuses in January; the last record of a trend is a month ahead.
# What to do: use @bacnet-js/client where there are dates. No date that is given to the others makes up for it on the 29th to the 31st.
. "$(dirname "$0")/common.bash"

npm_packages node-bacnet@0.2.4 bacstack@0.0.1-beta.14 @bacnet-js/client@3.3.2

cat > month.mjs <<'JS'
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const NodeBacnet = require('node-bacnet');
const { default: BacnetJs } = require('@bacnet-js/client');
const [one, other] = process.argv.slice(2).map(Number);
const client = (Client, port) => new Client({ port, interface: '127.0.0.1', broadcastAddress: '127.255.255.255' });
const clients = { 'node-bacnet': client(NodeBacnet, one), '@bacnet-js/client': client(BacnetJs, other) };
const day = (date) => (date.getFullYear() === 1900 ? 'no date' : date.toDateString().slice(4));

function sent(from, to, port, date) {
  return new Promise((done) => {
    clients[to].once('timeSync', ({ payload }) => done(day(payload.value)));
    clients[from].timeSync({ address: `127.0.0.1:${port}` }, date);
    setTimeout(() => done('nothing'), 3000);
  });
}
const octets = (name, date) => {
  const buffer = { buffer: Buffer.alloc(8), offset: 0 };
  const { encodeApplicationDate } = require(`${name}/lib/asn1`);
  encodeApplicationDate(buffer, date);
  return buffer.buffer.subarray(1, buffer.offset).toString('hex');
};

await new Promise((done) => { setTimeout(done, 500); });
let same = true;
for (const [date, right, wrong, here, there] of [
  [new Date(2026, 8, 15, 13, 33), '7e090f02', '7e080f02', 'Aug 15 2026', 'Oct 15 2026'],
  [new Date(2026, 0, 31, 13, 33), '7e011f06', '7e001f06', 'no date', 'Mar 03 2026'],
]) {
  const written = ['node-bacnet', 'bacstack'].map((name) => octets(name, date));
  const got = await sent('node-bacnet', '@bacnet-js/client', other, date);
  const back = await sent('@bacnet-js/client', 'node-bacnet', one, date);
  console.log(`${day(date)}: expected ${right}; node-bacnet and bacstack write ${written.join(' and ')}`);
  console.log(`  by timeSync from node-bacnet to @bacnet-js/client: expected ${day(date)}, got ${got}; the other way: ${back}`);
  same = same && written.every((one) => one === wrong) && got === here && back === there;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node month.mjs "$(free_port)" "$(free_port)"
