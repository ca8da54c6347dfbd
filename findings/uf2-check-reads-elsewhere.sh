#!/usr/bin/env bash
# uf2 (npm): isUF2Block() looks at the beginning of the file, whichever block it is given; Node's own buffers fail it though they are valid.
#
# Expected: isUF2Block(data) says whether these 512 bytes are a block: the three magic numbers are at offsets 0, 4 and 508 of each (the
#   UF2 specification), and a reader must pass over blocks that are none.
# Seen: it makes its DataView of data.buffer, without the offset of data in it. Of a file that was read whole it checks the first block
#   each time: a second block of zeros is a block, and behind a first one that is to be passed over no block is found. Of a small Buffer it
#   checks what else is in Node's pool, so a valid block in a Buffer of its own is none. encodeBlock() and decodeBlock() go by the offset;
#   decodeBlock() throws where the magic numbers are wrong.
# Why it matters: "for each 512 bytes: if isUF2Block, write" is the loop that such a function is for. It writes nothing of what came over a
#   stream, with no error, and of a damaged file it asks for no second look. Tests with Uint8Array, each block by itself, are all right.
# What to do: hand over a copy, Uint8Array.from(block), or use decodeBlock() alone and catch its error (both checked below).
. "$(dirname "$0")/common.bash"

npm_packages uf2@2.0.0

cat > blocks.mjs <<'JS'
import { readFileSync, writeFileSync } from 'node:fs';
import uf2 from 'uf2';

const { decodeBlock, encodeBlock, isUF2Block, UF2Flags } = uf2;
const block = (blockNumber) => encodeBlock({
  flags: UF2Flags.familyIDPresent, flashAddress: 0x10000000 + 256 * blockNumber, payload: new Uint8Array(256).fill(blockNumber),
  blockNumber, totalBlocks: 2, boardFamily: 0xe48bff56,
});
const decodes = (data) => { try { return Boolean(decodeBlock(data)); } catch { return false; } };
const zeros = new Uint8Array(512);
let same = true;

// How many pieces of a file that was read whole are blocks.
function file(what, blocks, finding) {
  writeFileSync('firmware.uf2', Buffer.concat(blocks));
  const data = readFileSync('firmware.uf2');
  const pieces = blocks.map((_, i) => data.subarray(512 * i, 512 * i + 512));
  const count = (is) => pieces.filter(is).length;
  const [expected, got, copied] = [count(decodes), count(isUF2Block), count((piece) => isUF2Block(Uint8Array.from(piece)))];
  console.log(`${what}: expected ${expected} of ${blocks.length} (as decodeBlock), got ${got}; with a copy ${copied}`);
  same = same && got === finding && copied === expected && expected !== got;
}
const more = Array(16).fill(block(1)); // 8 KB and more: a buffer of its own, not of the pool
file('a block, then zeros, then blocks', [block(0), zeros, ...more], 18);
file('zeros, then blocks', [zeros, block(0), ...more], 0);

// A block that came by itself, as from a stream, behind something else in Node's pool.
Buffer.from('something else');
const small = Buffer.from(block(1));
const [got, copied] = [isUF2Block(small), isUF2Block(Uint8Array.from(small))];
console.log(`one valid block in a Buffer: expected true, got ${got}; decodeBlock ${decodes(small)}; with a copy ${copied}`);
same = same && !got && decodes(small) && copied;
console.log(`the same as Uint8Array of its own: ${isUF2Block(block(1))}`);
same = same && isUF2Block(block(1));
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node blocks.mjs
