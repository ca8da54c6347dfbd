#!/usr/bin/env bash
# slip (npm): a message that is half as long as maxMessageSize is "too large", and after it the decoder hands on nothing any more.
#
# Expected: README, Decoder options: messages larger than maxMessageSize "will cause the onError callback to be invoked"; all others go to
#   onMessage. SLIP has an END behind each packet so that a reader finds the next one (RFC 1055).
# Seen: what is compared is not the message but the buffer, which starts with 1024 bytes and doubles, and never shrinks. With a limit of
#   2048 or 1500 a message of 1025 bytes fails, and from then on each byte of each message is an error of its own, "the message is too
#   large", down to a message of one byte. With a limit of 1024 or less nothing ever comes. A limit of 4096 works up to 2048 bytes.
# Why it matters: the limit is set by whom it is to protect: a gateway on a serial line with packets of 1500 bytes. It runs for days, until
#   the first long packet, and is deaf until it is restarted; who has no onError sees nothing at all. The `osc` package reads serial ports
#   with this decoder, but with the limit of 10 MB, where it takes 8 MB.
# What to do: leave maxMessageSize away and look at the length in onMessage, or make a new decoder in onError (both checked below).
. "$(dirname "$0")/common.bash"

npm_packages slip@1.0.2 @serialport/parser-slip-encoder@13.0.0

cat > limits.mjs <<'JS'
import { SlipDecoder } from '@serialport/parser-slip-encoder';
import slip from 'slip';

const sent = [10, 600, 1024, 1025, 10, 600, 1];
const packets = sent.map((length) => slip.encode(Buffer.alloc(length, 7)));
let same = true;
function compare(what, wanted, got, finding) {
  console.log(`${what}: sent ${sent.join(' ')}, expected ${wanted.join(' ')}, got ${got.join(' ') || 'nothing'}`);
  same = same && got.join() === (finding ?? wanted).join();
}
function plain(maxMessageSize) {
  const got = [];
  let errors = 0;
  const decoder = new slip.Decoder({ maxMessageSize, onMessage: (message) => got.push(message.length), onError: () => errors++ });
  for (const packet of packets) decoder.decode(packet);
  return { got, errors };
}
for (const [limit, finding, errors] of [[4096, sent, 0], [2048, [10, 600, 1024], 612], [1500, [10, 600, 1024], 612], [1024, [], 3270]]) {
  const seen = plain(limit);
  compare(`limit ${limit}, ${seen.errors} errors`, sent.filter((length) => length <= limit), seen.got, finding);
  same = same && seen.errors === errors;
}
compare('without a limit', sent, plain().got);

const renewed = [];
let decoder;
const renew = () => {
  decoder = new slip.Decoder({ maxMessageSize: 2048, onMessage: (message) => renewed.push(message.length), onError: renew });
};
renew();
for (const packet of packets) decoder.decode(packet);
compare('limit 2048, a new decoder after each error', sent, renewed, [10, 600, 1024, 10, 600, 1]);

const other = new SlipDecoder();
const read = [];
other.on('data', (message) => read.push(message.length));
for (const packet of packets) other.write(packet);
await new Promise((resolve) => other.end(resolve));
compare('@serialport/parser-slip-encoder', sent, read);
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node limits.mjs
