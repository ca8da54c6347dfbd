#!/usr/bin/env bash
# bonjour-service (npm): stop() of one service takes the others of the process along; nobody who asks later finds them.
#
# Expected: service.stop() is "unpublish the service" (README), and the others stay. A goodbye (time to live 0) is for records that are no
#   longer valid (RFC 6762, section 10.1), and the address of the host is still valid for the others.
# Seen: what is to be answered is taken off the list by name alone. The pointer from _mqtt._tcp.local has the same name for all services
#   of that type: after one stop() a question for the type gets no answer at all. The addresses have the name of the host, so the services
#   of other types are found without an address. And the goodbye says to all listeners that the host's address is no longer valid.
#   "published" of the others stays true. Only the announcements that the package repeats by itself, 3 s after the first and then ever
#   more seldom, still name them, to whoever listens at that moment.
# Why it matters: a bridge announces each board that it hears as a service, and stops it when the board is gone: the first board to leave
#   makes all of them disappear from pages that are opened after it, while a page that was open before goes on showing them. A test with
#   one service sees a clean stop.
# What to do: one Bonjour object for each service (checked below), or publish all of the remaining ones anew after each stop().
. "$(dirname "$0")/common.bash"

npm_packages bonjour-service@1.4.4 dns-packet@5.6.1

cat > stop.mjs <<'JS'
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Bonjour } from 'bonjour-service';
import packet from 'dns-packet';

// One interface with one address, the same on each machine
os.networkInterfaces = () => ({ eth0: [{ address: '192.168.4.2', family: 'IPv4', internal: false, mac: '02:00:00:00:00:01' }] });

const asker = createSocket('udp4').bind(0, '127.0.0.1');
await once(asker, 'listening');
const free = Number(process.argv[2]);
const open = (port) => new Bonjour({ multicast: false, port, ip: '127.0.0.1', interface: '127.0.0.1' });
const publish = (bonjour, name, type, port) => bonjour.publish({ name, type, port, host: 'hub.local', probe: false });

// What would be multicast goes to the one port of loopback on which the package also listens: its own answers can be seen there.
async function ask(bonjour, port, type) {
  let answer = 'no answer';
  const note = ({ answers, additionals }) => {
    const all = [...answers, ...additionals];
    const of = (kind) => all.filter(({ type: other, name }) => other === kind && (kind !== 'PTR' || name === type));
    const list = (kind) => of(kind).map(({ data }) => data.split('._')[0]).join(', ') || 'none';
    answer = `${list('PTR')}; addresses ${list('A')}`;
  };
  bonjour.server.mdns.on('response', note);
  asker.send(packet.encode({ type: 'query', questions: [{ type: 'PTR', name: type }] }), port, '127.0.0.1');
  await pause(300);
  bonjour.server.mdns.off('response', note);
  return answer;
}
let same = true;
function expect(what, wanted, got, finding) {
  console.log(`${what}: expected ${wanted}, got ${got}`);
  if (got !== finding) same = false;
}
const mqtt = '_mqtt._tcp.local';
const http = '_http._tcp.local';

const together = open(free);
const first = publish(together, 'board 1', 'mqtt', 1883);
publish(together, 'board 2', 'mqtt', 1884);
publish(together, 'page', 'http', 80);
await pause(300);
const both = 'board 1, board 2; addresses 192.168.4.2';
expect('before, mqtt', both, await ask(together, free, mqtt), both);
const goodbye = [];
together.server.mdns.on('response', ({ answers }) => {
  goodbye.push(...answers.filter(({ ttl }) => ttl === 0).map(({ type }) => type));
});
await new Promise((done) => first.stop(done));
await pause(100);
expect('goodbye for', 'PTR,SRV,TXT of board 1', goodbye.join(','), 'PTR,SRV,TXT,PTR,A');
expect('after stop() of board 1, mqtt', 'board 2; addresses 192.168.4.2', await ask(together, free, mqtt), 'no answer');
expect('after stop() of board 1, http', 'page; addresses 192.168.4.2', await ask(together, free, http), 'page; addresses none');
const rest = together.registry.services.map(({ name, published }) => `${name} ${published}`);
console.log(`"published" of those that were not stopped: ${rest}`);
const again = await Promise.race([pause(5000), new Promise((done) => {
  together.server.mdns.on('response', ({ answers }) => {
    if (answers.some(({ type, data }) => type === 'PTR' && data.startsWith('board 2'))) done(true);
  });
})]);
console.log(`board 2 is announced unasked within 5 s: ${again === true}`);
same = same && again === true;
together.destroy();

const [one, other] = [open(free + 1), open(free + 2)];
const leaving = publish(one, 'board 1', 'mqtt', 1883);
publish(other, 'board 2', 'mqtt', 1884);
await pause(300);
await new Promise((done) => leaving.stop(done));
const alone = 'board 2; addresses 192.168.4.2';
expect('with an object for each, mqtt', alone, await ask(other, free + 2, mqtt), alone);
one.destroy();
other.destroy();
asker.close();
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
port=$(free_port)
node stop.mjs "$port"
