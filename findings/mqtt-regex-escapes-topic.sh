#!/usr/bin/env bash
# mqtt-regex (npm): the filter that it gives for subscribing has a backslash before each dot and dollar; the broker grants it, and nothing
#   ever comes.
#
# Expected: of a pattern with names the package makes a regular expression, and "topic: Regular MQTT topic with the pattern stuff stripped
#   out" (README): what one subscribes to, with + for +node and # for #path.
# Seen: the literal levels of that topic are escaped as in the regular expression: of "spBv1.0/plant/NDATA/+node" it makes
#   "spBv1\.0/plant/NDATA/+", of "$SYS/broker/load/#path" "\$SYS/broker/load/#". A backslash is a character like others in a topic, so the
#   broker answers with success and waits for a topic of that name. Patterns of letters, digits and hyphens are right, and exec(), on a
#   topic that came, is right for all.
# Why it matters: all examples and the usual test have "chat/+id". With Sparkplug, whose topics all begin with "spBv1.0", with "v1/1.2/", a
#   host name or an address in the topic the client is connected, subscribed and deaf.
# What to do: make the filter of the pattern yourself: each level that begins with + or # is that character alone (checked below).
. "$(dirname "$0")/common.bash"

npm_packages mqtt-regex@1.1.0 mqtt-packet@9.0.2
debian_packages mosquitto
start_mosquitto

cp "$here/raw-mqtt.mjs" .
cat > filter.mjs <<'JS'
import mqttRegex from 'mqtt-regex';
import { connect, pause, verdict } from './raw-mqtt.mjs';

const broker = Number(process.argv[2]);
const own = (pattern) => pattern.split('/').map((level) => (/^[+#]/.test(level) ? level[0] : level)).join('/');

// What comes to a subscription of the filter when a message is published to the topic.
async function comes(filter, topic) {
  const reader = await connect(broker);
  const [granted] = await reader.subscribe(1, [filter, 1]);
  const sender = await connect(broker);
  await sender.publish(1, topic, 'x');
  await pause(300);
  const count = reader.messages().length;
  await reader.disconnect();
  await sender.disconnect();
  return granted > 2 ? 'refused' : `granted, ${count} of 1`;
}
let same = true;
for (const [pattern, topic, deaf] of [
  ['chat/+id/room-1', 'chat/7/room-1', false],
  ['spBv1.0/plant/NDATA/+node', 'spBv1.0/plant/NDATA/press', true],
  ['site/10.0.0.7/#path', 'site/10.0.0.7/a/b', true],
]) {
  const made = mqttRegex(pattern);
  const [got, cured] = [await comes(made.topic, topic), await comes(own(pattern), topic)];
  console.log(`${pattern}: exec ${JSON.stringify(made.exec(topic))}, filter ${made.topic}`);
  console.log(`  expected granted, 1 of 1; got ${got}; with the own filter ${cured}`);
  same = same && got === `granted, ${deaf ? 0 : 1} of 1` && cured === 'granted, 1 of 1' && Boolean(made.exec(topic))
    && made.topic.includes('\\') === deaf;
}
const system = mqttRegex('$SYS/broker/load/#path').topic;
console.log(`$SYS/broker/load/#path: filter ${system}`);
verdict(same && system === '\\$SYS/broker/load/#');
JS
node filter.mjs "$mosquitto"
