#!/usr/bin/env bash
# sparkplug-client (npm): every connection of a node has the bdSeq 0, in its births and in its will, and each further birth repeats it.
#
# Expected: bdSeq "MUST start at zero and increment by one on every new MQTT CONNECT packet" (Eclipse Sparkplug 3.0.0, section 4.2.1.1,
#   tck-id-topics-nbirth-bdseq-increment), and NBIRTH has one, the same as the will of its CONNECT: by it a host knows which birth a death
#   belongs to. The package's README shows one payload that is handed to publishNodeBirth().
# Seen: the will is made once, when the client is made, and used for all connections that mqtt.js makes later; the number is never
#   raised. publishNodeBirth() adds a metric "bdSeq" to the caller's own list, so a payload that is kept for the next "birth" event, as in
#   the README, has two of them after one reconnect, and one more after each further one.
# Why it matters: a will may come late (keep-alive one and a half, a bridge, another broker of a cluster), after the node is back. With
#   numbers a host drops it; with 0 for ever it takes the node that has just been born for dead, until the next birth. A host that checks
#   for one bdSeq refuses the births from the second on. On the desk, where nothing reconnects, all is right.
# What to do: one client object for each connection does not help, each starts at 0. Set client.bdSeq and client.client.options.will.payload
#   in "reconnect", before CONNECT is sent, and make a new payload for each birth (checked below).
. "$(dirname "$0")/common.bash"

npm_packages sparkplug-client@3.2.4 sparkplug-payload@1.0.3 aedes@1.2.0 mqtt-packet@9.0.2
start_aedes

cp "$here/raw-mqtt.mjs" .
cat > node.mjs <<'JS'
import sparkplugClient from 'sparkplug-client';
import sparkplug from 'sparkplug-payload';
import { connect, verdict } from './raw-mqtt.mjs';

const port = Number(process.argv[2]);
const { encodePayload, decodePayload } = sparkplug.get('spBv1.0');
const host = await connect(port);
await host.subscribe(1, ['spBv1.0/#', 0]);

// A node that is born on each connection and loses two. The result is what the host heard: type of the message and each bdSeq in it.
async function run(edgeNode, birth, prepare = () => {}) {
  const client = sparkplugClient.newClient({
    serverUrl: `mqtt://127.0.0.1:${port}`, username: 'u', password: 'p', groupId: 'G', edgeNode, clientId: edgeNode,
    mqttOptions: { reconnectPeriod: 200 },
  });
  prepare(client);
  client.on('birth', () => client.publishNodeBirth(birth()));
  const births = () => host.messages().filter((packet) => packet.topic === `spBv1.0/G/NBIRTH/${edgeNode}`).length;
  for (let number = 1; number <= 3; number++) {
    await host.wait(() => births() === number, 10000);
    if (number < 3) client.client.stream.destroy();
  }
  client.stop();
  return host.messages().filter((packet) => packet.topic.endsWith('/' + edgeNode)).map((packet) => {
    const numbers = decodePayload(packet.payload).metrics.filter((metric) => metric.name === 'bdSeq').map((metric) => Number(metric.value));
    return packet.topic.split('/')[2] + ' ' + numbers.join('+');
  }).join(', ');
}

const metrics = () => [{ name: 'mode', type: 'String', value: 'chat' }];
const kept = { timestamp: 1700000000000, metrics: metrics() };
const asShown = await run('shown', () => kept);
const fresh = await run('fresh', () => ({ timestamp: 1700000000000, metrics: metrics() }));
const numbered = await run('numbered', () => ({ timestamp: 1700000000000, metrics: metrics() }), (client) => client.on('reconnect', () => {
  client.bdSeq = (client.bdSeq + 1) % 256;
  client.client.options.will.payload = Buffer.from(encodePayload(client.getDeathPayload()));
}));
console.log('expected:                         NBIRTH 0, NDEATH 0, NBIRTH 1, NDEATH 1, NBIRTH 2');
console.log('one payload, as in the README:   ', asShown);
console.log('a new payload for each birth:    ', fresh);
console.log('numbered in "reconnect", as above:', numbered);
verdict(asShown === 'NBIRTH 0, NDEATH 0, NBIRTH 0+0, NDEATH 0, NBIRTH 0+0+0' && fresh === 'NBIRTH 0, NDEATH 0, NBIRTH 0, NDEATH 0, NBIRTH 0'
  && numbered === 'NBIRTH 0, NDEATH 0, NBIRTH 1, NDEATH 1, NBIRTH 2');
JS
node node.mjs "$aedes"
