#!/usr/bin/env bash
# Mosquitto bridge to MQTTnet.Server: who was online when the bridge came up stays online for ever on the other side, and each
# message of a "both" topic comes back.
#
# Expected: with try_private (on by default) a bridge tells the remote broker that it is one, so that "retained messages will be
#   propagated correctly" and loops are found; set it to false "if your bridge does not connect properly" (mosquitto.conf(5)).
# Seen: MQTTnet.Server accepts the bridge's CONNECT (protocol level 84h), the bridge connects properly, and neither promise is kept. The
#   remote broker sends live messages with RETAIN 0, as to any subscriber (MQTT 3.1.1, MQTT-3.3.1-9), so the local broker hands
#   "off" on but stores nothing: later subscribers get the "on" that came first. What is published locally arrives a second time.
# Why it matters: presence of messengers and sensors is retained. Behind such a bridge a new reader sees every device that was online at
#   the bridge's start as online, days after it went, and each chat message twice.
# What to do: bridge_protocol_version mqttv50 where the remote broker speaks MQTT 5: the subscription then says "retain as published"
#   and "no local" (checked below). Otherwise bridge each topic in one direction only and give presence a time stamp.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto
npm_packages mqtt-packet@9.0.2
nuget_packages MQTTnet.Server@5.2.0.1603
dotnet_program broker <<'CS'
using System.Net;
using System.Threading.Tasks;
using MQTTnet.Server;

var options = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(int.Parse(args[0]))
    .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).Build();
await new MqttServerFactory().CreateMqttServer(options).StartAsync();
await Task.Delay(-1);
CS
remote=$(free_port)
serve "$remote" dotnet broker.dll "$remote"

cp "$here/raw-mqtt.mjs" .
cat > presence.mjs <<'JS'
import { connect, pause, verdict } from './raw-mqtt.mjs';

const [, , step, remotePort, localPort] = process.argv;
const remote = await connect(Number(remotePort));
if (step === 'before') {
  await remote.publish(1, 'presence/alice', 'on', { retain: true });
  process.exit(0);
}

const until = async (port, topic, ms) => {
  const client = await connect(port);
  await client.subscribe(1, [topic, 1]);
  await client.wait((packet) => packet.cmd === 'publish', ms);
  client.drop();
  return client.messages().map((message) => String(message.payload)).join();
};
const local = Number(localPort);
for (let i = 0; i < 40 && (await until(local, 'presence/alice', 500)) !== 'on'; i++);

const reader = await connect(local);
await reader.subscribe(1, ['presence/alice', 1], ['chat/x', 1]);
await remote.publish(2, 'presence/alice', 'off', { retain: true });
const live = Boolean(await reader.wait((packet) => String(packet.payload) === 'off'));
await reader.publish(3, 'chat/x', 'text');
await pause(2000);
const copies = reader.messages().filter((message) => message.topic === 'chat/x').length;
const stored = await until(local, 'presence/alice', 2000);
const truth = await until(Number(remotePort), 'presence/alice', 2000);
console.log(`${step}: "off" seen live: ${live}; retained at the remote broker: "${truth}"; retained behind the bridge: expected "off", `
  + `got "${stored}"; copies of one local message: expected 1, got ${copies}`);
const finding = step === 'mqttv50' ? stored === 'off' && copies === 1 : stored === 'on' && copies === 2;
verdict(live && truth === 'off' && finding);
JS

for how in default mqttv50; do
  node presence.mjs before "$remote"
  local=$(free_port)
  {
    printf 'listener %s 127.0.0.1\nallow_anonymous true\nuser root\n' "$local"
    printf 'connection bridge\naddress 127.0.0.1:%s\nclientid bridge-%s\ntopic # both 1\n' "$remote" "$how"
    [ "$how" = default ] || printf 'bridge_protocol_version %s\n' "$how"
  } > "$how.conf"
  serve "$local" mosquitto -c "$how.conf"
  node presence.mjs "$how" "$remote" "$local"
  kill "${servers[-1]}"
done
