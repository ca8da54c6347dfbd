#!/usr/bin/env bash
# smartmeter-obis and open-sml (npm): the day that a meter's count takes five bytes, the meter has no values at all any more.
#
# Expected: SML writes integers without the leading bytes that say nothing, so an Unsigned64 has one to eight bytes, as its length tells
#   (BSI TR-03109-1, annex on SML); libsml fills up what is missing. A list with one entry more or less is a list.
# Seen: open-sml reads integers of 1, 2, 3, 4 and 8 bytes, signed ones of 5 too. Of an unsigned one with 5, 6 or 7 bytes, or a signed one
#   with 6 or 7, it reads the length and not the bytes, takes these for the next field, and throws: smartmeter-obis gives "Unknown
#   TL-Field for SmlListEntry!" for the whole message, the power that is in it included. libsml reads the same bytes.
# Why it matters: a meter that counts tenths of a watt-hour, as many do, comes to five bytes at 429,496.7 kWh: a factory's or a solar
#   park's after years, overnight; one of thousandths or ten thousandths in a house. It looks like a broken reading head.
# What to do: read the meter with libsml; or write such an integer with eight bytes before the parser gets it (checked below; its
#   checksum is not right then, so check that yourself and set protocolSmlIgnoreInvalidCRC).
. "$(dirname "$0")/common.bash"

npm_packages smartmeter-obis@4.0.0
debian_packages python3 libsml1

cat > number.py <<'PY'
# What libsml makes of an integer, given as its bytes in hexadecimal.
import ctypes
import sys

sml = ctypes.CDLL('libsml.so.1')
class Buffer(ctypes.Structure):
    _fields_ = [('buffer', ctypes.c_void_p), ('length', ctypes.c_size_t), ('cursor', ctypes.c_int), ('error', ctypes.c_int)]
sml.sml_buffer_init.restype = ctypes.POINTER(Buffer)
sml.sml_buffer_init.argtypes = [ctypes.c_size_t]
sml.sml_number_parse.restype = ctypes.c_void_p
sml.sml_number_parse.argtypes = [ctypes.POINTER(Buffer), ctypes.c_ubyte, ctypes.c_int]

for word in sys.argv[1:]:
    data = bytes.fromhex(word)
    buffer = sml.sml_buffer_init(len(data))
    ctypes.memmove(buffer.contents.buffer, data, len(data))
    number = sml.sml_number_parse(buffer, data[0] & 0x70, 8)
    kind = ctypes.c_int64 if data[0] & 0x70 == 0x50 else ctypes.c_uint64
    print(kind.from_address(number).value if number else 'nothing')
PY

cat > meter.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const smartmeter = createRequire(import.meta.url)('smartmeter-obis');
function checksum(bytes) {
  let sum = 0xFFFF;
  for (const byte of bytes) {
    sum ^= byte;
    for (let i = 0; i < 8; i++) sum = sum & 1 ? (sum >>> 1) ^ 0x8408 : sum >>> 1;
  }
  return [~sum & 0xFF, (~sum >>> 8) & 0xFF];
}
const octets = (...bytes) => [bytes.length + 1, ...bytes];
function message(number, kind, body) {
  const start = [0x76, ...octets(number), 0x62, 0, 0x62, 0, 0x72, 0x63, kind >> 8, kind & 0xFF, ...body];
  return [...start, 0x63, ...checksum(start), 0];
}
function integer(signed, length, value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return [(signed ? 0x50 : 0x60) | (length + 1), ...bytes.subarray(8 - length)];
}
const entry = (code, unit, scaler, value) => [0x77, ...octets(...code), 1, 1, 0x62, unit, 0x52, scaler & 0xFF, ...value, 1];
// What a meter sends: its count in tenths of a watt-hour, and its power.
function telegram(count) {
  const list = [0x72, ...entry([1, 0, 1, 8, 0, 255], 30, -1, count), ...entry([1, 0, 16, 7, 0, 255], 27, 0, integer(true, 2, 1500))];
  const bytes = [0x1B, 0x1B, 0x1B, 0x1B, 1, 1, 1, 1,
    ...message(1, 0x101, [0x76, 1, 1, ...octets(1), ...octets(1, 2, 3, 4), 1, 1]),
    ...message(2, 0x701, [0x77, 1, ...octets(1, 2, 3, 4), 1, 1, ...list, 1, 1]),
    ...message(3, 0x201, [0x71, 1])];
  const fill = (4 - bytes.length % 4) % 4;
  bytes.push(...Array(fill).fill(0), 0x1B, 0x1B, 0x1B, 0x1B, 0x1A, fill);
  return Buffer.from([...bytes, ...checksum(bytes)]);
}
function seen(bytes, more) {
  writeFileSync('telegram.bin', bytes);
  const options = {
    protocol: 'SmlProtocol', transport: 'LocalFileTransport', transportLocalFilePath: 'telegram.bin', requestInterval: 0, debug: 0, ...more,
  };
  return new Promise((done) => {
    const reader = smartmeter.init(options, (error, result) => {
      reader.stop(() => {});
      done(error ? error.message.replace(/: Message:.*/s, '').replace(/^Error while parsing SML message: Error: /, '')
        : Object.values(result).map((value) => value.valueToString()).join(', '));
    });
    reader.process();
  });
}

let same = true;
const hex = (bytes) => Buffer.from(bytes).toString('hex');
for (const [signed, length, value] of [[false, 4, 2 ** 32 - 1], [false, 5, 2 ** 32], [false, 6, 2 ** 40], [false, 8, 2 ** 32],
  [true, 5, 2 ** 32], [true, 6, 2 ** 40]]) {
  const count = integer(signed, length, value);
  const expected = `${value / 10000} kWh, 1500 W`;
  const got = await seen(telegram(count));
  const libsml = execFileSync('python3', ['number.py', hex(count)], { encoding: 'utf8' }).trim();
  console.log(`${signed ? 'signed' : 'unsigned'}, ${length} bytes: expected "${expected}", got "${got}"; libsml ${libsml}`);
  const lost = length > 5 && length < 8 || length === 5 && !signed;
  // The count with eight bytes in place of its own, and the checksums left as they were.
  const longer = Buffer.from(telegram(count).toString('hex').replace(hex(count), hex(integer(signed, 8, value))), 'hex');
  const cured = await seen(longer, { protocolSmlIgnoreInvalidCRC: true });
  if (cured !== expected) console.log(`  written with eight bytes: ${cured}`);
  same = same && cured === expected && got === (lost ? 'Unknown TL-Field for SmlListEntry!' : expected) && libsml === String(value);
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node meter.mjs
