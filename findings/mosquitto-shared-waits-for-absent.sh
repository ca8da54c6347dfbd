#!/usr/bin/env bash
# Mosquitto: a shared subscription keeps dealing messages to a member that is away, though another member is there.
#
# Expected: $share/GROUP/FILTER spreads the messages over the members of the group (OASIS MQTT 5.0 section 4.8.2; Mosquitto gives it to
#   MQTT 3.1.1 clients too), so that with two gateways one may stop: the member that is there gets all ten messages.
# Seen: every member's SESSION has its turn, present or not. With one of two away, five of ten messages wait in the broker until it
#   comes back. The standard leaves the choice to the server; nothing tells the sender (PUBACK), the group or the log.
# Why it matters: two gateways with persistent sessions are set up to survive the loss of one. Here the loss of one holds back every
#   second chat message, for as long as it is away (for ever by default under MQTT 3.1.1), and past 1000 they are dropped.
# What to do: members of a group use clean sessions (checked below: the absent one then leaves the group), or one persistent session moves
#   to the spare; with MQTT 5 a short session expiry bounds the wait. End-to-end receipts show what is held back.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto
npm_packages mqtt-packet@9.0.2
port=$(free_port)
printf 'listener %s 127.0.0.1\nallow_anonymous true\nuser root\n' "$port" > broker.conf
serve "$port" mosquitto -c broker.conf

cp "$here/raw-mqtt.mjs" .
cat > shared.mjs <<'JS'
import { connect as open, pause, verdict } from './raw-mqtt.mjs';

const connect = (options) => open(Number(process.argv[2]), options);
const sender = await connect();
let messageId = 0;

async function group(name, clean) {
  const filter = [`$share/${name}/${name}/#`, 1];
  const present = await connect({ id: name + '-1', clean });
  await present.subscribe(1, filter);
  const absent = await connect({ id: name + '-2', clean });
  await absent.subscribe(1, filter);
  await absent.disconnect();
  for (let i = 0; i < 10; i++) await sender.publish(++messageId, name + '/x', 'text ' + i);
  await pause(1500);
  const got = present.messages().length;
  const back = await connect({ id: name + '-2', clean });
  await pause(1500);
  const waited = back.messages().length;
  console.log(`${clean ? 'clean' : 'persistent'} sessions, one of two away: expected 10 for the one present, got ${got}; `
    + `${waited} came when the other was back`);
  return [got, waited].join();
}

const persistent = await group('kept', false);
const clean = await group('clean', true);
verdict(persistent === '5,5' && clean === '10,0');
JS
node shared.mjs "$port"
