#!/usr/bin/env bash
# serialport (npm): a SLIP or line parser read with `for await` gives several frames glued together.
#
# Expected: one item for each frame. RFC 1055 makes END the border of a packet, the parser's README says that it emits decoded
#   data, and `for await` is the usual way to take one message after the other from a Node stream.
# Seen: the parsers are byte streams, not object streams. What has been decoded while the reader was busy lies in one buffer and
#   comes out in one piece: the borders are gone. With 'data' events the same parser gives one frame an event.
# Why it matters: an ESP32 boot loader, a console or a gateway answers with several frames in one USB packet (SYNC is answered
#   eight times). A tool written with `for await`, or one that pauses the stream, reads one long wrong frame, and only now and then.
# What to do: give the parser `readableObjectMode: true` (checked below), or stay with 'data' events and never pause.
. "$(dirname "$0")/common.bash"

npm_packages @serialport/parser-slip-encoder@13.0.0 @serialport/parser-readline@13.0.0

cat > merge.mjs <<'JS'
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { SlipDecoder } from '@serialport/parser-slip-encoder';
import { ReadlineParser } from '@serialport/parser-readline';

const END = 0xc0;
const frames = ['one', 'two', 'three'];
const slip = Buffer.concat(frames.map((f) => Buffer.concat([Buffer.from([END]), Buffer.from(f), Buffer.from([END])])));
const lines = Buffer.from(frames.join('\n') + '\n');

async function byLoop(parser, bytes) {
  const port = new PassThrough();
  port.pipe(parser);
  port.end(bytes);
  const got = [];
  for await (const item of parser) if (item.length > 0) got.push(item.toString());
  return got;
}

async function byEvent(parser, bytes) {
  const got = [];
  parser.on('data', (item) => item.length > 0 && got.push(item.toString()));
  parser.end(bytes);
  await once(parser, 'end');
  return got;
}

const seen = [
  ['SlipDecoder, data events', await byEvent(new SlipDecoder(), slip), frames],
  ['SlipDecoder, for await', await byLoop(new SlipDecoder(), slip), ['onetwothree']],
  ['SlipDecoder, for await, readableObjectMode', await byLoop(new SlipDecoder({ readableObjectMode: true }), slip), frames],
  ['ReadlineParser, data events', await byEvent(new ReadlineParser(), lines), frames],
  ['ReadlineParser, for await', await byLoop(new ReadlineParser(), lines), ['onetwothree']],
  ['ReadlineParser, for await, readableObjectMode', await byLoop(new ReadlineParser({ readableObjectMode: true }), lines), frames],
];
console.log('expected each time:', JSON.stringify(frames));
let same = true;
for (const [how, got, finding] of seen) {
  console.log(`${how}: ${JSON.stringify(got)}`);
  if (JSON.stringify(got) !== JSON.stringify(finding)) same = false;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node merge.mjs
