#!/usr/bin/env bash
# Four libraries that match MQTT topics against filters: none gets all of the standard's own examples right.
#
# Expected: OASIS MQTT 3.1.1 section 4.7: "#" and "+/..." do not match topics that begin with $ (MQTT-4.7.2-1); a level may be empty,
#   "/finance" matches "+/+" and "sport/" matches "sport/+" (4.7.1.3).
# Seen: mqtt-match, mqtt-pattern and mqtt-wildcard (npm) hand $SYS topics to "#" and "+/..."; mqtt-pattern does not know empty levels, and
#   MQTTnet's comparer (which MQTTnet.Server uses too) knows them at either end but not in the middle: "a/+/c" misses "a//c".
# Why it matters: one connection with many filters needs such a library to say which handler a message is for, since MQTT 3.1.1 does not.
#   Broker and library then disagree: the broker delivers, the handler is not called, or the catch-all handler counts the
#   broker's statistics as messages. An empty level is what an unset name or group in a topic makes.
# What to do: run the table below on the library you choose; keep empty levels out of topics; test for a leading $ before matching.
. "$(dirname "$0")/common.bash"

npm_packages mqtt-match@3.0.0 mqtt-pattern@2.1.1 mqtt-wildcard@3.0.9
nuget_packages MQTTnet@5.2.0.1603
dotnet_program comparer <<'CS'
using System;
using System.IO;
using MQTTnet;

foreach (string line in File.ReadLines(args[0]))
{
    string[] part = line.Split(' ');
    Console.WriteLine(MqttTopicFilterComparer.Compare(part[1], part[0]) == MqttTopicFilterCompareResult.IsMatch ? 1 : 0);
}
CS

cat > cases <<'C'
sport/tennis/player1/# sport/tennis/player1 1
sport/# sport 1
sport/+ sport 0
sport/+ sport/ 1
+/+ /finance 1
/+ /finance 1
+ /finance 0
a/+/c a//c 1
# $SYS/broker/uptime 0
+/monitor/Clients $SYS/monitor/Clients 0
$SYS/monitor/+ $SYS/monitor/Clients 1
C
dotnet comparer.dll cases > mqttnet

cat > match.cjs <<'JS'
const { readFileSync } = require('node:fs');
const match = require('mqtt-match');
const pattern = require('mqtt-pattern');
const wildcard = require('mqtt-wildcard');

const mqttnet = readFileSync('mqttnet', 'utf8').trim().split(/\s+/);
const libraries = {
  'mqtt-match': (filter, topic) => match(filter, topic),
  'mqtt-pattern': (filter, topic) => pattern.matches(filter, topic),
  'mqtt-wildcard': (filter, topic) => wildcard(topic, filter) !== null,
  MQTTnet: (filter, topic, row) => mqttnet[row] === '1',
};
const wrong = {};
for (const name of Object.keys(libraries)) wrong[name] = [];
readFileSync('cases', 'utf8').trim().split('\n').forEach((line, row) => {
  const [filter, topic, expected] = line.split(' ');
  const got = Object.entries(libraries).map(([name, test]) => {
    const answer = test(filter, topic, row) ? '1' : '0';
    if (answer !== expected) wrong[name].push(`${filter} ${topic}`);
    return `${name} ${answer}${answer === expected ? '' : ' (!)'}`;
  });
  console.log(`${filter} ~ ${topic}: expected ${expected}, got ${got.join(', ')}`);
});
const dollar = ['# $SYS/broker/uptime', '+/monitor/Clients $SYS/monitor/Clients'];
const finding = {
  'mqtt-match': dollar,
  'mqtt-pattern': ['sport/+ sport/', '+/+ /finance', 'a/+/c a//c', ...dollar],
  'mqtt-wildcard': dollar,
  MQTTnet: ['a/+/c a//c'],
};
const same = JSON.stringify(wrong) === JSON.stringify(finding);
if (!same) console.log(JSON.stringify(wrong));
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node match.cjs
