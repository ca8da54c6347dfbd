#!/usr/bin/env bash
# @liamcottle/meshcore.js (npm): two texts that are sent at the same time get the receipt number of one of them, and waiting messages come
#   several times.
#
# Expected: sendTextMessage() is fulfilled with the radio's answer to that message: expectedAckCrc is the number that the push "send
#   confirmed" brings when the recipient has it. getWaitingMessages(), called at each push "message waiting" as in the package's echo bot,
#   gives each message once: the radio hands it over once (MeshCore companion protocol, "sync next message").
# Seen: an answer has no number of its request, and the package gives it to whoever waits for that kind of answer, with no queue. Two
#   sendTextMessage() at once are both fulfilled with the first answer; the second is nobody's. When a message arrives while an earlier
#   getWaitingMessages() still fetches, both calls collect the rest.
# Why it matters: the receipt of the first text ticks off both, and that of the second none. A radio that was away from its app has a
#   queue, fetching it takes a while, and one new message in that time makes all that follow come twice; a bot answers twice, on air. One
#   message at a time, as on the desk, all is right.
# What to do: have one call of a connection open at a time: chain them on a promise (checked below).
. "$(dirname "$0")/common.bash"

npm_packages @liamcottle/meshcore.js@1.13.0

cat > radio.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Constants, TCPConnection } from '@liamcottle/meshcore.js';

const { CommandCodes: command, ResponseCodes: response, PushCodes: push } = Constants;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const uint32 = (number) => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(number); return bytes; };
const bytes = (...parts) => Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part))));

// A radio in the companion protocol: frames of ">" or "<", a length and the data; it answers one command after the other, 20 ms each.
// Eight messages wait in it, and a ninth arrives when it has handed over three.
async function radio() {
  const waiting = [1, 2, 3, 4, 5, 6, 7, 8];
  const state = { handedOver: [], receipts: {} };
  let receipt = 100;
  const answers = {
    [command.DeviceQuery]: () => bytes(response.DeviceInfo, 3, Buffer.alloc(6), '19 Feb 2025\0', 'radio'),
    [command.SendTxtMsg]: (data) => {
      state.receipts[data.subarray(13).toString()] = ++receipt;
      return bytes(response.Sent, 1, uint32(receipt), uint32(5000));
    },
    [command.SyncNextMessage]: () => {
      if (waiting.length === 0) return bytes(response.NoMoreMessages);
      const number = waiting.shift();
      state.handedOver.push(number);
      return bytes(response.ContactMsgRecv, 'friend', 0xff, 0, uint32(1700000000 + number), `text ${number}`);
    },
  };
  const server = createServer((socket) => {
    const send = (data) => { const length = Buffer.alloc(2); length.writeUInt16LE(data.length); socket.write(bytes('>', length, data)); };
    let received = Buffer.alloc(0);
    let last = Promise.resolve();
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 3 && received.length >= 3 + received.readUInt16LE(1)) {
        const data = received.subarray(3, 3 + received.readUInt16LE(1));
        received = received.subarray(3 + data.length);
        last = last.then(() => pause(20)).then(() => {
          const before = state.handedOver.length;
          send(answers[data[0]](data));
          if (before === 2 && state.handedOver.length === 3) { waiting.push(9); send(bytes(push.MsgWaiting)); }
        });
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { state, port: server.address().port };
}

// An app that fetches what waits when it is connected and at each push, and then sends two texts at once. guard(call) makes each call.
async function app(guard) {
  const { state, port } = await radio();
  const connection = new TCPConnection('127.0.0.1', port);
  const got = [];
  const fetch = async () => {
    for (const message of await guard(() => connection.getWaitingMessages())) got.push(Number(message.contactMessage.text.slice(5)));
  };
  connection.on(push.MsgWaiting, fetch);
  await new Promise((ready) => { connection.on('connected', ready); connection.connect(); });
  await fetch();
  await pause(1000);
  const texts = ['one', 'two'];
  const sent = await Promise.all(texts.map((text) => guard(() => connection.sendTextMessage(Buffer.alloc(32, 1), text))));
  await pause(200);
  got.sort((a, b) => a - b);
  const right = texts.map((text) => state.receipts[text]).join(' ');
  console.log(`the radio handed over ${state.handedOver.join(' ')}, got ${got.join(' ')}`);
  console.log(`the radio's receipt numbers ${right}, got ${sent.map((answer) => answer.expectedAckCrc).join(' ')}`);
  return {
    once: got.join() === state.handedOver.join(), complete: new Set(got).size === 9 && state.handedOver.length === 9,
    receipts: sent.map((answer) => answer.expectedAckCrc).join(' '), right,
  };
}

console.log('as in the examples:');
const plain = await app((call) => call());
console.log('one call at a time:');
let last = Promise.resolve();
const chained = await app((call) => { const result = last.then(call); last = result.catch(() => {}); return result; });
const same = !plain.once && plain.complete && plain.right === '101 102' && plain.receipts === '101 101'
  && chained.once && chained.complete && chained.receipts === chained.right;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node radio.mjs
