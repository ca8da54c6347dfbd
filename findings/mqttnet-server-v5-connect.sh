#!/usr/bin/env bash
# MQTTnet.Server: accepts the limits of an MQTT 5 CONNECT and keeps none of them.
#
# Expected: a server that answers CONNACK 0 to an MQTT 5 CONNECT keeps to what it says (OASIS MQTT 5.0): no more QoS 1 messages
#   unacknowledged than Receive Maximum (MQTT-3.3.4-9), no packet larger than Maximum Packet Size (MQTT-3.1.2-24), the will not before
#   the Will Delay Interval (section 3.1.3.2.2), and the will also on DISCONNECT with reason 04h (section 3.14.2.1).
# Seen: all six messages at once for a Receive Maximum of 2, 508 bytes for a limit of 100, the will at once for a delay of 3 s, and no
#   will at all for reason 04h. CONNACK names neither of them as unavailable.
# Why it matters: the first two are how a board with 100 KB of free heap protects itself, and the last two how presence avoids
#   "lost" at each short break and tells it of a board that goes to sleep.
#   Tested with this broker in a unit test, a client seems right or wrong for the broker's sake.
# What to do: test these four against another broker (Mosquitto keeps them); on a board keep every message small by agreement of the
#   senders, and judge presence by a session number in the message, not by the order of wills.
. "$(dirname "$0")/common.bash"

npm_packages mqtt-packet@9.0.2
nuget_packages MQTTnet.Server@5.2.0.1603
start_mqttnet

cp "$here/raw-mqtt.mjs" .
cat > limits.mjs <<'JS'
import { connect as open, pause, verdict } from './raw-mqtt.mjs';

const connect = (options) => open(Number(process.argv[2]), { version: 5, ...options });
const sender = await connect();
let same = true;
const row = (what, expected, got, finding) => {
  console.log(`${what}: expected ${expected}, got ${got}`);
  if (!finding) same = false;
};

let board = await connect({ ack: false, properties: { receiveMaximum: 2 } });
await board.subscribe(1, ['rm', 1]);
for (let i = 1; i <= 6; i++) await sender.publish(i, 'rm', 'text ' + i);
await pause(1000);
let count = board.messages().length;
row('Receive Maximum 2, six messages, none acknowledged', '2 in flight', count, count === 6);

board = await connect({ properties: { maximumPacketSize: 100 } });
await board.subscribe(1, ['mp', 1]);
await sender.publish(7, 'mp', 'x'.repeat(500));
await sender.publish(8, 'mp', 'small');
await pause(1000);
const sizes = board.messages().map((message) => message.length + 2);
row('Maximum Packet Size 100, payloads of 500 and 5 bytes', 'the small one only', 'packets of at least ' + sizes.join(' and ') + ' bytes',
  sizes.length === 2 && sizes[0] > 500);

const reader = await connect();
await reader.subscribe(1, ['will/+', 1]);
const will = (name, delay) => ({
  topic: 'will/' + name, payload: Buffer.from('lost'), qos: 1, retain: false, properties: { willDelayInterval: delay },
});
const heard = (name, ms) => reader.wait((packet) => packet.topic === 'will/' + name, ms);

board = await connect({ will: will('delayed', 3), properties: { sessionExpiryInterval: 60 } });
board.drop();
const early = Boolean(await heard('delayed', 1500));
row('Will Delay Interval 3 s, link dropped', 'no will within 1.5 s', early ? 'a will' : 'none', early);

board = await connect({ will: will('reason', 0), properties: { sessionExpiryInterval: 0 } });
await board.disconnect({ reasonCode: 4 });
const told = Boolean(await heard('reason', 3000));
row('DISCONNECT with reason 04h (with will message)', 'a will', told ? 'a will' : 'none within 3 s', !told);
verdict(same);
JS
node limits.mjs "$mqttnet"
