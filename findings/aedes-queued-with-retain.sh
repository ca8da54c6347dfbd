#!/usr/bin/env bash
# aedes (npm): a retained message that waited for a client comes with RETAIN 1, as if it were old; live it comes with RETAIN 0.
#
# Expected: RETAIN 1 says that a message is sent because of a new subscription; what matches a subscription that exists has RETAIN 0
#   "regardless of how the flag was set" when it was published (OASIS MQTT 3.1.1 section 3.3.1.3, MQTT-3.3.1-9). The subscription of a
#   session that is kept exists while its client is away.
# Seen: aedes clears the flag for clients that are connected and leaves it on what it stores for the others. Mosquitto, nats-server and
#   ejabberd clear both.
# Why it matters: RETAIN 0 is how a subscriber tells news from the state of old. A board that was away takes each "on" and "off" of the
#   others, in their order, for the one retained state: a log of changes lacks them, a rule on "news only" does not fire, an alarm that
#   was published with retain is dropped as seen before. The same code passes each test in which it is online.
# What to do: do not take the flag for the age of a message; put a number or a time into it.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto nats-server
npm_packages aedes@1.2.0 mqtt-packet@9.0.2

start_mosquitto
start_nats
start_aedes

cp "$here/raw-mqtt.mjs" .
cat > retain.mjs <<'JS'
import { connect, pause, verdict } from './raw-mqtt.mjs';

const flags = (client) => client.messages().map((message) => `${message.payload} ${message.retain ? 1 : 0}`).join(', ');
let same = true;
for (const [row, broker] of ['aedes', 'mosquitto', 'nats-server'].entries()) {
  const port = Number(process.argv[2 + row]);
  const live = await connect(port);
  await live.subscribe(1, ['state/#', 1]);
  let away = await connect(port, { id: 'away', clean: false });
  await away.subscribe(1, ['state/#', 1]);
  away.drop();
  await pause(500);
  const sender = await connect(port);
  await sender.publish(1, 'state/a', 'on', { retain: true });
  await sender.publish(2, 'state/a', 'off', { retain: true });
  await sender.publish(3, 'state/b', 'text');
  away = await connect(port, { id: 'away', clean: false });
  await pause(1000);
  const finding = broker === 'aedes' ? 'on 1, off 1, text 0' : 'on 0, off 0, text 0';
  console.log(`${broker}: live ${flags(live)}; waited, expected on 0, off 0, text 0, got ${flags(away)}`);
  if (!away.connack.sessionPresent || flags(live) !== 'on 0, off 0, text 0' || flags(away) !== finding) same = false;
}
verdict(same);
JS
node retain.mjs "$aedes" "$mosquitto" "$nats"
