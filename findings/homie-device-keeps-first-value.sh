#!/usr/bin/env bash
# homie-device (npm): of each property the broker keeps the first value and none after it; and a device that has ended stays "ready".
#
# Expected: in Homie 3 "$retained" of a property is true unless the device says otherwise, and the library announces "true". A property's
#   value is retained, so a controller that starts later gets the newest one. "$state" is retained too: "disconnected" is what remains of a
#   device that ended in order (Homie 3.0.1, "Device Lifecycle" and "QoS and retained messages").
# Seen: send() publishes the first value of a property with RETAIN and then turns the property's flag off for good, so all that follow are
#   not retained. After a reconnect "$retained" is announced as "false". end() publishes "disconnected" without RETAIN and closes in order,
#   so there is no will either: what remains is "ready".
# Why it matters: who is subscribed from the start sees each value and "disconnected", so every test is right. A controller that restarts
#   shows the temperature of the day the device was switched on, and a device that is gone as ready.
# What to do: call setRetained(true) before each send(), and publish "disconnected" with RETAIN yourself before end() (checked below).
. "$(dirname "$0")/common.bash"

npm_packages homie-device@3.0.1 mqtt-packet@9.0.2
debian_packages mosquitto
start_mosquitto

cp "$here/raw-mqtt.mjs" .
cat > homie.mjs <<'JS'
import HomieDevice from 'homie-device';
import { connect, pause, verdict } from './raw-mqtt.mjs';

const broker = Number(process.argv[2]);
const settings = (id) => ({ name: id, device_id: id, mqtt: { host: '127.0.0.1', port: broker, base_topic: 'homie/' } });
const watcher = await connect(broker);
await watcher.subscribe(1, ['homie/#', 1]);

// What a controller that starts now is told of a topic.
let packetId = 1;
async function kept(topic) {
  const late = await connect(broker);
  await late.subscribe(++packetId, [topic, 1]);
  const packet = await late.wait((candidate) => candidate.cmd === 'publish', 1000);
  await late.disconnect();
  return packet && String(packet.payload);
}
async function run(id, send, end) {
  const device = new HomieDevice(settings(id));
  const property = device.node('room', 'Room', 'sensor').advertise('temperature').setDatatype('float');
  device.setup(true);
  await watcher.wait((packet) => packet.topic === `homie/${id}/$state` && String(packet.payload) === 'ready');
  for (const value of ['19.0', '20.5', '22.0']) send(property, value);
  await watcher.wait((packet) => packet.topic === `homie/${id}/room/temperature` && String(packet.payload) === '22.0');
  const value = await kept(`homie/${id}/room/temperature`);
  end(device);
  const said = await watcher.wait((packet) => packet.topic === `homie/${id}/$state` && String(packet.payload) === 'disconnected');
  await pause(500);
  const [announced, state] = [await kept(`homie/${id}/room/temperature/$retained`), await kept(`homie/${id}/$state`)];
  return { announced, value, said: Boolean(said), state };
}
const plain = await run('plain', (property, value) => property.send(value), (device) => device.end());
const careful = await run('careful', (property, value) => property.setRetained(true).send(value), (device) => {
  device.mqttClient.publish(`${device.mqttTopic}/$state`, 'disconnected', { retain: true });
  device.end();
});
const live = watcher.messages().filter((packet) => packet.topic === 'homie/plain/room/temperature').map((packet) => String(packet.payload));
console.log(`sent and seen live: ${live}; $retained is announced as ${plain.announced}`);
console.log(`expected of a controller that starts after it: value 22.0; got ${plain.value}`);
console.log(`end() said "disconnected" live: ${plain.said}; expected to remain: disconnected; remains: ${plain.state}`);
console.log(`with both cures: value ${careful.value}, state ${careful.state}`);
verdict(String(live) === '19.0,20.5,22.0' && plain.announced === 'true' && plain.value === '19.0' && plain.said && plain.state === 'ready'
  && careful.value === '22.0' && careful.state === 'disconnected');
JS
node homie.mjs "$mosquitto"
