#!/usr/bin/env bash
# dsmr-parser (npm): the water meter's count is "gas delivered", gas is nowhere, and the hour after summer time is the one before it.
#
# Expected: each meter on the M-Bus of a smart meter has a channel of its own, 0-1 to 0-4, with the kind of meter in 0-n:24.1.0 (3 gas,
#   7 water) and its count in 0-n:24.2.1, whatever its kind. A time stamp has S or W behind it for summer or winter time (Netbeheer
#   Nederland, DSMR P1 companion standard 5.0.2, data objects and value formats). The package gives Dates, and "gas delivered".
# Seen: "gas delivered", "gas timestamp" and "gas equipment identifier" are those of the first channel, whichever meter is on it; the kind
#   is not read, and of the others nothing is given. With water on 0-1 and gas on 0-2, gas is 872.234 in place of 12785.123. S and W are not
#   read either: the Date is made of the digits in the zone of the computer, so 02:30 S and 02:30 W, an hour apart, are one moment, and in
#   a container with UTC all are one or two hours late.
# Why it matters: channels are given out in the order in which the meters were installed. The count rises as gas does, only slower; who
#   changes from gas to heat has gas all the same, in gigajoules.
# What to do: read the lines with 24.1.0 and 24.2.1 yourself, and add the zone, +02:00 for S and +01:00 for W (checked below);
#   smartmeter-obis gives the channels as they are.
. "$(dirname "$0")/common.bash"

npm_packages dsmr-parser@2.1.1 smartmeter-obis@4.0.0

cat > telegrams.mjs <<'JS'
import dsmr from 'dsmr-parser';
import obis from 'smartmeter-obis';

function telegram(...lines) {
  const text = ['/ISK5\\2M550T-1012', '', ...lines, '!'].join('\r\n');
  let crc = 0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return `${text}${crc.toString(16).toUpperCase().padStart(4, '0')}\r\n`;
}
const time = (text) => new Date(text.replace(/^(..)(..)(..)(..)(..)(..)([SW])$/,
  (_, year, month, day, hour, minute, second, season) => (
    `20${year}-${month}-${day}T${hour}:${minute}:${second}+0${season === 'S' ? 2 : 1}:00`)));
function gas(text) {
  const channel = text.match(/^0-(\d):24\.1\.0\(0*3\)/m)?.[1];
  return text.match(new RegExp(`^0-${channel}:24\\.2\\.1\\((\\d+[SW])\\)\\(([\\d.]+)\\*m3\\)`, 'm'));
}
function channels(text) {
  const read = new obis.D0Protocol({ transportSerialBaudrate: 9600 }, () => {}).prepareResult(text.match(/\r\n\r\n([^]*)!/)[1]);
  return Object.keys(read).filter((id) => id.endsWith('24.2.1')).map((id) => `${id} ${read[id].valueToString()}`).join('; ');
}

const water = ['0-1:24.1.0(007)', '0-1:96.1.0(5741544552)', '0-1:24.2.1(240715120000S)(00872.234*m3)'];
const burnt = ['0-2:24.1.0(003)', '0-2:96.1.0(474153)', '0-2:24.2.1(240715121500S)(12785.123*m3)'];
const swap = (line) => line.replace(/^0-(.)/, (_, channel) => `0-${3 - channel}`);
const heat = ['0-1:24.1.0(004)', '0-1:96.1.0(48454154)', '0-1:24.2.1(240715120000S)(0024.123*GJ)'];
const houses = {
  'gas alone': burnt, 'gas before water': [...burnt, ...water].map(swap), 'water before gas': [...water, ...burnt], 'heat alone': heat,
};
let same = true;
for (const [house, wanted, finding] of [['gas alone', 12785.123, '12785.123 of GAS'], ['gas before water', 12785.123, '12785.123 of GAS'],
  ['water before gas', 12785.123, '872.234 of WATER'], ['heat alone', undefined, '24.123 of HEAT']]) {
  const text = telegram('1-3:0.2.8(50)', '0-0:1.0.0(240715123456S)', ...houses[house]);
  const { objects } = dsmr.parse(text);
  const got = `${objects['gas delivered']} of ${objects['gas equipment identifier']}`;
  const count = gas(text)?.[2];
  const own = count && Number(count);
  console.log(`${house}: expected gas ${wanted}; got ${got}; by the kind of meter ${own}; smartmeter-obis: ${channels(text)}`);
  same = same && got === finding && own === wanted;
}

const read = (stamp) => dsmr.parse(telegram(`0-0:1.0.0(${stamp})`)).objects.timestamp;
const [summer, winter] = ['241027023000S', '241027023000W'].map((stamp) => [read(stamp), time(stamp)]);
const hours = (index) => (winter[index] - summer[index]) / 3600e3;
const late = (summer[0] - summer[1]) / 3600e3;
console.log(`from 02:30 S to 02:30 W: expected 1 hour, got ${hours(0)}; with the zone ${hours(1)}`);
console.log(`on a computer with UTC 02:30 S is ${summer[0].toISOString()}: expected ${summer[1].toISOString()}, ${late} hours late`);
same = same && hours(0) === 0 && hours(1) === 1 && late === 2;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
TZ=UTC node telegrams.mjs
