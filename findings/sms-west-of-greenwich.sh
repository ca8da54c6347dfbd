#!/usr/bin/env bash
# pdu, serialport-gsm, pdu.ts and node-sms-pdu (npm): an SMS from New York comes 7.5 hours old, one of February is of March.
#
# Expected: the time stamp of an SMS is local time, with its distance from Greenwich in quarters of an hour as the last byte: two decimal
#   digits, the nibbles swapped, where the top bit of the tens is the sign (3GPP TS 23.040, 9.2.3.11). Five hours west are twenty quarters,
#   0A. All five packages give the moment, or a text with the zone.
# Seen: up to 4:45 hours west three of them are right. From 5 hours on, tens and sign together are a digit above 9; pdu, serialport-gsm and
#   pdu.ts make two digits of it, and the sign is gone: New York in winter 7.5 hours early, Los Angeles 10.75, Honolulu 13. node-sms-pdu has
#   no sign at all: St. John's is at +23:30, New York in summer at +24:00, in winter at +aN:aN, which is no date. node-pdu has all of them
#   right. The three also fill the fields into the date of today, one after the other: on 31 March a message of 15 February is of 15 March.
# Why it matters: all of the Americas but their east. A limit on age ("no commands that are older than an hour") throws out each message,
#   an answer goes before its question, and in Europe, where the same program was written, there is nothing to see.
# What to do: use node-pdu for reading, or read the fourteen digits yourself (checked below).
. "$(dirname "$0")/common.bash"

npm_packages pdu@1.1.0 serialport-gsm@4.0.1 pdu.ts@1.1.4 node-sms-pdu@0.3.0 node-pdu@2.1.1

cat > zones.cjs <<'JS'
const { parse } = require('pdu');
const gsm = require('serialport-gsm/lib/functions/pdu.js'); // puts its own parse() into the module above
const { PDUParser } = require('pdu.ts');
const sms = require('node-sms-pdu');
const other = require('node-pdu');

const iso = (date) => (Number.isNaN(date.getTime()) ? 'no date' : `${date.toISOString().slice(0, 19)}Z`);
const three = { pdu: (hex) => iso(parse(hex).time), 'serialport-gsm': (hex) => iso(gsm.parse(hex).time),
  'pdu.ts': (hex) => iso(PDUParser.Parse(hex).time) };
const readers = { ...three, 'node-sms-pdu': (hex) => iso(new Date(sms.parse(hex).timestamp)),
  'node-pdu': (hex) => iso(new Date(other.parse(hex).serviceCenterTimeStamp.time * 1000)), 'by the digits': own };

const swapped = (digits) => digits.match(/../g).map(([first, second]) => second + first).join('');
function message(local, quarters) {
  const tens = (Math.floor(Math.abs(quarters) / 10) | (quarters < 0 ? 8 : 0)).toString(16).toUpperCase();
  return `07916407058099F9040B916407950303F10000${swapped(local.replace(/\D/g, '').slice(2))}${Math.abs(quarters) % 10}${tens}`
    + '0AE8329BFD4697D9EC37';
}
function own(hex) {
  const digits = hex.slice(-34, -20);
  const [, year, month, day, hour, minute, second] = swapped(digits.slice(0, 12)).match(/(..)(..)(..)(..)(..)(..)/).map(Number);
  const tens = parseInt(digits[13], 16);
  const quarters = ((tens & 7) * 10 + Number(digits[12])) * (tens & 8 ? -1 : 1);
  return iso(new Date(Date.UTC(2000 + year, month - 1, day, hour, minute - quarters * 15, second)));
}

let same = true;
const hoursOff = (got, wanted) => (got === 'no date' ? got : (Date.parse(got) - Date.parse(wanted)) / 3600e3);
for (const [where, quarters, threeOff, smsOff] of [['Berlin', 4, 0, 0], ['Kathmandu', 23, 0, 0], ['Sydney', 44, 0, 0],
  ["St. John's", -14, 0, -27], ['Santiago', -16, 0, 'no date'], ['New York', -20, -7.5, 'no date'], ['Los Angeles', -32, -10.75, 'no date'],
  ['Honolulu', -40, -13, 'no date']]) {
  const hex = message('2024-01-15 12:34:56', quarters);
  const wanted = iso(new Date(Date.UTC(2024, 0, 15, 12, 34, 56) - quarters * 900e3));
  const off = Object.fromEntries(Object.entries(readers).map(([name, read]) => [name, hoursOff(read(hex), wanted)]));
  console.log(`${where}: expected ${wanted}; hours off: ${Object.entries(off).map((pair) => pair.join(' ')).join(', ')}`);
  same = same && Object.keys(three).every((name) => off[name] === threeOff) && off['node-sms-pdu'] === smsOff
    && off['node-pdu'] === 0 && off['by the digits'] === 0;
}

const Real = Date;
globalThis.Date = class extends Real {
  constructor(...given) { super(...(given.length ? given : [Real.UTC(2024, 2, 31, 9)])); }
};
const february = message('2024-02-15 12:00:00', 0);
const read = Object.fromEntries(Object.entries(readers).map(([name, call]) => [name, call(february)]));
console.log(`of 2024-02-15T12:00:00Z, read on 31 March: ${Object.entries(read).map((pair) => pair.join(' ')).join(', ')}`);
same = same && Object.entries(read).every(([name, got]) => got === `2024-0${three[name] ? 3 : 2}-15T12:00:00Z`);
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node --no-deprecation zones.cjs
