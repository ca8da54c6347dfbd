#!/usr/bin/env bash
# nats-server (MQTT with TLS): a reload of the configuration silences the MQTT clients that are connected, and nobody is told.
#
# Expected: a reload (SIGHUP) takes over what has changed, such as another user, and clients whose user stays the same go on; max_ack_pending of
#   "mqtt {}" is 1024 when it is not said (docs.nats.io, "Configuration reload" and "MQTT", "max_ack_pending").
# Seen: when "mqtt {}" has a "tls {}" block, every reload counts the whole of "mqtt {}" as changed ("Reloaded: MQTT max_ack_pending = 0" in the log),
#   and takes the 0 of an unsaid max_ack_pending as a limit: a connected QoS 1 subscriber gets nothing any more. Its connection stays, the publisher
#   has its PUBACK. With "max_ack_pending: 1024" said, or without TLS, all is well.
# Why it matters: users are added by a reload. One added user silences every device that is online until it happens to reconnect.
# What to do: say max_ack_pending, with its default.
. "$(dirname "$0")/common.bash"

debian_packages nats-server
npm_packages mqtt-packet@9.0.2

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 -keyout key.pem -out cert.pem 2> openssl.log

# server NAME LINE: one with TLS and that line in its mqtt block
server() {
  local port
  port=$(free_port)
  cat > "$1.conf" <<C
listen: "127.0.0.1:-1"
server_name: "finding"
pid_file: "$work/$1.pid"
jetstream { store_dir: "$work/jetstream-$1" }
mqtt {
  listen: "127.0.0.1:$port"
  $2
  tls { cert_file: "$work/cert.pem", key_file: "$work/key.pem" }
}
include $1-users.conf
C
  echo 'authorization: { users: [ { user: "device", password: "s" }, { user: "sender", password: "s" } ] }' > "$1-users.conf"
  serve "$port" nats-server -c "$1.conf"
  echo "$port" > "$1.port"
}
server unsaid ""
server said "max_ack_pending: 1024"
nats-server --version

cp "$here/raw-mqtt.mjs" .
cat > reload.mjs <<'JS'
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { connect as tls } from 'node:tls';
import { connect as open, pause, verdict } from './raw-mqtt.mjs';

// the raw client speaks TCP: this puts TLS around it
const around = (port) => new Promise((done) => {
  const server = createServer((plain) => {
    const secure = tls({ port, host: '127.0.0.1', rejectUnauthorized: false });
    plain.pipe(secure).pipe(plain);
    for (const side of [plain, secure]) side.on('error', () => { plain.destroy(); secure.destroy(); });
  });
  server.listen(0, '127.0.0.1', () => done(server.address().port));
});

async function run(name) {
  const port = await around(Number(readFileSync(`${name}.port`)));
  const connect = (user, clean) => open(port, { id: user, clean, username: user, password: 's' });
  const texts = (client) => client.messages().map((message) => message.payload.toString()).join(' ') || 'nothing';
  const device = await connect('device', false);
  await device.subscribe(1, ['inbox', 1]);
  const sender = await connect('sender', true);
  await sender.publish(1, 'inbox', 'one');
  writeFileSync(`${name}-users.conf`, readFileSync(`${name}-users.conf`, 'utf8').replace('] }', ', { user: "third", password: "s" } ] }'));
  process.kill(Number(readFileSync(`${name}.pid`)), 'SIGHUP');
  await pause(1000);
  const confirmed = await sender.publish(2, 'inbox', 'two');
  await pause(3000);
  const seen = texts(device);
  console.log(`max_ack_pending ${name}: one more user, expected one two, got ${seen}; PUBACK ${confirmed ? 'came' : 'did not come'}`);
  return [seen, Boolean(confirmed)];
}
const unsaid = await run('unsaid');
const said = await run('said');
verdict(unsaid[0] === 'one' && unsaid[1] && said[0] === 'one two');
JS
node reload.mjs
