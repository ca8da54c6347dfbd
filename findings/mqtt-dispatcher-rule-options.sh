#!/usr/bin/env bash
# mqtt-dispatcher (npm): the QoS of a rule is not looked at, so what comes while the client is away is lost; nor is handleSubscription.
#
# Expected: addRule(topic, handler, { qos: 1 }) subscribes with QoS 1, and { handleSubscription: false } does not subscribe; both can be the
#   default of new MqttDispatcher(mqtt, options) too (docs/api.md of the package, addRule and constructor).
# Seen: addRule reads of its options nothing but "subscription". A rule with qos 1 is subscribed with QoS 0: a persistent session is
#   present after a break, and what came meanwhile is not there. handleSubscription is not read anywhere, the code's word is
#   handleSubscriptions, in the constructor only. What addRule gives back does say qos 0.
# Why it matters: with the client on line all messages come, with any QoS; the rule looks right and is tested with success. The one who
#   turned subscriptions off, since a filter of its own covers them or the broker allows no others, subscribes all the same.
# What to do: set qos and handleSubscriptions in the constructor (checked below), a dispatcher for each QoS; look at "subscribed" in what
#   addRule gives back.
. "$(dirname "$0")/common.bash"

npm_packages mqtt-dispatcher@2.0.1 mqtt@5.16.0 mqtt-packet@9.0.2
debian_packages mosquitto
start_mosquitto

cp "$here/raw-mqtt.mjs" .
cat > rules.mjs <<'JS'
import mqtt from 'mqtt';
import MqttDispatcher from 'mqtt-dispatcher';
import { connect, pause, verdict } from './raw-mqtt.mjs';

const port = Number(process.argv[2]);
const sender = await connect(port);
let number = 0;

// Two rules are added, the client goes, a message for each is published, and it comes back. What does it get of them?
async function play(id, defaults, first, second) {
  const come = async (...rules) => {
    const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId: id, clean: false });
    const heard = [];
    client.on('message', (topic) => heard.push(topic.split('/')[1]));
    const [{ sessionPresent }] = await new Promise((done) => { client.once('connect', (...packets) => done(packets)); });
    const dispatcher = new MqttDispatcher(client, defaults);
    const granted = [];
    for (const [topic, options] of rules) {
      const { subscribed } = await dispatcher.addRule(`${id}/${topic}`, () => {}, options);
      granted.push(subscribed.length ? `QoS ${subscribed[0].qos}` : 'none');
    }
    if (!rules.length) await pause(700);
    await client.endAsync();
    return { heard, granted, sessionPresent };
  };
  const { granted } = await come(['first', first], ['second', second]);
  for (const topic of ['first', 'second']) await sender.publish(++number, `${id}/${topic}`, 'x');
  const { heard, sessionPresent } = await come();
  return `subscribed with ${granted.join(' and ')}, session ${sessionPresent ? 'present' : 'new'}, `
    + `got after the break: ${heard.join() || 'nothing'}`;
}

const options = [{ qos: 1 }, { handleSubscription: false }];
console.log('expected: subscribed with QoS 1 and none, session present, got after the break: first');
const seen = await play('rules', {}, ...options);
console.log(`addRule's options:  ${seen}`);
const documented = await play('documented', { qos: 1, handleSubscription: false });
console.log(`constructor's, as documented: ${documented}`);
const cured = [await play('one', { qos: 1 }), await play('none', { handleSubscriptions: false })];
console.log(`constructor's qos:  ${cured[0]}\nconstructor's handleSubscriptions:  ${cured[1]}`);
verdict(seen === 'subscribed with QoS 0 and QoS 0, session present, got after the break: nothing'
  && documented === 'subscribed with QoS 1 and QoS 1, session present, got after the break: first,second'
  && cured[0] === 'subscribed with QoS 1 and QoS 1, session present, got after the break: first,second'
  && cured[1] === 'subscribed with none and none, session present, got after the break: nothing');
JS
node rules.mjs "$mosquitto"
