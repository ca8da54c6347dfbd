#!/usr/bin/env bash
# meshcore.js: the telemetry of a node with a pressure sensor ends at that sensor; the current, power and all that follows is not there,
#   and nothing says so.
#
# Expected: CayenneLpp.parse() gives each value of a node's telemetry. The library lists 121, altitude, with its size among the types that
#   it knows. MeshCore's firmware (1.17, EnvironmentSensorManager) gives the battery on channel 1 and each sensor a channel from 2 on, in
#   a fixed order: BME280, BME680 and BMP280 send an altitude as their last or last but one value, and INA219 and the like come after
#   them.
# Seen: at 121, and at 14 other types of that list, parse() returns what it has so far, as if that were all. Of a node with BME280 and
#   INA219 the battery and the weather come; the solar panel's voltage, current and power do not. The same node without a BME280 has them.
#   Light is read with a sign against the library's own comment: 50,000 lux, in the sun, are -15,536.
# Why it matters: the list is neither empty nor an error, so a monitor shows "no solar data" for a node that sends it each time, and the
#   fault is sought in the wiring. It appears when a weather sensor is added to a node that worked.
# What to do: read the bytes yourself, with the sizes that the comments of the library give (checked below), and stop only at a type whose
#   size you do not know.
. "$(dirname "$0")/common.bash"

npm_packages @liamcottle/meshcore.js@1.13.0

cat > telemetry.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { CayenneLpp } from '@liamcottle/meshcore.js';

// Channel, type, value; big endian, as CayenneLPP of the firmware writes them.
const battery = '017401a0';                          // 4.16 V
const bme280 = '026700d7' + '026860' + '02732766' + '02790064'; // 21.5 degrees, 48 %, 1008.6 hPa, 100 m
const ina219 = '037401f4' + '037500fa' + '03800001'; // 5.00 V, 0.250 A, 1 W
const padding = '0000';                              // the cipher's block is filled with zeros

const parse = (hex) => CayenneLpp.parse(Buffer.from(hex, 'hex')).map(({ channel, type, value }) => `${channel}/${type}=${value}`).join(' ');

// The sizes in the comments of the library's own list.
const source = readFileSync('node_modules/@liamcottle/meshcore.js/src/cayenne_lpp.js', 'utf8');
const listed = source.matchAll(/static LPP_\w+ = (\d+); +\/\/ (\d) bytes?,? (?!per)/g);
const sizes = new Map(Array.from(listed, ([, type, size]) => [+type, +size]));
function own(hex) {
  const bytes = Buffer.from(hex, 'hex');
  const values = [];
  for (let at = 0; at + 2 < bytes.length && sizes.has(bytes[at + 1]); at += 2 + sizes.get(bytes[at + 1])) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) break;
    values.push(`${bytes[at]}/${bytes[at + 1]}=0x${bytes.toString('hex', at + 2, at + 2 + sizes.get(bytes[at + 1]))}`);
  }
  return values.join(' ');
}

const got = {
  'battery and INA219': parse(battery + ina219 + padding),
  'battery, BME280 and INA219': parse(battery + bme280 + ina219 + padding),
  '50,000 lux': parse('0265c350'),
  'battery, BME280 and INA219, read by the sizes': own(battery + bme280 + ina219 + padding),
};
const finding = {
  'battery and INA219': '1/116=4.16 3/116=5 3/117=0.25 3/128=1',
  'battery, BME280 and INA219': '1/116=4.16 2/103=21.5 2/104=48 2/115=1008.6',
  '50,000 lux': '2/101=-15536',
  'battery, BME280 and INA219, read by the sizes':
    '1/116=0x01a0 2/103=0x00d7 2/104=0x60 2/115=0x2766 2/121=0x0064 3/116=0x01f4 3/117=0x00fa 3/128=0x0001',
};
console.log('expected of the second: also 2/121=100 3/116=5 3/117=0.25 3/128=1');
for (const what of Object.keys(got)) console.log(`${what}: ${got[what]}`);

// Which types of the list end the reading: a battery after one value of each.
const known = Array.from(source.matchAll(/static LPP_(\w+) = (\d+);/g), ([, name, type]) => [name, +type]);
const fills = (type) => '01'.repeat({ 134: 6, 113: 6, 136: 9, 135: 3, 240: 8 }[type] ?? sizes.get(type));
const ends = known.filter(([, type]) => !parse(`05${type.toString(16).padStart(2, '0')}${fills(type)}${battery}`).endsWith('1/116=4.16'));
console.log(`${ends.length} of ${known.length} types end it: ${ends.map(([name]) => name.toLowerCase()).join(', ')}`);

const same = JSON.stringify(got) === JSON.stringify(finding) && ends.some(([, type]) => type === 121) && ends.length === 15;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node telemetry.mjs
