#!/usr/bin/env bash
# osc-js (npm): a message to /hall/light is also one to /light, and with discardLateMessages what is too late still comes (apt-get).
#
# Expected: a message goes to the methods whose whole address matches, part by part: the same number of parts, and "*" stays within one
#   (Open Sound Control 1.0, "OSC Message Dispatching and Pattern Matching"). README: "OSC Address pattern matching". The option
#   discardLateMessages is there for bundles whose time has passed.
# Seen: addresses are compared at their end only, in both directions, and "*" crosses "/". /hall/light also calls the handler of /light;
#   /light calls those of /hall/light and /kitchen/light; /hall/* also that of /hall/lamp/dim. With discardLateMessages a bundle whose time
#   was an hour ago is delivered as without it: the timer is started with the time that is left, which is below zero.
# Why it matters: "all off" for one room is for all of them. It works as long as no address ends with another one, so the fault comes with
#   the tenth device, and in the handler nothing looks wrong.
# What to do: in the handler compare message.address, or its pattern part by part, before you do anything (checked below). When a bundle is
#   too late is for the sender to say in an argument.
. "$(dirname "$0")/common.bash"

npm_packages osc-js@2.4.1
debian_packages liblo-tools

port=$(free_port)
cat > dispatch.mjs <<'JS'
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import OSC from 'osc-js';

const port = Number(process.argv[2]);
const methods = ['/light', '/hall/light', '/kitchen/light', '/hall/lamp/dim', '/hall/1', '/hall/11'];
// Part by part, as the specification says. Escapes all that its patterns do not have.
const part = (pattern) => new RegExp(`^${pattern.replace(/[.+^$()|\\]/g, '\\$&').replace(/\?/g, '.').replace(/\*/g, '.*')
  .replace(/\[!/g, '[^').replace(/\{(.*?)\}/g, (_, words) => `(${words.replace(/,/g, '|')})`)}$`);
function matches(pattern, address) {
  const [patterns, parts] = [pattern.split('/'), address.split('/')];
  return patterns.length === parts.length && patterns.every((one, i) => part(one).test(parts[i]));
}

function listen(options) {
  const osc = new OSC({ ...options, plugin: new OSC.DatagramPlugin({ open: { host: '127.0.0.1', port } }) });
  const opened = new Promise((resolve) => osc.on('open', resolve));
  osc.open({ host: '127.0.0.1', port });
  return { osc, opened };
}
const { osc, opened } = listen();
await opened;
let called = [];
let right = [];
for (const method of methods) {
  osc.on(method, (message) => {
    called.push(method);
    if (matches(message.address, method)) right.push(method);
  });
}
let arrived;
osc.on('/end', () => arrived());

let same = true;
for (const [address, finding] of [['/light', '/light /hall/light /kitchen/light'], ['/hall/light', '/light /hall/light'],
  ['/hall/*', '/hall/light /hall/lamp/dim /hall/1 /hall/11'], ['/*/light', '/light /hall/light /kitchen/light'], ['/hall/1', '/hall/1'],
  ['/hall/?', '/hall/1']]) {
  [called, right] = [[], []];
  const end = new Promise((resolve) => { arrived = resolve; });
  for (const to of [address, '/end']) spawnSync('oscsend', ['127.0.0.1', String(port), to, 'i', '1'], { stdio: 'inherit' });
  await end;
  const wanted = methods.filter((method) => matches(address, method)).join(' ');
  console.log(`${address}: expected ${wanted}; called ${called.join(' ')}; compared in the handler: ${right.join(' ')}`);
  same = same && called.join(' ') === finding && right.join(' ') === wanted;
}
osc.close();

const late = new OSC({ discardLateMessages: true, plugin: { registerNotify(notify) { this.notify = notify; } } });
const delivered = new Promise((resolve) => late.on('/door', resolve));
late.options.plugin.notify(new OSC.Bundle([new OSC.Message('/door', 1)], Date.now() - 3600e3).pack());
const came = await Promise.race([delivered.then(() => true), new Promise((resolve) => setTimeout(resolve, 5000, false))]);
console.log(`a bundle of an hour ago, to be discarded: expected nothing, ${came ? 'delivered' : 'nothing'}`);
same = same && came;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node dispatch.mjs "$port"
