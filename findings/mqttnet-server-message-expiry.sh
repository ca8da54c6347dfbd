#!/usr/bin/env bash
# MQTTnet.Server: a message that was valid for a second is delivered for ever, and still says "one second"; Mosquitto beside it.
#
# Expected: once the Message Expiry Interval has passed, the server must delete the copy for a subscriber that it has not begun to
#   deliver to (OASIS MQTT 5.0, MQTT-3.3.2-5), and what it does send has the interval less the time that it waited (MQTT-3.3.2-6). A
#   DISCONNECT with Session Expiry Interval 0 ends the session (3.14.2.2.2).
# Seen: MQTTnet.Server hands the interval on as it came and never looks at it: a command for a client that was away and a retained message,
#   both valid for 1 s, come three seconds later with "1", and what was valid for 100 s comes with "100". Mosquitto drops the first two and
#   says 97 or less of the others. After a DISCONNECT with 0 the session with its 100 s is still there.
# Why it matters: the interval is there for what is harmful when late: "open the door", "start the pump". The sender has its PUBACK and the
#   property is forwarded, so every look at the wire says that it works; the board that was without Wi-Fi for the night opens the door.
# What to do: put the time until which a command holds into its payload, and let the board compare it with its clock; delete a retained
#   message whose time is over (an empty one in its place). Do not take the interval that arrives for the time that is left.
. "$(dirname "$0")/common.bash"

npm_packages mqtt-packet@9.0.2
nuget_packages MQTTnet@5.2.0.1603 MQTTnet.Server@5.2.0.1603
debian_packages mosquitto
start_mosquitto
start_mqttnet

cp "$here/raw-mqtt.mjs" .
cat > expiry.mjs <<'JS'
import { connect, pause, verdict } from './raw-mqtt.mjs';

async function play(name, port) {
  const valid = (messageExpiryInterval, retain = false) => ({ retain, properties: { messageExpiryInterval } });
  const seen = (client) => client.messages().map(({ payload, properties }) => (
    `${payload} (now ${properties?.messageExpiryInterval})`)).sort().join(', ') || 'nothing';
  const session = (id) => ({ version: 5, id, clean: false, properties: { sessionExpiryInterval: 100 } });

  let lock = await connect(port, session('lock'));
  await lock.subscribe(1, ['door', 1]);
  lock.drop();
  const leaving = await connect(port, session('leaving'));
  await leaving.subscribe(1, ['door', 1]);
  await leaving.disconnect({ reasonCode: 0, properties: { sessionExpiryInterval: 0 } });
  await pause(200);

  const app = await connect(port, { version: 5 });
  await app.publish(1, 'door', 'open, 1 s', valid(1));
  await app.publish(2, 'door', 'open, 100 s', valid(100));
  await app.publish(3, 'state/short', 'state, 1 s', valid(1, true));
  await app.publish(4, 'state/long', 'state, 100 s', valid(100, true));
  await pause(3300);

  lock = await connect(port, session('lock'));
  const newcomer = await connect(port, { version: 5 });
  await newcomer.subscribe(1, ['state/+', 1]);
  await pause(500);
  const present = (await connect(port, session('leaving'))).connack.sessionPresent;
  console.log(`${name}, 3 s later: queued ${seen(lock)}; retained ${seen(newcomer)}; `
    + `session that was given up ${present ? 'present' : 'gone'}`);
  return { queued: seen(lock), retained: seen(newcomer), present };
}

console.log('expected: queued open, 100 s (now 97); retained state, 100 s (now 97); session that was given up gone');
const mosquitto = await play('Mosquitto', Number(process.argv[2]));
const mqttnet = await play('MQTTnet.Server', Number(process.argv[3]));
const less = (text, what) => new RegExp(`^${what}, 100 s \\(now 9[0-7]\\)$`).test(text);
verdict(less(mosquitto.queued, 'open') && less(mosquitto.retained, 'state') && !mosquitto.present
  && mqttnet.queued === 'open, 1 s (now 1), open, 100 s (now 100)' && mqttnet.retained === 'state, 1 s (now 1), state, 100 s (now 100)'
  && mqttnet.present);
JS
node expiry.mjs "$mosquitto" "$mqttnet"
