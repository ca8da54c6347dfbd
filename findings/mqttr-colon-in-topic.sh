#!/usr/bin/env bash
# mqttr (npm): a message to a topic with a MAC address breaks the connection, again and again, and none after it arrives.
#
# Expected: publish(topic, message) publishes to that topic. A topic name may hold any character but + and # (OASIS MQTT 3.1.1, section
#   4.7.1); the names ":userid" are for subscribe(), where the README has them.
# Seen: publish() makes a filter of its topic too: a colon with the letters and digits behind it becomes "+". "ble/a4:c1:38/temperature"
#   goes out as "ble/a4++/temperature", which no topic may be, so the broker closes the connection (Mosquitto: "protocol error"). With QoS
#   1 it is sent again at each reconnect, before all others: its callback does not come, nor do those of the messages after it. "connect"
#   is emitted each time, and "error" never.
# Why it matters: gateways for Bluetooth and Zigbee name their topics by addresses, and IPv6 and times have colons as well. The program runs
#   in the test with "device1", and with the first real address all of its topics are silent, also the ones without a colon.
# What to do: leave the colons out of topics; or publish past it: client.mqttclient.publish(topic, client.codec.encode(message), options)
#   (checked below).
. "$(dirname "$0")/common.bash"

npm_packages mqttr@2.0.7 mqtt-packet@9.0.2
debian_packages mosquitto
start_mosquitto

cp "$here/raw-mqtt.mjs" .
cat > colon.mjs <<'JS'
import mqttr from 'mqttr';
import { connect, pause, verdict } from './raw-mqtt.mjs';

const broker = Number(process.argv[2]);
const watcher = await connect(broker);
await watcher.subscribe(1, ['#', 1]);

async function play(name, publish) {
  const client = mqttr.connect(`mqtt://127.0.0.1:${broker}`, { reconnectPeriod: 200 });
  const seen = { connect: 0, error: 0 };
  for (const event of Object.keys(seen)) client.on(event, () => { seen[event]++; });
  await new Promise((done) => { client.ready(done); });
  const sent = [];
  for (const topic of ['before/temperature', 'a4:c1:38/temperature', 'after/temperature']) {
    publish(client, `${name}/${topic}`, { value: 21.5 }, { qos: 1 }, (error) => { if (!error) sent.push(topic); });
    await pause(1500);
  }
  await pause(1500);
  client.end(true);
  const arrived = watcher.messages().map((packet) => packet.topic).filter((topic) => topic.startsWith(`${name}/`));
  console.log(`${name}: expected 3 sent and arrived, 1 "connect"; sent ${sent.length}, arrived ${arrived.join(' ')}; `
    + `"connect" ${seen.connect > 2 ? 'more than 2' : seen.connect}, "error" ${seen.error}`);
  return { sent: sent.length, arrived: arrived.length, ...seen };
}
const own = await play('publish', (client, ...message) => client.publish(...message));
const past = await play('past', (client, topic, message, options, done) => {
  client.mqttclient.publish(topic, client.codec.encode(message), options, done);
});
verdict(own.sent === 1 && own.arrived === 1 && own.connect > 2 && own.error === 0
  && past.sent === 3 && past.arrived === 3 && past.connect === 1 && past.error === 0);
JS
node colon.mjs "$mosquitto"
grep -m 1 'protocol error' "$mosquitto.log"
