#!/usr/bin/env bash
# bonjour-service (npm): a board that comes back with another address is listed with its first one, and expire() throws out a board that
#   has just announced itself.
#
# Expected: when an address changes, a host announces its records anew, with the cache-flush bit, "to update neighboring caches" (RFC
#   6762, sections 8.4 and 10.2), and a record is gone only when nothing was heard of it until its end (5.2). The README promises "an
#   array of services known by the browser to be online" with their addresses, and of expire() that it looks "for an expired TTL".
# Seen: of a service that it knows the browser compares name, host, port and TXT. When only the address is new, which is what another
#   lease of DHCP or another Wi-Fi makes of a board, it drops the announcement: no event, and "addresses" holds the old one for as long as
#   the program runs. Nor does it note when it heard of the service: expire() counts from the first announcement, so a board that repeats
#   itself in time is "down" after one TTL, and "up" with its next word.
# Why it matters: "connect to services[0].addresses[0]" works until the router restarts, and then asks an address that is nobody's, or
#   another board's. The page with expire() shows boards that come and go though none has moved.
# What to do: resolve "host" (board.local) anew before each connection and take no address from the list; never call expire(), or stop the
#   browser and make a new one in its place (checked below: it has the new address).
. "$(dirname "$0")/common.bash"

npm_packages bonjour-service@1.4.4 dns-packet@5.6.1

cat > browse.mjs <<'JS'
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Bonjour } from 'bonjour-service';
import packet from 'dns-packet';

// What would go to 224.0.0.251 goes to one port of loopback.
const port = Number(process.argv[2]);
const board = createSocket('udp4').bind(0, '127.0.0.1');
await once(board, 'listening');
const bonjour = new Bonjour({ multicast: false, port, ip: '127.0.0.1', interface: '127.0.0.1' });
const type = '_mqtt._tcp.local';

// The announcement of a board: all of its records, as responders of boards send it when they join a network.
async function announce(browser, { address, ttl = 120, version = '1', broker = 1883 }) {
  const name = `board.${type}`;
  board.send(packet.encode({
    type: 'response', flags: packet.AUTHORITATIVE_ANSWER, answers: [
      { type: 'PTR', name: type, ttl, data: name },
      { type: 'SRV', name, ttl, flush: true, data: { port: broker, target: 'board.local' } },
      { type: 'TXT', name, ttl, flush: true, data: [`version=${version}`] },
      { type: 'A', name: 'board.local', ttl, flush: true, data: address },
    ],
  }), port, '127.0.0.1');
  await once(browser.mdns, 'response');
  await pause(10);
}
const found = new Map();
function browse() {
  const browser = bonjour.find({ type: 'mqtt' });
  const events = [];
  for (const event of ['up', 'down', 'srv-update', 'txt-update']) browser.on(event, () => events.push(event));
  found.set(browser, events);
  return browser;
}
const state = (browser) => `events [${found.get(browser)}], addresses [${browser.services.flatMap(({ addresses }) => addresses)}]`;

let same = true;
function expect(what, wanted, got, finding) {
  console.log(`${what}: expected ${wanted}, got ${got}`);
  if (got !== finding) same = false;
}

const first = browse();
await once(first.mdns, 'query');
await announce(first, { address: '192.168.4.10' });
await announce(first, { address: '192.168.4.77' });
expect('another address', 'an event, addresses [192.168.4.77]', state(first), 'events [up], addresses [192.168.4.10]');
await announce(first, { address: '192.168.4.77', version: '2' });
expect('... and another TXT', 'addresses [192.168.4.77]', state(first), 'events [up,txt-update], addresses [192.168.4.77]');
await announce(first, { address: '192.168.4.99', version: '2' });
expect('another address again', 'addresses [192.168.4.99]', state(first), 'events [up,txt-update], addresses [192.168.4.77]');
first.stop();

const second = browse();
await announce(second, { address: '192.168.4.99', version: '2' });
expect('a new browser', 'addresses [192.168.4.99]', state(second), 'events [up], addresses [192.168.4.99]');
second.stop();

// A time to live of 2 s, said again after 1.5 s: it ends 3.5 s after the first announcement.
const third = browse();
await announce(third, { address: '192.168.4.99', ttl: 2 });
await pause(1500);
await announce(third, { address: '192.168.4.99', ttl: 2 });
await pause(700);
third.expire();
expect('expire() 0.7 s after the second announcement, TTL 2 s', 'events [up]', state(third), 'events [up,down], addresses []');
await announce(third, { address: '192.168.4.99', ttl: 2 });
expect('the third announcement', 'no event', state(third), 'events [up,down,up], addresses [192.168.4.99]');

bonjour.destroy();
board.close();
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
port=$(free_port)
node browse.mjs "$port"
