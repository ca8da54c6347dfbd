#!/usr/bin/env bash
# mqtts (npm): a QoS 2 message whose delivery was interrupted between PUBREC and PUBREL is never handed over, "exactly once" is never.
#
# Expected: with PUBREC a receiver has taken the message over: it keeps the packet identifier until PUBREL, and answers each PUBREL with
#   PUBCOMP (OASIS MQTT 3.1.1, section 4.3.3, MQTT-4.3.3-2); both are part of the session, which clean session off keeps (3.1.2.4). The
#   sender sends PUBREL again after a reconnect (MQTT-4.4.0-1), and never the message.
# Seen: mqtts hands a QoS 2 message over when PUBREL comes, and forgets what it waits for when a connection ends. After the reconnect
#   (session present) the PUBREL gets a warning "PUBREL" in place of a PUBCOMP; the message is gone at the client, and the broker, which has
#   its PUBREC, does not send it again. MQTT.js on the same line gets it and sends PUBCOMP.
# Why it matters: QoS 2 is chosen for what must not be lost nor doubled. On the line where it counts, this client loses what QoS 1 would
#   have brought, and no count of either side shows it.
# What to do: subscribe with QoS 1 with this client, and drop doubles by a number in the message; take a warning "PUBREL" for a lost
#   message.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto
npm_packages mqtts@1.5.0 mqtt@5.16.0 mqtt-packet@9.0.2
start_mosquitto

cp "$here/raw-mqtt.mjs" .
cat > exactly.mjs <<'JS'
import { once } from 'node:events';
import { connect as tcp, createServer } from 'node:net';
import mqtt from 'mqtt';
import mqttPacket from 'mqtt-packet';
import { MqttClient, TcpTransport } from 'mqtts';
import { connect, pause, verdict } from './raw-mqtt.mjs';

const broker = Number(process.argv[2]);

// A line that breaks once, when the broker answers the client's PUBREC with PUBREL. Notes what of PUBREL and PUBCOMP passes afterwards.
async function line() {
  const passed = [];
  let broken = false;
  const note = (packet) => { if (broken && /pubrel|pubcomp/.test(packet.cmd)) passed.push(`${packet.cmd} ${packet.messageId}`); };
  const server = createServer((client) => {
    const up = tcp(broker, '127.0.0.1');
    const end = () => { client.destroy(); up.destroy(); };
    const [fromClient, fromBroker] = [mqttPacket.parser(), mqttPacket.parser()];
    fromClient.on('packet', note);
    fromBroker.on('packet', (packet) => {
      note(packet);
      if (packet.cmd === 'pubrel' && !broken) { broken = true; end(); }
    });
    client.on('data', (bytes) => { fromClient.parse(bytes); up.write(bytes); }).on('close', end).on('error', end);
    up.on('data', (bytes) => { fromBroker.parse(bytes); client.write(bytes); }).on('close', end).on('error', end);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { passed, port: server.address().port };
}

const sender = await connect(broker);
async function send(messageId, topic, payload) {
  sender.send({ cmd: 'publish', messageId, topic, payload, qos: 2, retain: false, dup: false });
  await sender.wait((packet) => packet.cmd === 'pubrec' && packet.messageId === messageId);
  sender.send({ cmd: 'pubrel', messageId });
  await sender.wait((packet) => packet.cmd === 'pubcomp' && packet.messageId === messageId);
}

// subscribe(port, topic, got) gives a function that tells how often the client has connected; got is what it was handed.
async function run(name, subscribe, messageId) {
  const way = await line();
  const topic = 'exact/' + name;
  const got = [];
  const connections = await subscribe(way.port, topic, got);
  await send(messageId, topic, 'first');
  for (const end = Date.now() + 15000; (connections() < 2 || way.passed.length === 0) && Date.now() < end; await pause(100));
  await pause(500);
  await send(messageId + 1, topic, 'second');
  for (const end = Date.now() + 5000; !got.includes('second') && Date.now() < end; await pause(100));
  const result = `${got.join(' ')} (after the reconnect: ${way.passed.slice(0, 2).join(', ')})`;
  console.log(`${name}: expected first second, got ${result}`);
  return result;
}

const byMqtts = await run('mqtts', async (port, topic, got) => {
  let count = 0;
  const client = new MqttClient({ transport: new TcpTransport({ host: '127.0.0.1', port }), autoReconnect: true });
  client.on('connect', (connack) => { count++; console.log(`mqtts: connected, session present ${connack.ackFlags}`); });
  client.on('warning', (warning) => console.log(`mqtts: warning ${warning.message}`));
  client.on('message', (message) => got.push(message.payload.toString()));
  await client.connect({ clientId: 'by-mqtts', clean: false });
  await client.subscribe({ topic, qosLevel: 2 });
  return () => count;
}, 1);
const byMqttjs = await run('mqtt', async (port, topic, got) => {
  let count = 0;
  const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId: 'by-mqttjs', clean: false, reconnectPeriod: 200 });
  client.on('connect', () => { count++; });
  client.on('message', (name, payload) => got.push(payload.toString()));
  await client.subscribeAsync(topic, { qos: 2 });
  return () => count;
}, 3);
verdict(byMqtts === 'second (after the reconnect: pubrel 1, pubrel 2)'
  && byMqttjs === 'first second (after the reconnect: pubrel 1, pubcomp 1)');
JS
node exactly.mjs "$mosquitto"
