#!/usr/bin/env bash
# aprs-parser (npm): the acknowledgement of message "1A" ticks message 1, that of "003" goes out as "ack3", and message "A1" is not read.
#
# Expected: what is behind "{" identifies a message: one to five letters or digits, sent back behind "ack" as it came (APRS Protocol
#   Reference 1.0.1, chapter 14; the reply-acks of APRS 1.1 are {MM}AA). js-aprs-fap and Dire Wolf give the text.
# Seen: the id is parseInt() of it. "{003" is 3, and an answer made of it is "ack3". "ack1A" is the acknowledgement of 1. Of "{A1" and
#   "{MM}AA" nothing is left: data is undefined, text, sender's wish and all, with a word in the list `errors`; so it is with "ackA1".
# Why it matters: many radios count in two letters or with zeros in front. A station whose "003" is answered with "ack3" sends it again
#   until it gives up, and the answering side has it five times; a message numbered 1 is ticked since somebody took delivery of 1A; and
#   a text such as "Testing{A1" is never shown at all.
# What to do: take the id from the line itself, message.raw (checked below), or use js-aprs-fap.
. "$(dirname "$0")/common.bash"

npm_packages aprs-parser@1.0.9 js-aprs-fap@1.3.2
debian_packages direwolf

cat > numbers.mjs <<'JS'
import { spawnSync } from 'node:child_process';
import aprs from 'aprs-parser';
import fap from 'js-aprs-fap';

const parser = new aprs.APRSParser();
const other = new fap.aprsParser();
let same = true;
for (const [body, wanted, finding] of [['Testing{12345', '12345', 12345], ['Testing{003', '003', 3], ['Testing{1A', '1A', 1],
  ['Testing{A1', 'A1', undefined], ['Testing{MM}AA', 'MM', undefined], ['ack003', '003', 3], ['ack1A', '1A', 1],
  ['ackA1', 'A1', undefined]]) {
  const line = `N0CALL>APRS::WU2Z     :${body}`;
  const message = parser.parse(line);
  const { messageId, messageAck } = other.parseaprs(line);
  // In the line: behind the ":" that ends the nine characters of the addressee.
  const own = message.raw.match(/::.{9}:(?:ack|rej)?(?:.*\{)?([A-Za-z0-9]{1,5})(?:\}.*)?$/)?.[1];
  const radio = spawnSync('decode_aprs', { input: `${line}\n`, encoding: 'utf8', cwd: '/' }).stdout.match(/message (\S+) for/i)?.[1];
  const got = message.data ? `${message.data.type} ${message.data.id}` : 'nothing';
  const second = messageId ?? messageAck;
  console.log(`${body}: expected ${wanted}; aprs-parser ${got}, js-aprs-fap ${second}, Dire Wolf ${radio}; in the line: ${own}`);
  same = same && message.data?.id === finding && second === wanted && own === wanted && radio?.startsWith(wanted);
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node numbers.mjs
