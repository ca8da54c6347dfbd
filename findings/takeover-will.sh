#!/usr/bin/env bash
# A board that comes back before the broker missed it: whether its will ("lost") is published is another story at each broker.
#
# Expected: a second CONNECT of the same client id ends the first connection (OASIS MQTT 3.1.1, MQTT-3.1.4-2). The will is published when
#   a connection is closed without DISCONNECT (section 3.1.2.5, MQTT-3.1.2-8), whoever closes it, so those who follow the board hear
#   "lost" on its return. MQTT 5 says so of this very case, for a will without delay (section 3.1.4, comment on the existing client).
# Seen: aedes always publishes it, nats-server and MQTTnet.Server never do. Mosquitto does unless both connections have clean session off,
#   which is how a board that must not lose messages connects.
# Why it matters: this is the usual end of a connection on Wi-Fi and at a reset button. Code that counts a device's losses by its wills,
#   or says "online" and waits for "lost" before it resets a counter, works on the one broker and not on the other. Where the will is
#   published, it can come after the new birth (it is another client's message) and stays as what is retained.
# What to do: take no will for the beginning or the end of a connection. Number the connections in birth and will; the reader drops what
#   has a lower number, and the board reads its own topic and says "online" again when a late will is retained there.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto nats-server
npm_packages mqtt-packet@9.0.2 aedes@1.2.0
nuget_packages MQTTnet.Server@5.2.0.1603
start_mqttnet

start_mosquitto

start_nats

start_aedes

cp "$here/raw-mqtt.mjs" .
cat > will.mjs <<'JS'
import { connect, pause, verdict } from './raw-mqtt.mjs';

const finding = { mosquitto: 'yes yes yes no', 'nats-server': 'no no no no', aedes: 'yes yes yes yes', 'MQTTnet.Server': 'no no no no' };
let same = true;
for (const [row, broker] of Object.keys(finding).entries()) {
  const port = Number(process.argv[2 + row]);
  const reader = await connect(port);
  await reader.subscribe(1, ['presence/+', 1]);
  const answers = [];
  for (const [before, after] of [[true, true], [true, false], [false, true], [false, false]]) {
    const id = `board-${answers.length}`;
    const topic = 'presence/' + id;
    const old = await connect(port, { id, clean: before, will: { topic, payload: Buffer.from('lost'), qos: 1, retain: false } });
    await pause(500);
    await connect(port, { id, clean: after });
    const heard = await reader.wait((packet) => packet.topic === topic, 2000);
    if (!old.closed) throw new Error(broker + ' left the first connection open');
    answers.push(heard ? 'yes' : 'no');
  }
  console.log(`${broker}: will published at a takeover, expected yes yes yes yes, got ${answers.join(' ')} `
    + '(clean session on/on, on/off, off/on, off/off)');
  if (answers.join(' ') !== finding[broker]) same = false;
}
verdict(same);
JS
node will.mjs "$mosquitto" "$nats" "$aedes" "$mqttnet"
