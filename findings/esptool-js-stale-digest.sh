#!/usr/bin/env bash
# esptool-js 0.7.0: setting the flash size or mode leaves the boot loader's SHA-256 wrong, and says nothing.
#
# Expected: byte 23 of an ESP image says whether a SHA-256 of the image follows it (esp_image_header_t.hash_appended, 0 or 1).
#   Whoever changes bytes 2 and 3 (flash mode, size, frequency) must make that digest anew, as esptool does; the code of
#   esptool-js means to do so too ("Recalculate SHA digest if needed").
# Seen: esptool-js compares byte 23 with the character '1' (31h), which no image has. The header is changed, the old digest stays,
#   and the log has neither a remark nor a warning. The MD5 check after writing passes: it covers the changed image.
# Why it matters: the ROM of ESP32-C3, S3 and others prints "SHA-256 comparison failed" at each start, and under secure boot the
#   signature covers the old bytes. Web installers that offer "flash size: detect" meet this on every board whose flash is not
#   of the size the image was built for.
# What to do: keep flashMode, flashFreq and flashSize at "keep" and ship an image for each flash size, or build the boot loader
#   without an appended digest, or make the digest anew before handing the image over.
. "$(dirname "$0")/common.bash"

npm_packages esptool-js@0.7.0

cat > digest.mjs <<'JS'
import { createHash } from 'node:crypto';
import { ESPLoader } from 'esptool-js';
import { ESP32ROM } from './node_modules/esptool-js/lib/targets/esp32.js';

const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');

// A valid ESP32 image: 24-byte header (magic E9, 1 segment, DIO, 4 MB at 40 MHz, entry, ..., hash_appended 1), one segment of
// 64 bytes, padding and checksum up to a multiple of 16, SHA-256 of all that.
const header = Buffer.alloc(24);
header.set([0xe9, 1, 2, 0x20]);
header.writeUInt32LE(0x40080000, 4);
header[8] = 0xee;
header[23] = 1;
const data = Buffer.alloc(64, 0x5a);
const place = Buffer.alloc(8);
place.writeUInt32LE(0x3fff0000, 0);
place.writeUInt32LE(data.length, 4);
const parts = Buffer.concat([header, place, data]);
const checksum = data.reduce((sum, byte) => sum ^ byte, 0xef);
const body = Buffer.concat([parts, Buffer.alloc(15 - (parts.length % 16)), Buffer.from([checksum])]);
const image = Buffer.concat([body, Buffer.from(sha(body), 'hex')]);

const log = [];
const terminal = { clean() {}, write: (text) => log.push(text), writeLine: (text) => log.push(text) };
const transport = { getInfo: () => '', trace() {} };
const loader = new ESPLoader({ transport, baudrate: 115200, terminal });
loader.chip = new ESP32ROM();
log.length = 0;

// In place of the chip: take what would be sent to it.
let written;
loader.flashBegin = async () => 1;
loader.flashBlock = async (block) => { written = Buffer.from(block).subarray(0, image.length); };
await loader.writeFlash({
  fileArray: [{ data: new Uint8Array(image), address: 0x1000 }],
  flashMode: 'keep', flashFreq: 'keep', flashSize: '8MB', eraseAll: false, compress: false,
});

const stored = written.subarray(body.length).toString('hex');
const right = sha(written.subarray(0, body.length));
console.log('header before', image.subarray(0, 4).toString('hex'), 'after', written.subarray(0, 4).toString('hex'), '(8 MB)');
console.log('digest expected', right);
console.log('digest seen    ', stored, stored === sha(body) ? '(that of the unchanged image)' : '');
console.log('log:', JSON.stringify(log));
const same = written[3] === 0x30 && stored !== right && stored === sha(body) && !log.some((line) => /sha|digest/i.test(line));
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node digest.mjs
