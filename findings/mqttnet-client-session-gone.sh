#!/usr/bin/env bash
# MQTTnet's client: WithCleanSession(false) keeps no session, since it speaks MQTT 5.0 unless told otherwise.
#
# Expected: without a clean session the client connects "as a durable client", and the broker stores its subscriptions and what was not
#   delivered (documentation of MqttClientOptions.CleanSession), as in MQTT 3.1.1, whose word it is.
# Seen: version 5 of the package speaks MQTT 5.0 by default, where Clean Start 0 only resumes; how long a session is kept is said by the
#   Session Expiry Interval, which is 0 if nobody sets it: the session ends with the connection (OASIS MQTT 5.0, section 3.1.2.11.2). What
#   comes meanwhile is nobody's, and the next CONNACK says "session present 0". MQTT 3.1.1, or an interval, keeps it. mqtt.js, which
#   speaks 3.1.1 by default, keeps it with clean: false.
# Why it matters: a device that was away has missed all that was sent to it. One that subscribes anew where no session is present, as it
#   should, is well again after each loss, so nothing shows but that commands are missing; on line none is.
# What to do: WithSessionExpiryInterval(seconds), or WithProtocolVersion(MqttProtocolVersion.V311) (checked below).
. "$(dirname "$0")/common.bash"

nuget_packages MQTTnet@5.2.0.1603
npm_packages mqtt@5.16.0
debian_packages mosquitto
start_mosquitto

dotnet_program session <<'CS'
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

int port = int.Parse(args[0]);
var factory = new MqttClientFactory();
MqttClientOptionsBuilder Options() => new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port);

async Task<string> Play(string name, string what, MqttClientOptionsBuilder builder)
{
    var options = builder.WithClientId(name).WithCleanSession(false).Build();
    var heard = new List<string>();
    async Task<(IMqttClient, bool)> Connect()
    {
        var device = factory.CreateMqttClient();
        device.ApplicationMessageReceivedAsync += message =>
        {
            lock (heard) heard.Add(message.ApplicationMessage.ConvertPayloadToString());
            return Task.CompletedTask;
        };
        return (device, (await device.ConnectAsync(options)).IsSessionPresent);
    }

    var (device, _) = await Connect();
    await device.SubscribeAsync("command/" + name, MqttQualityOfServiceLevel.AtLeastOnce);
    await device.DisconnectAsync();
    var app = factory.CreateMqttClient();
    await app.ConnectAsync(Options().Build());
    await app.PublishStringAsync("command/" + name, "water", MqttQualityOfServiceLevel.AtLeastOnce);
    (device, bool present) = await Connect();
    await Task.Delay(700);
    await device.DisconnectAsync();
    await app.DisconnectAsync();
    string seen = $"session {(present ? "present" : "new")}, got {(heard.Count > 0 ? string.Join(" ", heard) : "nothing")}";
    Console.WriteLine($"{what}, {options.ProtocolVersion}: {seen}");
    return seen;
}

Console.WriteLine("expected: session present, got water");
string seen = await Play("default", "WithCleanSession(false)", Options());
string older = await Play("older", "  and WithProtocolVersion", Options().WithProtocolVersion(MqttProtocolVersion.V311));
string longer = await Play("longer", "  and WithSessionExpiryInterval", Options().WithSessionExpiryInterval(3600));
const string Kept = "session present, got water";
return seen == "session new, got nothing" && older == Kept && longer == Kept ? 0 : 1;
CS

cat > session.mjs <<'JS'
import mqtt from 'mqtt';

const broker = `mqtt://127.0.0.1:${process.argv[2]}`;
const device = () => mqtt.connectAsync(broker, { clientId: 'js', clean: false });
const first = await device();
await first.subscribeAsync('command/js', { qos: 1 });
await first.endAsync();
const app = await mqtt.connectAsync(broker);
await app.publishAsync('command/js', 'water', { qos: 1 });
const again = mqtt.connect(broker, { clientId: 'js', clean: false });
const heard = await new Promise((done) => {
  again.on('message', (_, payload) => done(String(payload)));
  setTimeout(() => done('nothing'), 3000);
});
console.log(`mqtt.js, clean: false: got ${heard}`);
process.exit(heard === 'water' ? 0 : 1);
JS
same=yes
dotnet session.dll "$mosquitto" || same=
node session.mjs "$mosquitto" || same=
if [ -n "$same" ]; then echo 'as in the finding'; else echo 'CHANGED: not what the finding says'; exit 1; fi
