#!/usr/bin/env bash
# mosquitto_rr: what is read from a file or a pipe is sent as an empty request, and an old or another's answer is taken for the answer.
#
# Expected: -f sends the contents of a file, -s all of standard input; with -R messages with the retain flag are not printed; a response
#   belongs to a request by its Correlation Data (mosquitto_rr(1); OASIS MQTT 5.0, section 4.10).
# Seen: with -f and with -s the request goes out without a payload, and what answers it is printed, with exit code 0. A retained message on
#   the response topic is printed as the answer, and the tool ends, before its request is answered; -R changes nothing. So does the
#   first message that comes, also one with other Correlation Data than -D gave to the request. -m is right.
# Why it matters: the tool is what a script asks a device with. `echo status | mosquitto_rr -s` has the device answer to nothing, or do what
#   an empty command does; the answer of yesterday, or of the other script, is shown with exit code 0.
# What to do: -m "$(cat file)" (checked below), a response topic for each call, with a random part (-e "answer/$RANDOM$RANDOM"), and no
#   retained answers.
. "$(dirname "$0")/common.bash"

debian_packages mosquitto mosquitto-clients
npm_packages mqtt-packet@9.0.2
start_mosquitto

cp "$here/raw-mqtt.mjs" .
printf status > request.txt
cat > answers.mjs <<'JS'
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, verdict } from './raw-mqtt.mjs';

const port = process.argv[2];
const device = await connect(Number(port), { version: 5 });
await device.subscribe(1, ['request/#', 1]);
await device.publish(1, 'answer/retained', 'of yesterday', { retain: true });
const requests = [];
let number = 1;
const seen = new Set();
const watch = setInterval(() => {
  for (const packet of device.messages().filter((message) => !seen.has(message))) {
    seen.add(packet);
    requests.push(String(packet.payload));
    const topic = packet.topic.replace('request', 'answer');
    const answer = (text, correlationData) => device.publish(++number, topic, text, { properties: { correlationData } });
    if (topic === 'answer/shared') answer('for another', Buffer.from('other'));
    setTimeout(answer, 300, `to "${packet.payload}"`, packet.properties?.correlationData);
  }
}, 20);

function ask(topic, input, ...more) {
  return new Promise((done) => {
    const tool = spawn('mosquitto_rr', ['-p', port, '-t', `request/${topic}`, '-e', `answer/${topic}`, '-W', '5', ...more]);
    let out = '';
    tool.stdout.on('data', (text) => { out += text; });
    tool.on('close', (code) => done(`${out.trim()}, exit ${code}`));
    tool.stdin.end(input);
  });
}

let same = true;
for (const [topic, input, more, expected, finding] of [
  ['argument', '', ['-m', 'status'], 'to "status", exit 0', 'to "status", exit 0'],
  ['pipe', 'status', ['-s'], 'to "status", exit 0', 'to "", exit 0'],
  ['file', '', ['-f', 'request.txt'], 'to "status", exit 0', 'to "", exit 0'],
  ['content', '', ['-m', readFileSync('request.txt', 'utf8')], 'to "status", exit 0', 'to "status", exit 0'],
  ['retained', '', ['-m', 'status', '-R'], 'to "status", exit 0', 'of yesterday, exit 0'],
  ['shared', '', ['-m', 'status', '-D', 'publish', 'correlation-data', 'mine'], 'to "status", exit 0', 'for another, exit 0'],
]) {
  const got = await ask(topic, input, ...more);
  console.log(`mosquitto_rr ${more.join(' ')}${input && ` < "${input}"`}: expected ${expected}; got ${got}`);
  same = same && got === finding;
}
clearInterval(watch);
verdict(same);
JS
node answers.mjs "$mosquitto"
