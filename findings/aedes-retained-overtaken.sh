#!/usr/bin/env bash
# aedes: a QoS 0 message with RETAIN never reaches the subscribers when one without RETAIN comes right behind it.
#
# Expected: a broker that has accepted a PUBLISH gives it to each matching subscription; QoS 0 is lost with a connection, not on a quiet
#   machine between two that stand. Messages of a topic keep their order (OASIS MQTT 3.1.1, section 4.6). RETAIN changes what is kept for
#   later subscribers, nothing for those of now (section 3.3.1.3).
# Seen: of "R R N" (R with RETAIN, N without, each to a topic of its own, in one piece on the line) N arrives, of "R N R N" the two N. It is
#   the same for subscriptions of QoS 0 and 1. The broker numbers each message when it comes, and puts an R into its store before it hands
#   it on; N overtakes it there, and the R, with the lower number, is then taken for a copy of what the subscriber has. The store has it:
#   who subscribes later gets it. "R R R", "N N N" and QoS 1 are whole.
# Why it matters: a device announces itself with a dozen retained values and one that is not, as Homie's devices do. A controller that was
#   there from the start is missing them, one that is restarted to look into it has all. A test that waits between two messages sees
#   nothing.
# What to do: publish what is retained with QoS 1 (checked below), also when nobody needs the acknowledgement.
. "$(dirname "$0")/common.bash"

npm_packages aedes@1.2.0 mqtt-packet@9.0.2
start_aedes

cp "$here/raw-mqtt.mjs" .
cat > overtaken.mjs <<'JS'
import { once } from 'node:events';
import { connect as tcp } from 'node:net';
import mqttPacket from 'mqtt-packet';
import { connect, pause, verdict } from './raw-mqtt.mjs';

const broker = Number(process.argv[2]);
const watchers = [await connect(broker), await connect(broker)];
await watchers[0].subscribe(1, ['run/#', 0]);
await watchers[1].subscribe(1, ['run/#', 1]);

// The publisher writes by itself, so that a sequence is one piece on the line.
const sender = tcp(broker, '127.0.0.1');
const hello = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'sender', keepalive: 60 };
sender.write(mqttPacket.generate(hello));
await once(sender, 'data');
sender.resume();
let run = 0;
let same = true;
// Sends R (RETAIN) and N (not) at once, each to a topic of its own, and counts what each watcher got of them.
async function play(sequence, qos, missing) {
  const topic = `run/${++run}`;
  sender.write(Buffer.concat([...sequence].map((kind, i) => mqttPacket.generate({
    cmd: 'publish', topic: `${topic}/${i}${kind}`, payload: 'x', qos, messageId: 100 + i, retain: kind === 'R', dup: false,
  }))));
  await pause(500);
  const late = await connect(broker);
  await late.subscribe(1, [`${topic}/#`, 1]);
  await pause(200);
  const seen = (client) => client.messages().map((packet) => packet.topic).filter((name) => name.startsWith(`${topic}/`));
  const got = watchers.map((watcher) => seen(watcher).length);
  const kept = seen(late).length;
  await late.disconnect();
  const retained = sequence.replaceAll('N', '').length;
  console.log(`QoS ${qos}, ${sequence}: expected ${sequence.length} and ${retained} retained; `
    + `got ${got.join(' and ')}, ${kept} retained`);
  same = same && kept === retained && got.every((count) => (missing ? count < sequence.length : count === sequence.length));
}
await play('RRN', 0, true);
await play('RNRN', 0, true);
await play('RRRRRRRRRRRRN', 0, true);
await play('RRRRRRRRRR', 0, false);
await play('NNNNNNNNNN', 0, false);
await play('RRRRRRRRRRRRN', 1, false);
verdict(same);
JS
node overtaken.mjs "$aedes"
