#!/usr/bin/env bash
# ejabberd (MQTT): one message too many for a client that is away takes all those before it along, and the subscriptions with them.
#
# Expected: max_queue of mod_mqtt limits the queue for outgoing packets, to 5000 when not said (ejabberd.yml(5), mod_mqtt). Where a queue
#   is full other brokers drop what does not fit: Mosquitto the newest, MQTTnet.Server the oldest. Subscriptions are another part of the
#   session state than what waits (OASIS MQTT 3.1.1, section 3.1.2.4), and are kept.
# Seen: up to the limit, and one in flight, all messages wait and come. One more, and ejabberd ends the session of the client that is
#   away: CONNACK says "session present 0", none of the messages comes, and nobody is subscribed any more. The publishers have their
#   PUBACKs, before and after it. The server's log has one line.
# Why it matters: a client that does not look at "session present" stays connected and hears nothing for ever: it subscribed when it was
#   set up. A client that does subscribes anew and has lost all of its messages where it would have lost one.
# What to do: raise max_queue far above what a time of absence can bring, and session_expiry with it (5 minutes when not said); subscribe
#   again whenever the session is not present; let senders repeat what the recipient itself has not confirmed.
. "$(dirname "$0")/common.bash"

debian_packages ejabberd
npm_packages mqtt-packet@9.0.2

erlang
library=/usr/lib/$(uname -m)-linux-gnu
export ERL_LIBS="$work/root/usr/lib/erlang/lib:$work/root$library:$library"
export EJABBERD_CONFIG_PATH=$work/ejabberd.yml EJABBERD_LOG_PATH=$work/ejabberd.log

port=$(free_port)
cat > ejabberd.yml <<C
hosts: [localhost]
listen: [{ port: $port, ip: "127.0.0.1", module: mod_mqtt }]
modules: { mod_mqtt: { max_queue: 100 } }
C
serve "$port" erl -noinput -mnesia dir "\"$work/mnesia\"" -s ejabberd \
  -eval '[ejabberd_auth:try_register(User, <<"localhost">>, <<"s">>) || User <- [<<"board">>, <<"sender">>]].'

cp "$here/raw-mqtt.mjs" .
cat > queue.mjs <<'JS'
import { connect as open, pause, verdict } from './raw-mqtt.mjs';

const connect = (username, id, clean) => open(Number(process.argv[2]), { id, clean, username, password: 's' });
const accepted = async (...who) => {
  for (let i = 0; i < 100; i++, await pause(100)) {
    const client = await connect(...who);
    if (client.connack.returnCode === 0) return client;
  }
  throw new Error('the users were not made');
};

const sender = await accepted('sender', 'sender', true);
let messageId = 0;
async function away(count) {
  const id = 'board-' + count;
  let board = await accepted('board', id, false);
  await board.subscribe(1, ['inbox/' + id, 1]);
  board.drop();
  await pause(500);
  let confirmed = 0;
  for (let i = 0; i < count; i++) if (await sender.publish(++messageId, 'inbox/' + id, 'text')) confirmed++;
  board = await accepted('board', id, false);
  await pause(1500);
  const came = board.messages().length;
  await sender.publish(++messageId, 'inbox/' + id, 'new');
  await pause(500);
  const isHeard = board.messages().length === came + 1;
  return `${confirmed} confirmed, session present ${board.connack.sessionPresent}, ${came} came, `
    + `a new one ${isHeard ? 'comes' : 'does not come'}`;
}
const full = await away(101);
const over = await away(102);
console.log(`max_queue 100, 101 messages while away (one in flight, 100 in the queue): ${full}`);
console.log(`max_queue 100, 102 messages while away: expected session present true, 101 came, a new one comes; got ${over}`);
verdict(full === '101 confirmed, session present true, 101 came, a new one comes'
  && over === '102 confirmed, session present false, 0 came, a new one does not come');
JS
node queue.mjs "$port"
