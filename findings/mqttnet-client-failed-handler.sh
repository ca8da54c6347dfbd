#!/usr/bin/env bash
# MQTTnet's client with Mosquitto: after 20 messages whose handler threw, nothing comes any more, and a restart does not help.
#
# Expected: a receiver acknowledges a QoS 1 PUBLISH when it has taken it over ("MUST respond with a PUBACK", OASIS MQTT 3.1.1 section
#   4.3.2, MQTT-4.3.2-2). An exception in ApplicationMessageReceivedAsync is then either the message's own loss, as in other clients, or
#   ends the connection, so that the application hears of it.
# Seen: the client logs the exception, sends no PUBACK, and goes on. Mosquitto counts the message as in flight, of which it allows 20
#   (mosquitto.conf(5), max_inflight_messages). Up to 19 such messages nothing seems wrong; with the 20th the subscriber gets nothing
#   more, on any topic. It stays connected, pings are answered, publishing and subscribing work, DisconnectedAsync is not raised. A
#   process that starts again with the same session gets the 20 first and stands still at once. RabbitMQ's limit is 10, NATS repeats the
#   messages every 30 s.
# Why it matters: messages that a handler cannot read are rare (a number written with a comma, a new type of message): the monitor or
#   gateway of a fleet goes deaf weeks after it was put up, and looks healthy meanwhile.
# What to do: let nothing leave the handler: catch, count, return; the client then acknowledges (checked below).
. "$(dirname "$0")/common.bash"

debian_packages mosquitto
nuget_packages MQTTnet@5.2.0.1603
dotnet_program reader <<'CS'
using System;
using System.Buffers;
using System.Text;
using System.Threading.Tasks;
using MQTTnet;
using MQTTnet.Protocol;

int port = int.Parse(args[0]);
int unreadable = int.Parse(args[1]);
bool caught = args[2] == "caught";
var factory = new MqttClientFactory();
MqttClientOptions Options(string id) =>
    new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId(id).WithCleanSession(false)
        .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V311).Build();

int readable = 0, thrown = 0;
bool ended = false;
async Task<IMqttClient> Reader()
{
    var client = factory.CreateMqttClient();
    client.ApplicationMessageReceivedAsync += e =>
    {
        try
        {
            int.Parse(Encoding.UTF8.GetString(e.ApplicationMessage.Payload.ToArray()));
            readable++;
        }
        catch (FormatException)
        {
            thrown++;
            if (!caught) throw;
        }

        return Task.CompletedTask;
    };
    client.DisconnectedAsync += _ => { ended = true; return Task.CompletedTask; };
    await client.ConnectAsync(Options($"reader-{unreadable}-{args[2]}"));
    await client.SubscribeAsync("value/#", MqttQualityOfServiceLevel.AtLeastOnce);
    return client;
}

var reader = await Reader();
var sender = factory.CreateMqttClient();
await sender.ConnectAsync(Options("sender"));
for (int i = 0; i < unreadable; i++) await sender.PublishStringAsync("value/a", "21,5", MqttQualityOfServiceLevel.AtLeastOnce);
for (int i = 0; i < 3; i++) await sender.PublishStringAsync("value/b", "21", MqttQualityOfServiceLevel.AtLeastOnce);
await Task.Delay(3000);
await reader.PingAsync();
string first = $"{readable} of 3 readable ones came, connected {reader.IsConnected && !ended}";

// a new process with the same session
await reader.DisconnectAsync();
readable = thrown = 0;
reader = await Reader();
await sender.PublishStringAsync("value/b", "22", MqttQualityOfServiceLevel.AtLeastOnce);
await Task.Delay(3000);
Console.WriteLine(
    $"{unreadable} unreadable messages, exception {args[2]}: {first}; started again: {readable} readable, {thrown} unreadable");
CS
port=$(free_port)
printf 'listener %s 127.0.0.1\nallow_anonymous true\nuser root\n' "$port" > broker.conf
serve "$port" mosquitto -c broker.conf

{
  dotnet reader.dll "$port" 19 uncaught
  dotnet reader.dll "$port" 20 uncaught
  dotnet reader.dll "$port" 20 caught
} | tee seen
cat > finding <<'F'
19 unreadable messages, exception uncaught: 3 of 3 readable ones came, connected True; started again: 1 readable, 19 unreadable
20 unreadable messages, exception uncaught: 0 of 3 readable ones came, connected True; started again: 0 readable, 20 unreadable
20 unreadable messages, exception caught: 3 of 3 readable ones came, connected True; started again: 1 readable, 0 unreadable
F
cmp -s seen finding && echo 'as in the finding' || { echo 'CHANGED: not what the finding says'; exit 1; }
