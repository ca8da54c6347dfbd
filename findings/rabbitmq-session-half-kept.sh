#!/usr/bin/env bash
# RabbitMQ 3 (MQTT): a session that is "present" has forgotten its QoS 0 subscriptions, and the QoS 1 ones cannot be ended any more.
#
# Expected: the client's subscriptions are part of the session state, whatever their QoS (OASIS MQTT 3.1.1 section 3.1.2.4), and session
#   present 1 in CONNACK says that it is there. After UNSUBSCRIBE the server stops adding messages for the filter (MQTT-3.10.4-2). A
#   second SUBSCRIBE with a filter replaces the first (MQTT-3.8.4-3).
# Seen: after a reconnect with session present 1 the filter with QoS 0 gets nothing. UNSUBSCRIBE of the filter with QoS 1, made on the
#   connection before, is answered with UNSUBACK and changes nothing: live messages come, and wait when the client is away. A filter
#   subscribed with QoS 1 and then QoS 0 gives each message twice, once with each. (A session has two queues here, one for each QoS, and
#   what UNSUBSCRIBE has to remove is looked up among what this connection has subscribed to.)
# Why it matters: a client that trusts "session present" and does not subscribe again loses its QoS 0 topics at the first reconnect. Who
#   leaves a group or a room stays in it, and pays for its messages on air, without a word from either side.
# What to do: subscribe again on every connection, to what is about to be unsubscribed too: UNSUBSCRIBE then works (checked below). Use
#   one QoS for a filter, for ever.
. "$(dirname "$0")/common.bash"

debian_packages rabbitmq-server
npm_packages mqtt-packet@9.0.2

erlang
port=$(free_port)
export ERL_EPMD_PORT ERL_EPMD_ADDRESS=127.0.0.1
ERL_EPMD_PORT=$(free_port)
epmd=$BINDIR/epmd
serve "$ERL_EPMD_PORT" "$epmd"

export HOME=$work RUNNING_UNDER_SYSTEMD=true RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_NODENAME=finding@localhost
export RABBITMQ_MNESIA_BASE=$work/mnesia RABBITMQ_LOG_BASE=$work/log RABBITMQ_PID_FILE=$work/rabbitmq.pid
export RABBITMQ_CONFIG_FILE=$work/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$work/plugins RABBITMQ_DIST_PORT
RABBITMQ_DIST_PORT=$(free_port)
echo '[rabbitmq_mqtt].' > plugins
cat > rabbitmq.conf <<C
listeners.tcp.1 = 127.0.0.1:$(free_port)
mqtt.listeners.tcp.1 = 127.0.0.1:$port
C
broker=/usr/lib/rabbitmq/bin/rabbitmq-server
[ -e "$broker" ] || broker=$work/root$broker
serve "$port" "$broker"

cp "$here/raw-mqtt.mjs" .
cat > session.mjs <<'JS'
import { connect as open, pause, verdict } from './raw-mqtt.mjs';

const connect = (id, clean = false) => open(Number(process.argv[2]), { id, clean, username: 'guest', password: 'guest' });
let sender;
for (let i = 0; i < 100 && sender?.connack.returnCode !== 0; i++, await pause(200)) sender = await connect('sender', true);
let number = 100;
const send = (topic, text) => sender.publish(++number, topic, text);
const seen = async (client) => {
  await pause(1000);
  return client.messages().map((message) => `${message.payload} with QoS ${message.qos}`).join(', ') || 'nothing';
};
const unsubscribe = async (client, filter) => {
  client.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: [filter] });
  if (!await client.wait((packet) => packet.cmd === 'unsuback')) throw new Error('no UNSUBACK');
};
const again = async (id, ...filters) => {
  const before = await connect(id);
  await before.subscribe(1, ...filters);
  await before.disconnect();
  const after = await connect(id);
  if (!after.connack.sessionPresent) throw new Error('no session present');
  return after;
};

let same = true;
const row = (what, expected, got, finding) => {
  console.log(`${what}: expected ${expected}, got ${got}`);
  if (got !== finding) same = false;
};

let board = await again('a', ['a/0', 0], ['a/1', 1]);
await send('a/0', 'zero');
await send('a/1', 'one');
row('session present, filters with QoS 0 and 1', 'zero with QoS 0, one with QoS 1', await seen(board), 'one with QoS 1');

board = await again('b', ['b', 1]);
await unsubscribe(board, 'b');
await send('b', 'live');
row('session present, UNSUBSCRIBE and UNSUBACK', 'nothing', await seen(board), 'live with QoS 1');
await board.disconnect();
await send('b', 'late');
board = await connect('b');
row('and after another reconnect', 'nothing', await seen(board), 'late with QoS 1');

board = await again('c', ['c', 1]);
await board.subscribe(1, ['c', 1]);
await unsubscribe(board, 'c');
await send('c', 'live');
row('session present, SUBSCRIBE, UNSUBSCRIBE', 'nothing', await seen(board), 'nothing');

board = await connect('d');
await board.subscribe(1, ['d', 1]);
await board.subscribe(2, ['d', 0]);
await send('d', 'once');
row('one filter with QoS 1, then with QoS 0', 'once with QoS 0', await seen(board), 'once with QoS 0, once with QoS 1');
verdict(same);
JS
node session.mjs "$port"
