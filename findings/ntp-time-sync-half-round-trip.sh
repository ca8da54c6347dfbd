#!/usr/bin/env bash
# ntp-time-sync (npm): a clock that is right is told to go back by half of the round trip; on a slow line that is most of a second.
#
# Expected: of the four times of an NTP exchange the offset is ((T2 - T1) + (T3 - T4)) / 2, so that equal ways there and back cancel out
#   (RFC 5905, section 8). The README promises an "offset between local system time and NTP time", its options are "defaults as of
#   RFC5905".
# Seen: the package adds the amounts of the two differences and puts one sign before the half of it. That is the offset only when the
#   clock is wrong by more than the way takes. For a clock that is right, or nearly so, it is minus half of the round trip, whatever the
#   offset: with 400 ms each way it says -400 for 0, for +100 and for -100 ms. All samples agree, so "precision" is near 0. ntp-time is
#   right.
# Why it matters: on the desk the round trip is 2 ms, and nobody sees it. Over a mobile line or a mesh with 1.6 s there and back a right
#   clock is set back by 0.8 s, and set right again by the next source of time. A gateway that hands this time to its boards puts answers
#   before their questions.
# What to do: take the four times of ntp-packet-parser, which this package is made of, and count yourself (checked below), or ntp-time.
. "$(dirname "$0")/common.bash"

npm_packages ntp-time-sync@0.5.0 ntp-packet-parser@0.5.0 ntp-time@2.1.1

cat > offset.mjs <<'JS'
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import parsing from 'ntp-packet-parser';
import ntpTime from 'ntp-time';
import syncing from 'ntp-time-sync';

const Client = ntpTime.Client ?? ntpTime;
const since1900 = 2208988800;

// An NTP server of stratum 2 whose clock is ahead by "ahead" ms, at the end of a line that takes "way" ms in each direction
async function server(way, ahead) {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.on('message', async (request, from) => {
    await pause(way);
    const answer = Buffer.alloc(48);
    answer.set([0x24, 2, 6, 0xec]); // no leap second, version 4, server; stratum, poll, precision
    answer.writeUInt32BE(0x40, 4);  // root delay and dispersion, 1 ms
    answer.writeUInt32BE(0x40, 8);
    const now = (Date.now() + ahead) / 1000 + since1900;
    request.copy(answer, 24, 40, 48);
    for (const at of [16, 32, 40]) {
      answer.writeUInt32BE(Math.floor(now), at);
      answer.writeUInt32BE(Math.floor((now % 1) * 2 ** 32), at + 4);
    }
    await pause(way);
    socket.send(answer, from.port, from.address);
  });
  return socket;
}

// The same from the four times
async function own(port) {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const request = Buffer.alloc(48);
  request[0] = 0x23;
  const sent = Date.now();
  socket.send(request, port, '127.0.0.1');
  const [message] = await once(socket, 'message');
  const got = Date.now();
  socket.close();
  const { receiveTimestamp, transmitTimestamp } = parsing.NtpPacketParser.parse(message);
  return ((receiveTimestamp - sent) + (transmitTimestamp - got)) / 2;
}

let same = true;
for (const [way, ahead, finding] of [[400, 0, -400], [400, 100, -400], [400, -100, -400], [800, 0, -800], [400, 5000, 5000]]) {
  const socket = await server(way, ahead);
  const { port } = socket.address();
  const sync = new syncing.NtpTimeSync({ servers: [`127.0.0.1:${port}`], sampleCount: 2 });
  const { offset, precision } = await sync.getTime(true);
  const other = (await new Client('127.0.0.1', port, { timeout: 5000 }).syncTime()).t * 1000;
  const counted = await own(port);
  socket.close();
  console.log(`${way} ms each way, server ahead by ${ahead} ms: expected ${ahead}, got ${Math.round(offset)} (precision ${precision}); ` +
    `ntp-time ${Math.round(other)}, counted from the four times ${Math.round(counted)}`);
  // A busy machine delays timers; right and wrong are 300 ms apart at the least.
  same = same && Math.abs(offset - finding) < 150 && Math.abs(other - ahead) < 150 && Math.abs(counted - ahead) < 150;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node offset.mjs
