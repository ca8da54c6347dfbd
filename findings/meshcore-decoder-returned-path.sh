#!/usr/bin/env bash
# @michaelhart/meshcore-decoder (npm): a returned path is encrypted, and the decoder reads its addresses and its cipher text as a route of
#   nodes.
#
# Expected: returned path, request, response and text message "are all formatted in the same way": hash of the destination, hash of the
#   source, two bytes of MAC, cipher text; path length and path are inside the cipher text (MeshCore, docs/payloads.md, "Returned path,
#   request, response, and plain text message"). The package's table of payloads says of type 8 "decoding" with a tick, "decryption N/A".
# Seen: for requests, responses and texts it gives the two hashes. For a returned path the hash of the destination is the path's length,
#   and the source, the MAC and the cipher text are its nodes, with "isValid" true and no error. Whose hash says more nodes than the
#   packet has gets "isValid" false: the same packet is right or wrong by whom it is addressed to. meshcore.js reads both as what they
#   are.
# Why it matters: the returned path is the receipt of a flooded message, so every chat has them. A map or an analyser that is made of this
#   package draws routes by way of nodes that were never there (one byte is enough to match some node), another one for each packet.
# What to do: for payload type 8 take destination and source from the raw payload (checked below), or from meshcore.js, and no path.
. "$(dirname "$0")/common.bash"

npm_packages @michaelhart/meshcore-decoder@0.3.0 @liamcottle/meshcore.js@1.13.0

cat > path.mjs <<'JS'
import { createCipheriv, createHmac } from 'node:crypto';
import { Packet } from '@liamcottle/meshcore.js';
import decoder from '@michaelhart/meshcore-decoder';

const { MeshCoreDecoder } = decoder;
const REQUEST = 0, RESPONSE = 1, TEXT = 2, PATH = 8;
const FLOOD = 1;

// What two nodes share; a packet is encrypted and signed as the firmware's Utils::encryptThenMAC does.
const secret = Buffer.from('5f2a91c04be7763d18a5f09c2d64be13aa0977e15cf3824b6d1f0e95c8b73a42', 'hex');
function packet(type, destination, source, plain) {
  const cipher = createCipheriv('aes-128-ecb', secret.subarray(0, 16), null).setAutoPadding(false);
  const text = cipher.update(Buffer.concat([plain, Buffer.alloc((16 - plain.length % 16) % 16)]));
  const mac = createHmac('sha256', secret).update(text).digest().subarray(0, 2);
  return Buffer.concat([Buffer.from([(type << 2) | FLOOD, 0, destination, source]), mac, text]);
}

// Two hops, 0x3C and 0x7E, and an ACK (type 3) in the same packet
const plain = Buffer.from('023c7e03a1b2c3d4', 'hex');
let same = true;
const expect = (what, got, wanted) => {
  console.log(`${what}: ${JSON.stringify(got)}`);
  if (JSON.stringify(got) !== JSON.stringify(wanted)) same = false;
};

for (const [name, type] of [['request', REQUEST], ['response', RESPONSE], ['text', TEXT]]) {
  const bytes = packet(type, 0x04, 0x5f, plain);
  const { isValid, destinationHash, sourceHash } = MeshCoreDecoder.decode(bytes.toString('hex')).payload.decoded;
  expect(`${name} from 5F to 04`, { isValid, destinationHash, sourceHash }, { isValid: true, destinationHash: '04', sourceHash: '5F' });
}
console.log('expected of each returned path: from 5F, to the node named; the path is 3C, 7E and not to be read without the key');
for (const [destination, valid, length, hashes] of [
  [0x04, true, 4, 4], [0x41, true, 1, 1], [0x80, true, 0, 0], [0xa7, false, 39, 0], [0xc3, false, 0, 0],
]) {
  const bytes = packet(PATH, destination, 0x5f, plain);
  const { isValid, pathLength, pathHashes, errors } = MeshCoreDecoder.decode(bytes.toString('hex')).payload.decoded;
  const to = destination.toString(16).padStart(2, '0').toUpperCase();
  console.log(`returned path from 5F to ${to}: ${pathLength} nodes [${pathHashes}], valid ${isValid} ${errors ?? ''}`);
  same = same && isValid === valid && pathLength === length && pathHashes.length === hashes;
  same = same && (hashes === 0 || pathHashes[0].startsWith('5F'));
  const { dest, src } = Packet.fromBytes(bytes).parsePayload();
  const raw = Buffer.from(MeshCoreDecoder.decode(bytes.toString('hex')).payload.raw, 'hex');
  same = same && dest === destination && src === 0x5f && raw[0] === destination && raw[1] === 0x5f;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node path.mjs
