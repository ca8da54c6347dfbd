#!/usr/bin/env bash
# paho-mqtt (npm, Eclipse Paho for browsers): of what is published during a break QoS 0 arrives, and QoS 1 and 2 are thrown away.
#
# Expected: disconnectedPublishing enables publishing "in the event that the connection to the server is lost", up to
#   disconnectedBufferSize messages (the package's own documentation); with reconnect: true they are sent when the client is back. QoS 1
#   is the surer of the two. cleanSession is said to delete "persistent state" at a connect, which nobody looks for QoS 0 to outlive.
# Seen: QoS 0 messages of the break are sent after the reconnect. QoS 1 and 2 go to the same place as messages in flight, and that is
#   emptied at the CONNACK when cleanSession is true, which it is when nothing is said. They are gone: send() threw nothing, nobody is
#   told, onMessageDelivered never comes. With cleanSession false all arrive.
# Why it matters: a page turns on reconnect and disconnectedPublishing so that nothing is lost in a lift, and takes QoS 1 for what
#   matters. It gets the position and not the chat message. "Works with QoS 0, not with QoS 1" is sought in the broker.
# What to do: cleanSession: false with a fixed client id (checked below), or keep messages until onMessageDelivered and send them again in
#   onConnected.
. "$(dirname "$0")/common.bash"

npm_packages paho-mqtt@1.1.0 ws@8.18.0 aedes@1.2.0

cat > break.mjs <<'JS'
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Aedes } from 'aedes';
import WebSocket, { createWebSocketStream, WebSocketServer } from 'ws';

globalThis.WebSocket = WebSocket;
const { default: paho } = await import('paho-mqtt');

// The broker, behind a Wi-Fi that can be cut
const broker = await Aedes.createBroker();
const arrived = [];
broker.on('publish', ({ topic, payload, qos }, client) => { if (client) arrived.push(`${topic} ${payload} (QoS ${qos})`); });
let up = true;
const server = createServer().listen(Number(process.argv[2]), '127.0.0.1');
const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'mqtt' });
server.on('upgrade', (request, socket, head) => {
  if (!up) return socket.destroy();
  return sockets.handleUpgrade(request, socket, head, (web) => broker.handle(createWebSocketStream(web), request));
});

async function run(cleanSession) {
  const client = new paho.Client('127.0.0.1', Number(process.argv[2]), '/mqtt', cleanSession ? 'page' : 'phone');
  client.disconnectedPublishing = true;
  const delivered = [];
  client.onMessageDelivered = ({ payloadString, qos }) => { if (qos > 0) delivered.push(payloadString); };
  let connections = 0;
  client.onConnected = () => connections++;
  let lost = 0;
  client.onConnectionLost = () => lost++;
  await new Promise((onSuccess, onFailure) => {
    client.connect({ reconnect: true, timeout: 2, ...(cleanSession ? {} : { cleanSession }), onSuccess, onFailure });
  });
  client.send('chat', 'before', 1);
  await pause(300);

  up = false;
  for (const socket of sockets.clients) socket.terminate();
  while (lost === 0) await pause(10);
  await pause(100);
  arrived.length = 0;
  let thrown = 0;
  for (const qos of [0, 1, 2]) {
    try { client.send('chat', `during, sent with QoS ${qos}`, qos); } catch { thrown++; }
  }
  up = true;
  for (const end = Date.now() + 20000; connections < 2 && Date.now() < end;) await pause(50);
  await pause(500);
  client.send('chat', 'after', 1);
  await pause(500);
  client.disconnect();
  return { arrived: [...arrived], delivered, thrown };
}

let same = true;
for (const [what, cleanSession, finding] of [['cleanSession not said', true, [0]], ['cleanSession false', false, [0, 1, 2]]]) {
  const { arrived: seen, delivered, thrown } = await run(cleanSession);
  console.log(`${what}: expected the messages with QoS 0, 1, 2 and "after"; send() threw ${thrown} times`);
  console.log(`  at the broker: ${seen.join('; ')}`);
  console.log(`  onMessageDelivered: ${delivered.join('; ')}`);
  const come = [0, 1, 2].filter((qos) => seen.some((text) => text.includes(`sent with QoS ${qos}`)));
  same = same && thrown === 0 && String(come) === String(finding) && seen.some((text) => text.includes('after'));
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node break.mjs "$(free_port)"
