#!/usr/bin/env bash
# u8-mqtt and mqtts (npm): the packet identifier runs into 0, which MQTT does not have; the connection ends, or one message fails.
#
# Expected: a packet identifier is from 1 to 65,535: a PUBLISH with QoS above 0 "MUST contain a non-zero 16-bit Packet Identifier" (OASIS
#   MQTT 3.1.1, section 2.3.1, MQTT-2.3.1-1). A client that counts goes from 65,535 to 1.
# Seen: u8-mqtt begins at 101 and counts on to 0. Mosquitto closes the connection at that message (protocol error, as it must), the await
#   of its send() stays open, and the message is lost. mqtts goes to 0 too; its own check rejects that one message ("Expected identifier
#   for QoS != 0"), and it goes on.
# Why it matters: the 65,436th confirmed message, subscriptions counted, is the one: a sensor with one a minute gets there after 45 days,
#   each 45 days, and "the connection is lost now and then" is looked for in the network. No test runs so long.
# What to do: make a new u8-mqtt client long before (each 50,000 messages); with mqtts send a rejected message again (checked below).
. "$(dirname "$0")/common.bash"

debian_packages mosquitto
npm_packages u8-mqtt@0.6.7 mqtts@1.5.0
start_mosquitto

cat > count.mjs <<'JS'
import { MqttClient, TcpTransport } from 'mqtts';
import mqtt from 'u8-mqtt';

const port = Number(process.argv[2]);
const pause = (ms, value) => new Promise((done) => setTimeout(done, ms, value));

// Sends until one fails, 1000 at a time, and the last ones singly. The result is the number of the one that failed, or "none".
async function send(name, publish, single) {
  let number = 0;
  while (number < 66000) {
    const many = number + 1000 < single ? 1000 : 1;
    const results = await Promise.all(Array.from({ length: many }, () => Promise.race([
      publish().then(() => 'sent', (error) => error.message), pause(10000, 'open after 10 s'),
    ])));
    const failed = results.findIndex((result) => result !== 'sent');
    if (failed >= 0) {
      console.log(`${name}: message ${number + failed + 1}: expected a PUBACK, got: ${results[failed]}`);
      return `${number + failed + 1} ${results[failed]}`;
    }
    number += many;
  }
  console.log(`${name}: all of ${number} have their PUBACK`);
  return 'none';
}

let lost = false;
const first = mqtt().with_tcp(`tcp://127.0.0.1:${port}`);
first.log_conn = (event) => { if (event === 'on_disconnect') lost = true; };
await first.connect();
const byU8 = await send('u8-mqtt', () => first.send('count', 'x'), 65400);
console.log(`u8-mqtt: the connection ${lost ? 'was closed' : 'is there'}`);

const second = new MqttClient({ transport: new TcpTransport({ host: '127.0.0.1', port }) });
await second.connect();
const publish = () => second.publish({ topic: 'count', payload: 'x', qosLevel: 1 });
const byMqtts = await send('mqtts', publish, 65500);
const again = await publish().then(() => 'sent', (error) => error.message);
console.log(`mqtts: the same once more: ${again}`);

const same = byU8 === '65436 open after 10 s' && lost && byMqtts === '65536 Expected identifier for QoS != 0' && again === 'sent';
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node count.mjs "$mosquitto"
grep 'protocol error' "$mosquitto.log" || true
