#!/usr/bin/env bash
# @crapougnax/cayennelpp and cayenne-lpp (npm): behind a position the temperature is missing, a switch has 235, and 4.35 V go out as 4.34.
#
# Expected: Cayenne LPP is channel, type and value, one behind the other, and the type gives the length: 9 bytes for a position, 6 for an
#   accelerometer (myDevices, cayenne-docs, LORA.md, whose examples are used below). Luminosity has no sign; an analog value has hundredths.
# Seen: @crapougnax/cayennelpp knows 6 of the 12 types. At another it writes "Unsupported data type" to the console and goes on one byte
#   later, so that the value itself is read as channels and types. The format's example of a position gives the channels 0, 1, 6, 95, 150
#   and 232, all empty. A temperature of 23.5 behind it is missing, and channel 103 is a digital input of 235. Behind a digital output it
#   is the same. 65000 lux are -536. The encoder is full after 13 bytes: the fourth temperature returns 0, and the payload has three.
#   cayenne-lpp reads all of it right, but its encoder cuts in place of rounding: of the hundredths of an analog value one in 16 goes out a
#   step too low.
# Why it matters: a tracker sends its position first. What comes out is an object of channels like any other: the value is not an error but
#   not there, and one that nobody has measured is, on a channel that may be in use.
# What to do: decode with cayenne-lpp, and add a thousandth (take one off below zero) before you encode with it (both checked below).
. "$(dirname "$0")/common.bash"

npm_packages @crapougnax/cayennelpp@1.2.0 cayenne-lpp@1.0.2

cat > payloads.mjs <<'JS'
import crapougnax from '@crapougnax/cayennelpp';
import lpp from 'cayenne-lpp';

const log = console.log;
let same = true;
function first(data) {
  console.log = () => {};
  const decoder = new crapougnax.LPPDecoder();
  decoder.decode(data);
  console.log = log;
  return JSON.stringify(decoder.getChannels());
}
const second = (data) => JSON.stringify(lpp.decoder.decode(data)).replace(/\},\{/g, ',').slice(1, -1);
const position = '{"0":{},"1":{},"6":{},"95":{},"150":{},"232":{}';
for (const [hex, wanted, finding] of [
  ['03670110056700FF', '{"temperature_3":27.2,"temperature_5":25.5}', '{"3":{"temperature":27.2},"5":{"temperature":25.5}}'],
  ['067104D2FB2E0000', '{"accelerometer_6":{"x":1.234,"y":-1.234,"z":0}}', '{"0":{},"4":{},"6":{},"251":{}}'],
  ['018806765FF2960A0003E8', '{"gps_1":{"latitude":42.3519,"longitude":-87.9094,"altitude":10}}', `${position}}`],
  ['018806765FF2960A0003E8036700EB', '{"gps_1":{"latitude":42.3519,"longitude":-87.9094,"altitude":10},"temperature_3":23.5}',
    `${position.replace('"150"', '"103":{"digital":235},"150"')}}`],
  ['010164036700EB', '{"digital_output_1":100,"temperature_3":23.5}', '{"1":{},"100":{},"103":{"digital":235}}'],
  ['0365FDE8', '{"luminosity_3":65000}', '{"3":{"luminosity":-536}}'],
]) {
  const data = Buffer.from(hex, 'hex');
  log(`${hex}: expected ${wanted}`);
  log(`  @crapougnax/cayennelpp ${first(data)}; cayenne-lpp ${second(data)}`);
  same = same && second(data) === wanted && first(data) === finding;
}

const encoder = new crapougnax.LPPEncoder();
const lengths = [1, 2, 3, 4].map((channel) => encoder.addTemperature(channel, 20 + channel));
log(`four temperatures for @crapougnax/cayennelpp: ${lengths.join(' ')} bytes, payload ${encoder.getPayload().toString('hex')}`);
same = same && lengths.join() === '4,8,12,0' && encoder.getPayload().toString('hex').startsWith('016700d2026700dc036700e6');

const wrong = { plain: 0, cured: 0 };
const all = 65535;
for (let step = -32767; step <= 32767; step++) {
  const value = step / 100;
  if (lpp.encoder.encodeAnalogInput(1, value).readInt16BE(2) !== step) wrong.plain++;
  if (step < 32767 && step > -32767
    && lpp.encoder.encodeAnalogInput(1, value + 0.001 * Math.sign(value)).readInt16BE(2) !== step) wrong.cured++;
}
const volts = lpp.encoder.encodeAnalogInput(1, 4.35).readInt16BE(2) / 100;
log(`cayenne-lpp: 4.35 goes out as ${volts}; ${wrong.plain} of ${all} hundredths a step off, ${wrong.cured} with a thousandth more`);
same = same && volts === 4.34 && wrong.plain > all / 20 && wrong.plain < all / 12 && wrong.cured === 0;
log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node payloads.mjs
