#!/usr/bin/env bash
# ojousima.ruuvi_endpoints.ts (npm): a RuuviTag whose temperature is unknown is at -163.8 degrees, and an unknown battery is full.
#
# Expected: Ruuvi's data formats 5 and C5 have a value of each field that says "not available", and the package gives null for it. For the
#   temperature it is 8000h, for the voltage 2047, the highest number of 11 bits (docs.ruuvi.com, data format 5, where one of the
#   test vectors has nothing but these).
# Seen: humidity, pressure, acceleration, movements, sequence and transmission power of that vector are null. The temperature is -163.835
#   and the battery 3.647 V, in both formats: 65,535 is taken off a negative temperature in place of 65,536, so 8000h is not met, and the
#   voltage is compared with 2047 after 1600 was added to the one and not to the other. For the same reason all temperatures below 0 are
#   5 thousandths of a degree too high, and FFFFh, -0.005, is 0.
# Why it matters: a tag sends these values for what it could not measure. It is then the coldest in the house with the best battery, and an
#   average or an alarm takes both for measured; a check for null, which finds all other fields, passes.
# What to do: look at the bytes before you believe the two: 8000h in bytes 1 and 2, and the first 11 bits of the power field, bytes 13 and
#   14 of format 5, 7 and 8 of C5, all set (checked below); take 0.005 off what is below 0.
. "$(dirname "$0")/common.bash"

npm_packages ojousima.ruuvi_endpoints.ts@4.1.0

cat > ruuvi.mjs <<'JS'
import ruuvi from 'ojousima.ruuvi_endpoints.ts';

const fields = ['temperatureC', 'humidityRh', 'pressurePa', 'batteryVoltageV', 'txPowerDBm', 'movementCounter', 'measurementSequence'];
// The place of the power field in each format.
const formats = { '05': { power: 13, parse: ruuvi.df5parser }, C5: { power: 7, parse: ruuvi.dfc5parser } };

function careful(format, data) {
  const value = formats[format].parse(data);
  const raw = data.readInt16BE(1);
  value.temperatureC = raw === -0x8000 ? null : raw / 200;
  if (data.readUInt16BE(formats[format].power) >> 5 === 0x7ff) value.batteryVoltageV = null;
  return value;
}
let same = true;
for (const [what, format, hex, wanted, finding] of [
  ['24.3 degrees, 2.977 V', '05', '0512FC5394C37C0004FFFC040CAC364200CDCBB8334C884F', { temperatureC: 24.3, batteryVoltageV: 2.977 }, {}],
  ['-10 degrees', '05', '05F8305394C37C0004FFFC040CAC364200CDCBB8334C884F', { temperatureC: -10 }, { temperatureC: -9.995 }],
  ['all not available', '05', '058000FFFFFFFF800080008000FFFFFFFFFFFFFFFFFFFFFF', Object.fromEntries(fields.map((field) => [field, null])),
    { temperatureC: -163.835, batteryVoltageV: 3.647 }],
  ['all not available', 'C5', 'C58000FFFFFFFFFFFFFFFFFFFFFFFFFFFFFF', Object.fromEntries(fields.map((field) => [field, null])),
    { temperatureC: -163.835, batteryVoltageV: 3.647 }],
]) {
  const data = Buffer.from(hex, 'hex');
  const [got, cured] = [formats[format].parse(data), careful(format, data)];
  const differ = Object.keys(wanted).filter((field) => got[field] !== wanted[field]);
  const shown = (value) => Object.keys(wanted).map((field) => `${field} ${value[field]}`).join(', ');
  console.log(`format ${format}, ${what}: got ${shown(got)}`);
  console.log(`  not as expected: ${differ.join(', ') || 'none'}; looked at the bytes: ${shown(cured)}`);
  same = same && differ.join() === Object.keys(finding).join() && differ.every((field) => got[field] === finding[field])
    && Object.keys(wanted).every((field) => cured[field] === wanted[field]);
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node ruuvi.mjs
