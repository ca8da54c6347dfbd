#!/usr/bin/env bash
# MQTTnet.Server: the return codes of a SUBACK come in another order than the filters of the SUBSCRIBE.
#
# Expected: "the order of return codes in the SUBACK packet MUST match the order of Topic Filters in the SUBSCRIBE packet" in
#   OASIS MQTT 3.1.1 section 3.9.3, MQTT-3.9.3-1 (and so in MQTT 5); a client has nothing else to tell which code is whose.
# Seen: the codes are sorted, highest QoS first, as the filters are. What is stored is right, each filter has the QoS asked for.
# Why it matters: a messenger subscribes to its inbox (QoS 1) and its presence topics (QoS 0) in one packet and checks the codes. Here
#   it learns that presence has QoS 1 and the inbox QoS 0, and that the wrong filter was refused (128) when one is; with one
#   QoS for all filters, as in most tests, nothing shows.
# What to do: one filter a SUBSCRIBE where its code matters, or the same QoS for all filters of a packet; never take a single 128
#   for a verdict on "its" filter with this broker.
. "$(dirname "$0")/common.bash"

npm_packages mqtt-packet@9.0.2
nuget_packages MQTTnet.Server@5.2.0.1603
dotnet_program broker <<'CS'
using System.Net;
using System.Threading.Tasks;
using MQTTnet.Protocol;
using MQTTnet.Server;

var options = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(int.Parse(args[0]))
    .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).Build();
var server = new MqttServerFactory().CreateMqttServer(options);
server.InterceptingSubscriptionAsync += e =>
{
    if (e.TopicFilter.Topic == "refused") e.Response.ReasonCode = MqttSubscribeReasonCode.UnspecifiedError;
    return Task.CompletedTask;
};
await server.StartAsync();
await Task.Delay(-1);
CS
port=$(free_port)
serve "$port" dotnet broker.dll "$port"

cp "$here/raw-mqtt.mjs" .
cat > order.mjs <<'JS'
import { connect, verdict } from './raw-mqtt.mjs';

const client = await connect(Number(process.argv[2]));
let same = true;
for (const [filters, expected, finding] of [
  [[['presence/a', 0], ['inbox/me', 1], ['presence/b', 0], ['group/x', 1]], '0,1,0,1', '1,1,0,0'],
  [[['presence/c', 0], ['refused', 0], ['inbox/you', 1]], '0,128,1', '1,0,128'],
]) {
  const codes = (await client.subscribe(filters.length, ...filters)).join();
  console.log(`${filters.map(([topic, qos]) => `${topic} QoS ${qos}`).join(', ')}: expected ${expected}, got ${codes}`);
  if (codes !== finding) same = false;
}
verdict(same);
JS
node order.mjs "$port"
