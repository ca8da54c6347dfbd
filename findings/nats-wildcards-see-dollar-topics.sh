#!/usr/bin/env bash
# nats-server (MQTT): a subscriber to "#" gets the broker's own bookkeeping, and "+/state" gets "$mine/state".
#
# Expected: "the Server MUST NOT match Topic Filters starting with a wildcard character (# or +) with Topic Names beginning with
#   a $ character" (OASIS MQTT 3.1.1 section 4.7.2, MQTT-4.7.2-1).
# Seen: one other client that makes a persistent session and takes a message gives the "#" subscriber a dozen messages or so on $JS/...
#   and $MQTT/..., with QoS 0, besides the one that was published. Topics of applications that start with $ come too.
# Why it matters: "#" is what monitors, loggers, bridges ("topic # in") and test tools use. Their counters are wrong by a factor of ten,
#   names of sessions end in logs, and a bridge hands all of it to the next broker.
# What to do: give every topic of an application a common first level and subscribe to "first/#"; restrict what the monitor's
#   user may subscribe to in the server's permissions.
. "$(dirname "$0")/common.bash"

debian_packages nats-server
npm_packages mqtt-packet@9.0.2

start_nats
nats-server --version

cp "$here/raw-mqtt.mjs" .
cat > dollar.mjs <<'JS'
import { connect as open, pause, verdict } from './raw-mqtt.mjs';

const connect = (options) => open(Number(process.argv[2]), options);
const monitor = await connect();
await monitor.subscribe(1, ['#', 0]);
const narrow = await connect();
await narrow.subscribe(1, ['+/state', 0]);
const proper = await connect();
await proper.subscribe(1, ['app/#', 0]);
await pause(1000);
const before = monitor.messages().length;

const board = await connect({ id: 'board', clean: false });
await board.subscribe(1, ['app/inbox', 1]);
const sender = await connect();
await sender.publish(1, 'app/inbox', 'text');
await sender.publish(2, '$mine/state', 'text');
await pause(1000);

const topics = monitor.messages().slice(before).map((message) => message.topic);
const dollar = topics.filter((topic) => topic.startsWith('$') && !topic.startsWith('$mine'));
const first = [...new Set(dollar.map((topic) => topic.split('/')[0]))].sort();
console.log(`"#": expected app/inbox only, got app/inbox ${topics.filter((topic) => topic === 'app/inbox').length} time(s), `
  + `$mine/state ${topics.filter((topic) => topic === '$mine/state').length} time(s), ${dollar.length} messages below ${first.join(', ')}`);
const state = narrow.messages().filter((message) => message.topic === '$mine/state').length;
console.log(`"+/state": expected nothing, got $mine/state ${state} time(s)`);
console.log(`"app/#": expected app/inbox only, got ${proper.messages().map((message) => message.topic).join(', ')}`);
verdict(topics.includes('$mine/state') && dollar.length >= 3 && state > 0 && proper.messages().length === 1);
JS
node dollar.mjs "$nats"
