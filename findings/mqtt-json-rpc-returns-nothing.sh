#!/usr/bin/env bash
# mqtt-json-rpc (npm): a remote method that returns nothing is run and never answered; the caller times out, and calls again.
#
# Expected: the value that the registered function returns resolves the caller's promise, and what it throws rejects it (README of the
#   package, register and call). For a function without a value that is undefined, as for any promise.
# Seen: undefined is not accepted as a result, the error is raised where nothing catches it, an unhandled rejection in the program with the
#   method, and no answer is sent. The caller has "communication timeout" after 10 s (1 s here) of a method that has done its work. null,
#   0 and "" are answered at once.
# Why it matters: "open the valve", "next track" return nothing. Node ends a program for an unhandled rejection, so the first call of such
#   a method takes the device's whole service down; and the caller, who repeats what timed out, does it twice.
# What to do: let each method return something, null at least (checked below); do not repeat a call that timed out unless it may be
#   done twice.
. "$(dirname "$0")/common.bash"

npm_packages mqtt-json-rpc@1.3.6 mqtt@5.16.0
debian_packages mosquitto
start_mosquitto

cat > rpc.mjs <<'JS'
import mqtt from 'mqtt';
import RPC from 'mqtt-json-rpc';

const broker = `mqtt://127.0.0.1:${process.argv[2]}`;
const device = new RPC(mqtt.connect(broker));
const caller = new RPC(mqtt.connect(broker), { timeout: 1000 });
const raised = [];
process.on('unhandledRejection', (error) => raised.push(error.message)); // else the program ends here

const runs = {};
const method = (name, result) => device.register(`valve/${name}`, () => {
  runs[name] = (runs[name] ?? 0) + 1;
  return result;
});
await method('nothing', undefined);
await method('null', null);
await method('zero', 0);
await method('empty', '');

const answers = {};
for (const name of ['nothing', 'null', 'zero', 'empty']) {
  answers[name] = await caller.call(`valve/${name}`).then((value) => `answered ${JSON.stringify(value)}`, (error) => error.message);
  console.log(`returns ${name}: expected an answer, got "${answers[name]}"; run ${runs[name]} time(s)`);
}
console.log(`unhandled in the program with the methods: ${raised.join() || 'nothing'}`);
const same = answers.nothing === 'communication timeout' && raised.length === 1 && Object.values(runs).join() === '1,1,1,1'
  && [answers.null, answers.zero, answers.empty].join() === 'answered null,answered 0,answered ""';
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node rpc.mjs "$mosquitto"
