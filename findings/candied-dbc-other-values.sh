#!/usr/bin/env bash
# candied (npm): from a DBC file it reads signals in Motorola order at another place, floats as integers, and "not available" as 250 km/h.
#
# Expected: the start bit of a signal in Motorola order (@0) is that of its most significant bit, and SIG_VALTYPE_ 1 or 2 makes a signal an
#   IEEE float or double; minimum and maximum are what is valid. An id with the highest bit set is an extended one, whose frame has the
#   other 29 (DBC File Format Documentation of Vector, chapter 8). The package names type detection and the decoding of frames as its work.
# Seen: it takes the start bit for the least significant one: 7|16@0, the first two bytes, is NaN, and 23|16@0 begins in the second bit.
#   A float of 1.5 is 1069547520, though dataType says "float". A value outside minimum and maximum becomes the nearest of them: FFh of a
#   speed up to 250, which the file itself calls "not available", is 250 km/h. A frame of an extended id is undefined.
# Why it matters: most of a car's and all of a lorry's signals are of these kinds. A number comes out, in the range of the file, and
#   plausible: the maximum looks like a fast car, and NaN is the one that is found.
# What to do (checked below): before decoding set startBit of each Motorola signal to its lowest bit; take rawValue times factor plus offset
#   in place of value, and the bits of rawValue where dataType is float; put the highest bit into the id of an extended frame.
. "$(dirname "$0")/common.bash"

npm_packages candied@2.2.0

cat > signals.mjs <<'JS'
import { Can, Dbc } from 'candied';

const file = `VERSION ""

NS_ :

BS_:

BU_: ECU

BO_ 100 Motor: 8 ECU
 SG_ Torque : 0|32@1- (1,0) [0|0] "Nm" ECU
 SG_ Oil : 32|8@1- (1,0) [-40|120] "C" ECU
 SG_ Speed : 40|8@1+ (1,0) [0|250] "km/h" ECU

BO_ 101 Wheels: 4 ECU
 SG_ Front : 7|16@0+ (1,0) [0|0] "" ECU
 SG_ Rear : 23|16@0+ (1,0) [0|0] "" ECU

BO_ 2566834686 Engine: 8 ECU
 SG_ Revolutions : 24|16@1+ (0.125,0) [0|8031.875] "rpm" ECU

SIG_VALTYPE_ 100 Torque : 1;
VAL_ 100 Speed 255 "not available" ;
`;
const expected = 'Torque 1.5, Oil -45, Speed 255 (not available), Front 4660, Rear 22136, Revolutions 1000';

const engine = Buffer.alloc(8);
engine.writeUInt16LE(8000, 3);
const motor = Buffer.alloc(8);
motor.writeFloatLE(1.5, 0);
motor.writeInt8(-45, 4);
motor.writeUInt8(255, 5);
const frames = [[100, [...motor], false], [101, [0x12, 0x34, 0x56, 0x78], false], [2566834686 - 2 ** 31, [...engine], true]];
function decoded(can, idOf, valueOf) {
  return frames.map(([id, payload, extended]) => {
    const message = can.decode(can.createFrame(idOf(id, extended), payload, extended));
    return message ? [...message.boundSignals].map(([name, signal]) => `${name} ${valueOf(signal)}`).join(', ') : `frame ${id} ${message}`;
  }).join(', ');
}

const can = new Can();
can.database = new Dbc().load(file);
const torque = can.getMessageById(100).signals.get('Torque').dataType;
const seen = decoded(can, (id) => id, ({ value }) => value);

// The same with what this finding says to do.
const mirrored = (bit) => 8 * Math.floor(bit / 8) + 7 - (bit % 8);
for (const message of can.idMap.values()) {
  for (const signal of message.signals.values()) {
    if (signal.endian === 'Motorola') signal.startBit = mirrored(mirrored(signal.startBit) + signal.length - 1);
  }
}
const cured = decoded(can, (id, extended) => (extended ? id + 2 ** 31 : id), ({ rawValue, boundData: { signal } }) => {
  const bits = Buffer.alloc(4);
  if (signal.dataType === 'float') bits.writeInt32BE(rawValue);
  const value = (signal.dataType === 'float' ? bits.readFloatBE() : rawValue) * signal.factor + signal.offset;
  return signal.valueTable?.has(value) ? `${value} (${signal.valueTable.get(value)})` : value;
});

console.log(`expected: ${expected}\nseen:     ${seen}\n  Torque is of the type "${torque}"\ncured:    ${cured}`);
const same = torque === 'float' && cured === expected
  && seen === 'Torque 1069547520, Oil -40, Speed 250, Front NaN, Rear 9320, frame 419351038 undefined';
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node signals.mjs
