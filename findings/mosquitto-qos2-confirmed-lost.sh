#!/usr/bin/env bash
# Mosquitto: of a hundred QoS 2 messages in one go from a client of MQTT 3.1.1 it confirms all and hands on twenty.
#
# Expected: a receiver that answers PUBREC has accepted the message and its responsibility for it (OASIS MQTT 3.1.1, section 4.3.3), and
#   3.1.1 has no way to say anything else: so what cannot be accepted is not answered, or the connection is closed. mosquitto.conf(5)
#   has max_inflight_messages, 20 when nothing is said, for "outgoing" messages.
# Seen: the same number limits what comes in. A QoS 2 message that comes while 20 await their PUBREL gets its PUBREC, and then its PUBCOMP,
#   and is thrown away; nothing is in the log. The subscriber has no part in it, its queue is empty. A client of MQTT 5 is told: receive
#   maximum 20 in CONNACK, and reason 151 (quota exceeded) in the PUBREC of what goes beyond it. Up to 20 at once, or QoS 1, all is whole.
# Why it matters: QoS 2 is chosen where nothing may be lost. One message a minute never is; after a break the client sends at once what has
#   piled up, and all of it above twenty is gone with the acknowledgement in hand. mqtt.js sends so (checked below).
# What to do: have no more than 20 messages of QoS 2 without PUBCOMP, or max_inflight_messages 0 (no limit, checked below), or QoS 1 and
#   numbers of your own against duplicates.
. "$(dirname "$0")/common.bash"

npm_packages mqtt@5.16.0 mqtt-packet@9.0.2
debian_packages mosquitto
start_mosquitto
unlimited=$(free_port)
{ sed "s/^listener .*/listener $unlimited 127.0.0.1/" mosquitto.conf; echo 'max_inflight_messages 0'; } > unlimited.conf
serve "$unlimited" mosquitto -c unlimited.conf

cp "$here/raw-mqtt.mjs" .
cat > burst.mjs <<'JS'
import mqtt from 'mqtt';
import { connect, pause, verdict } from './raw-mqtt.mjs';

const [broker, unlimited] = process.argv.slice(2).map(Number);
let run = 0;

// Sends count messages at once; answers how many were confirmed, refused, and how many came to a subscriber of the given QoS.
async function raw(port, version, qos, count, subscribed) {
  const topic = `run/${++run}`;
  const reader = await connect(port);
  await reader.subscribe(1, [`${topic}/#`, subscribed]);
  const sender = await connect(port, { version });
  for (let messageId = 1; messageId <= count; messageId++) {
    sender.send({ cmd: 'publish', topic: `${topic}/${messageId}`, payload: 'x', qos, messageId, retain: false, dup: false });
  }
  const of = (cmd) => sender.packets.filter((packet) => packet.cmd === cmd);
  const refused = () => of('pubrec').filter((packet) => packet.reasonCode >= 128).length;
  const done = () => of(qos === 2 ? 'pubcomp' : 'puback').length;
  let released = 0;
  for (const end = Date.now() + 8000; Date.now() < end && done() + refused() < count && !sender.closed; await pause(20)) {
    for (const packet of of('pubrec').slice(released)) {
      released++;
      if (!(packet.reasonCode >= 128)) sender.send({ cmd: 'pubrel', messageId: packet.messageId });
    }
  }
  await pause(500);
  for (const packet of reader.messages()) if (packet.qos === 2) reader.send({ cmd: 'pubrec', messageId: packet.messageId });
  await pause(500);
  const result = { confirmed: done(), refused: refused(), arrived: new Set(reader.messages().map((packet) => packet.topic)).size };
  await sender.disconnect();
  await reader.disconnect();
  return result;
}
async function mqttjs(port, count) {
  const topic = `run/${++run}`;
  const reader = await connect(port);
  await reader.subscribe(1, [`${topic}/#`, 0]);
  const sender = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4 });
  await Promise.all(Array.from({ length: count }, (_, i) => sender.publishAsync(`${topic}/${i}`, 'x', { qos: 2 })));
  await pause(500);
  const result = { confirmed: count, refused: 0, arrived: new Set(reader.messages().map((packet) => packet.topic)).size };
  await sender.endAsync();
  await reader.disconnect();
  return result;
}
let same = true;
function compare(what, { confirmed, refused, arrived }, lost) {
  console.log(`${what}: confirmed ${confirmed}, refused ${refused}; expected to arrive ${confirmed}, arrived ${arrived}`);
  same = same && (lost ? arrived === 20 && confirmed === 100 : arrived === confirmed && confirmed > 0);
}
compare('3.1.1, QoS 2, 100 at once', await raw(broker, 4, 2, 100, 0), true);
compare('mqtt.js, 3.1.1, QoS 2, 100 at once', await mqttjs(broker, 100), true);
compare('3.1.1, QoS 2, 20 at once', await raw(broker, 4, 2, 20, 2), false);
compare('3.1.1, QoS 1, 100 at once', await raw(broker, 4, 1, 100, 0), false);
compare('5.0, QoS 2, 100 at once', await raw(broker, 5, 2, 100, 0), false);
compare('3.1.1, QoS 2, 100 at once, no limit set', await raw(unlimited, 4, 2, 100, 0), false);
verdict(same);
JS
node burst.mjs "$mosquitto" "$unlimited"
if grep -iE 'drop|quota|inflight' "$mosquitto.log"; then echo 'CHANGED: it is in the log'; exit 1; fi
