#!/usr/bin/env bash
# aedes (npm): where a QoS 1 and a QoS 0 subscription of a client overlap, a message comes once, and with QoS 0.
#
# Expected: when subscriptions overlap the server delivers "respecting the maximum QoS of all the matching subscriptions"
#   (OASIS MQTT 3.1.1 section 3.3.5, MQTT-3.3.5-1); it may send further copies. And a SUBACK holds a code for each filter
#   of the SUBSCRIBE (section 3.9.3), also for one that is named twice.
# Seen: a connected client gets one copy with QoS 0, in whichever order it subscribed. The same client gets QoS 1 for
#   what came while it was away. A SUBSCRIBE that names a filter twice is answered with one code.
# Why it matters: "inbox QoS 1, everything below my name QoS 0 for the log" silently turns the inbox into QoS 0, so a message that
#   meets a broken link is gone, on this broker only: Mosquitto sends one copy with QoS 1, NATS two copies.
# What to do: never let filters of different QoS overlap in a client, or give all the same QoS; use a client of its own for the log.
. "$(dirname "$0")/common.bash"

npm_packages aedes@1.2.0 mqtt-packet@9.0.2

cat > broker.mjs <<'JS'
import { createServer } from 'node:net';
import { Aedes } from 'aedes';

createServer((await Aedes.createBroker()).handle).listen(Number(process.argv[2]), '127.0.0.1');
JS
port=$(free_port)
serve "$port" node broker.mjs "$port"

cp "$here/raw-mqtt.mjs" .
cat > overlap.mjs <<'JS'
import { connect as open, pause, verdict } from './raw-mqtt.mjs';

const connect = (options) => open(Number(process.argv[2]), options);
const sender = await connect();
let same = true;
const row = (what, expected, got, finding) => {
  console.log(`${what}: expected ${expected}, got ${got}`);
  if (got !== finding) same = false;
};
const qos = (client) => client.messages().map((message) => 'QoS ' + message.qos).join(' and ') || 'nothing';

let id = 0;
for (const filters of [[['box/#', 0], ['box/me', 1]], [['box/me', 1], ['box/#', 0]]]) {
  const client = await connect();
  await client.subscribe(1, ...filters);
  await sender.publish(++id, 'box/me', 'text');
  await pause(700);
  row('live, ' + filters.map((filter) => filter.join(' QoS ')).join(' then '), 'one with QoS 1', qos(client), 'QoS 0');
  client.drop();
}

let client = await connect({ id: 'away', clean: false });
await client.subscribe(1, ['box/#', 0], ['box/me', 1]);
await client.disconnect();
await sender.publish(++id, 'box/me', 'text');
client = await connect({ id: 'away', clean: false });
await pause(700);
row('the same after an absence', 'one with QoS 1', qos(client), 'QoS 1');
client.drop();

client = await connect();
const codes = await client.subscribe(2, ['twice', 0], ['twice', 1]);
row('SUBACK for a filter named twice', '0,1', codes.join(), '1');
verdict(same);
JS
node overlap.mjs "$port"
