#!/usr/bin/env bash
# lwm2m-codec (npm): of a resource with several instances only the first is read from JSON, and a 64-bit float is read as another number.
#
# Expected: the specification's own JSON example, the Device object /3/0, has two power sources: "6/0" and "6/1" with 1 and 5, their
#   voltages "7/0" and "7/1" with 3800 and 5000 (OMA LwM2M 1.0, section 6.4.4). In TLV a float has 4 bytes or 8, and the length says which (same
#   document, appendix C, data types, "Float").
# Seen: decode("json") gives { "0": 1 } and { "0": 3800 }: the second instance and all after it are gone, also from what the own encode() of
#   the package wrote. decode("tlv") reads the first half of an 8-byte float as a 4-byte one: 25.5 comes as 2.8984375, which a thermometer
#   could have said. Nothing is thrown. TLV keeps all instances, and 4-byte floats are right.
# Why it matters: of a board with USB and battery the battery is the second instance, and it is the one that matters. Which length a client
#   writes for a float is its own choice and may depend on the value, so a reading can be right for weeks and then off by a factor of nine.
# What to do: ask for TLV where there are instances, and for JSON (or SenML) where there are floats; or read both formats by hand.
. "$(dirname "$0")/common.bash"

npm_packages lwm2m-codec@0.1.1

cat > instances.mjs <<'JS'
import codec from 'lwm2m-codec';

// From the specification: two power sources and their voltages.
const json = '{"bn":"/3/0/","e":[{"n":"0","sv":"Open Mobile Alliance"},{"n":"6/0","v":1},{"n":"6/1","v":5},'
  + '{"n":"7/0","v":3800},{"n":"7/1","v":5000}]}';
const device = codec.decode('json', '/3/0', Buffer.from(json));
const own = codec.decode('json', '/3/0', codec.encode('json', '/3/0', { 6: { 0: 1, 1: 5 } }));
const tlv = codec.decode('tlv', '/3/0', codec.encode('tlv', '/3/0', { 6: { 0: 1, 1: 5 } }));

// Resource 5700 (sensor value, a float) of a thermometer /3303/0: type and length, identifier, value.
const float = (length) => {
  const value = Buffer.alloc(length);
  if (length === 8) value.writeDoubleBE(25.5);
  else value.writeFloatBE(25.5);
  return Buffer.concat([Buffer.from(length === 8 ? [0xe8, 0x16, 0x44, 8] : [0xe4, 0x16, 0x44]), value]);
};
const short = codec.decode('tlv', '/3303/0', float(4)).sensorValue;
const long = codec.decode('tlv', '/3303/0', float(8)).sensorValue;

const show = (value) => JSON.stringify(value);
console.log(`JSON, power sources: expected {"0":1,"1":5}, got ${show(device.availPwrSrc)}`);
console.log(`JSON, voltages: expected {"0":3800,"1":5000}, got ${show(device.pwrSrcVoltage)}`);
console.log(`JSON of its own: expected {"0":1,"1":5}, got ${show(own.availPwrSrc)}`);
console.log(`TLV of its own: ${Object.keys(tlv.availPwrSrc).length} instances`);
console.log(`TLV, float of 4 bytes: expected 25.5, got ${short}`);
console.log(`TLV, float of 8 bytes: expected 25.5, got ${long}`);
const same = device.manuf === 'Open Mobile Alliance' && show(device.availPwrSrc) === '{"0":1}'
  && show(device.pwrSrcVoltage) === '{"0":3800}' && show(own.availPwrSrc) === '{"0":1}' && Object.keys(tlv.availPwrSrc).length === 2
  && short === 25.5 && long === 2.8984375;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node instances.mjs
