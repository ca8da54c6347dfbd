#!/usr/bin/env bash
# govee-bt-client (npm): the temperature of a Govee H5179 moves with its humidity, and an iBeacon is a thermometer.
#
# Expected: an H5179 sends 01 88 EC 00 01 01, temperature and humidity in hundredths, the low byte first, and the battery (so Theengs
#   Decoder, which ESP32 gateways use, reads it). An advertisement of somebody else, such as an iBeacon, gives no reading.
# Seen: the temperature is made of its own high byte and of the low byte of the HUMIDITY: 23.50 degrees are 24.20 at 37.00 %, 23.05 at
#   35.85 % and 25.59 at 35.83 %. The package's own test has the 24.20. A device is an H5101 when "0100" is anywhere in the hexadecimal
#   text: an H5179 at 23.04 degrees (00 09, behind 01 01) is then 6.58 degrees, 79.2 %, battery 9 %; and so is an iBeacon with major 1 and
#   minor 0, whose UUID becomes temperature and humidity.
# Why it matters: all values are such as a room has, and their mean is not far off; the temperature jumps by up to 2.55 degrees when only
#   the humidity changes. Once in 256 values of the temperature there is a spike, and each visitor with a beacon is one more thermometer.
# What to do: go by company, length and address, and read the bytes of the H5179 yourself (checked below).
. "$(dirname "$0")/common.bash"

npm_packages govee-bt-client@1.0.14

cat > govee.mjs <<'JS'
import decode from 'govee-bt-client/dist/decode.js';
import validation from 'govee-bt-client/dist/validation.js';

const known = (hex) => validation.isValidPeripheral({ address: '', advertisement: { manufacturerData: Buffer.from(hex, 'hex') } });
const shown = ({ tempInC, humidity, battery }) => `${tempInC} degrees, ${humidity} %, battery ${battery} %`;
function h5179(temperature, humidity) {
  const data = Buffer.from('0188ec0001010000000064', 'hex');
  data.writeInt16LE(Math.round(temperature * 100), 6);
  data.writeUInt16LE(Math.round(humidity * 100), 8);
  return data.toString('hex');
}
function own(hex) {
  const data = Buffer.from(hex, 'hex');
  if (data.length !== 11 || !hex.startsWith('0188ec')) return undefined;
  return { tempInC: data.readInt16LE(6) / 100, humidity: data.readUInt16LE(8) / 100, battery: data[10] };
}
let same = true;
for (const [temperature, humidity, finding] of [
  [23.5, 37, '24.2 degrees, 37 %, battery 100 %'], [23.5, 35.85, '23.05 degrees, 35.85 %, battery 100 %'],
  [23.5, 35.83, '25.59 degrees, 35.83 %, battery 100 %'], [23.04, 37, '6.5792 degrees, 79.2 %, battery 9 %'],
]) {
  const hex = h5179(temperature, humidity);
  const wanted = `${temperature} degrees, ${humidity} %, battery 100 %`;
  const got = shown(decode.decodeAny(hex));
  console.log(`${hex}: expected ${wanted}; got ${got}; by the bytes ${shown(own(hex))}`);
  same = same && known(hex) && got === finding && shown(own(hex)) === wanted;
}
// Apple's iBeacon: 4C00, 0215, UUID, major 1, minor 0, power.
const beacon = '4c0002150203c1d2e3f4405162738495a6b7c8d900010000c5';
const got = known(beacon) ? shown(decode.decodeAny(beacon)) : 'no reading';
console.log(`iBeacon: expected no reading, got ${got}; by the bytes ${own(beacon) ?? 'no reading'}`);
same = same && got === '13.2033 degrees, 3.3 %, battery 210 %' && !own(beacon);
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node govee.mjs
