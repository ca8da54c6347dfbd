#!/usr/bin/env bash
# mqtt-jsonl-store (npm) with MQTT.js: the store on disk for messages in flight is written once a minute, so a crash or a power cut loses
#   what it was there for.
#
# Expected: a "JSONL store for in-flight MQTT.js packets" (README) that is given as outgoingStore keeps each QoS 1 message until its PUBACK,
#   also over the end of the process; the callback of put() is called "when the packet has been stored" (the package's own comment), and
#   MQTT.js sends only after that.
# Seen: when nothing is said the package collects its writes for 60 s (throttleFS of the database below it), and put() calls back at once.
#   Three messages that were sent and never confirmed, process killed two seconds later: the file is empty, and the next process sends
#   nothing. A program that ends in order, with close(), leaves the three in the file.
# Why it matters: a gateway writes to disk because it may lose its power. Each test that closes the store finds the messages again; the
#   power cut finds an empty file, and neither side has an error.
# What to do: new Manager(path, { throttleFS: { intervalMs: 1000, maxBufferedCommands: 0 } }), which writes at once (checked below), and
#   give payloads as text: what is read again is JSON.
. "$(dirname "$0")/common.bash"

npm_packages mqtt-jsonl-store@0.3.1 mqtt@5.16.0 mqtt-packet@9.0.2

# A broker that confirms connections and no messages; says what it was sent.
cat > deaf.mjs <<'JS'
import { createServer } from 'node:net';
import mqttPacket from 'mqtt-packet';

createServer((socket) => {
  const parser = mqttPacket.parser();
  parser.on('packet', (packet) => {
    if (packet.cmd === 'connect') socket.write(mqttPacket.generate({ cmd: 'connack', returnCode: 0, sessionPresent: true }));
    if (packet.cmd === 'publish') console.log(packet.payload.toString());
  });
  socket.on('data', (bytes) => parser.parse(bytes)).on('error', () => {});
}).listen(Number(process.argv[2]), '127.0.0.1');
JS

# A gateway with the store. "kill" and "close" make it publish three messages and end so, two seconds later; "again" waits for what is sent.
cat > gateway.mjs <<'JS'
import { mkdirSync } from 'node:fs';
import mqtt from 'mqtt';
import store from 'mqtt-jsonl-store';

const [port, path, options, what] = process.argv.slice(2);
mkdirSync(path, { recursive: true });
const manager = new store.Manager(path, JSON.parse(options));
await manager.open();
const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
  clientId: 'gateway', clean: false, incomingStore: manager.incoming, outgoingStore: manager.outgoing,
});
if (what === 'again') {
  client.on('packetsend', (packet) => { if (packet.cmd === 'publish') setTimeout(() => process.exit(), 500); });
  setTimeout(() => process.exit(), 8000);
} else {
  client.on('connect', () => {
    for (const text of ['one', 'two', 'three']) client.publish('log', text, { qos: 1 });
    setTimeout(() => (what === 'kill' ? process.kill(process.pid, 'SIGKILL') : manager.close().then(() => process.exit())), 2000);
  });
}
JS

port=$(free_port)
serve "$port" node deaf.mjs "$port"
# sent: what the broker got since the last call.
sent() {
  tail -n "+$((seen + 1))" "$port.log" | tr '\n' ' '
}
same=true
while read -r path end options finding; do
  seen=$(wc -l < "$port.log")
  { node gateway.mjs "$port" "$path" "$options" "$end" < /dev/null || true; } 2>/dev/null
  first=$(sent)
  lines=$(wc -l < "$path/outgoing.jsonl")
  seen=$(wc -l < "$port.log")
  sleep 2
  node gateway.mjs "$port" "$path" "$options" again < /dev/null
  # MQTT.js sends the next of the stored ones after the PUBACK, and this broker gives none: the first is what can be seen.
  again=$(sent)
  echo "$options: sent ${first}and not confirmed, $end; on disk $lines of 3; expected again: one, got: ${again:-nothing}"
  [ "$first" = 'one two three ' ] && [ "$lines ${again:-nothing}" = "${finding//_/ }" ] || same=false
done <<'CASES'
default kill {} 0_nothing
closed close {} 3_one_
atonce kill {"throttleFS":{"intervalMs":1000,"maxBufferedCommands":0}} 3_one_
CASES
$same && echo 'as in the finding' || { echo 'CHANGED: not what the finding says'; exit 1; }
