#!/usr/bin/env bash
# nats-server (MQTT): what a board had not confirmed when it lost its connection comes again half a minute after it is back, behind newer
#   messages.
#
# Expected: on a reconnect with clean session off the server sends unacknowledged PUBLISH packets again (OASIS MQTT 3.1.1 section 4.4,
#   MQTT-4.4.0-1), in the order in which they were sent (section 4.6, MQTT-4.6.0-1 and -6), so before what came meanwhile.
# Seen: messages 1 to 3 delivered, not acknowledged, connection lost, messages 4 to 6 published. After the reconnect 4 to 6 come at once;
#   1 to 3 come when ack_wait is over, that is 30 s after their first delivery ("ack_wait", docs.nats.io, MQTT configuration), though the
#   connection they were sent on is gone. Mosquitto sends 1 to 6.
# Why it matters: a chat shows the answer before the question, a valve is "closed, opened" in place of "opened, closed", and a test with a
#   shorter wait says that messages were lost. A board that wakes for 10 s does not see them before its next waking.
# What to do: number the messages and sort them at the receiver, as over any transport without order; do not take a reconnect's first
#   message for the oldest. A short ack_wait brings them sooner, and repeats what a slow board has not confirmed yet.
. "$(dirname "$0")/common.bash"

debian_packages nats-server mosquitto
npm_packages mqtt-packet@9.0.2

start_mosquitto
start_nats
nats-server --version

cp "$here/raw-mqtt.mjs" .
cat > order.mjs <<'JS'
import { connect, pause, verdict } from './raw-mqtt.mjs';

const [, , natsPort, mosquittoPort] = process.argv;
async function run(name, port) {
  const texts = (client) => client.messages().map((message) => message.payload.toString()).join(' ');
  const sender = await connect(port);
  let board = await connect(port, { id: 'board', clean: false, ack: false });
  await board.subscribe(1, ['inbox', 1]);
  for (let i = 1; i <= 3; i++) await sender.publish(i, 'inbox', String(i));
  await board.wait(() => board.messages().length === 3);
  const first = texts(board);
  board.drop();
  await pause(500);
  for (let i = 4; i <= 6; i++) await sender.publish(i, 'inbox', String(i));

  const start = Date.now();
  board = await connect(port, { id: 'board', clean: false });
  await pause(5000);
  const soon = texts(board);
  await board.wait(() => board.messages().length >= 6, 60000);
  const seconds = Math.round((Date.now() - start) / 1000);
  console.log(`${name}: before ${first}; within 5 s of the reconnect expected 1 2 3 4 5 6, got ${soon}; `
    + `after ${seconds} s ${texts(board)}`);
  return [soon, texts(board), seconds];
}
const mosquitto = await run('mosquitto', Number(mosquittoPort));
const nats = await run('nats-server', Number(natsPort));
verdict(mosquitto[0] === '1 2 3 4 5 6' && nats[0] === '4 5 6' && nats[1] === '4 5 6 1 2 3' && nats[2] > 20);
JS
node order.mjs "$nats" "$mosquitto"
