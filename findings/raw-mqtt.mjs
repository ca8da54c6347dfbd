// A raw MQTT client for the findings about brokers, made of mqtt-packet: sends what it is told, keeps what comes.
// Copied beside the packages that a finding installed, so that its import finds them.
import { connect as tcp } from 'node:net';
import mqttPacket from 'mqtt-packet';

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let number = 0;

// connect(port, { version, id, clean, ack, will, properties, username, password }): ack false never acknowledges a PUBLISH.
export async function connect(port, options = {}) {
  const { version = 4, id = `client-${process.pid}-${++number}`, clean = true, ack = true, will, properties, username, password } = options;
  const socket = tcp(port, '127.0.0.1');
  const parser = mqttPacket.parser({ protocolVersion: version });
  const client = {
    packets: [],
    closed: false,
    send(packet) { socket.write(mqttPacket.generate(packet, { protocolVersion: version })); },
    async wait(test, ms = 5000) {
      for (const end = Date.now() + ms; Date.now() < end; await pause(10)) {
        const found = client.packets.find(test);
        if (found || client.closed) return found;
      }
      return undefined;
    },
    // The return codes of the SUBACK; each filter is [topic, qos, options].
    async subscribe(messageId, ...filters) {
      client.send({ cmd: 'subscribe', messageId, subscriptions: filters.map(([topic, qos, options]) => ({ topic, qos, ...options })) });
      return (await client.wait((packet) => packet.cmd === 'suback' && packet.messageId === messageId))?.granted;
    },
    // QoS 1, waits for the PUBACK.
    async publish(messageId, topic, payload, options) {
      client.send({ cmd: 'publish', messageId, topic, payload, qos: 1, retain: false, dup: false, ...options });
      return client.wait((packet) => packet.cmd === 'puback' && packet.messageId === messageId);
    },
    messages() { return client.packets.filter((packet) => packet.cmd === 'publish'); },
    async disconnect(options) { client.send({ cmd: 'disconnect', ...options }); socket.end(); await pause(100); },
    drop() { socket.destroy(); },
  };
  parser.on('packet', (packet) => {
    client.packets.push(packet);
    if (ack && packet.cmd === 'publish' && packet.qos === 1) client.send({ cmd: 'puback', messageId: packet.messageId });
  });
  socket.on('data', (bytes) => parser.parse(bytes));
  socket.on('error', () => {});
  socket.on('close', () => { client.closed = true; });
  client.send({
    cmd: 'connect', protocolId: 'MQTT', protocolVersion: version, clean, clientId: id, keepalive: 60, will, properties, username, password,
  });
  client.connack = await client.wait((packet) => packet.cmd === 'connack', 10000);
  if (!client.connack) throw new Error(`no CONNACK from port ${port}`);
  return client;
}

// Prints the verdict and ends: 0 when the finding still holds.
export function verdict(same) {
  console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
  process.exit(same ? 0 : 1);
}
