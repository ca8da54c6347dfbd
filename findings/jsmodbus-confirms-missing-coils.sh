#!/usr/bin/env bash
# jsmodbus (npm): its server confirms the writing of coils that it does not have, and reading past its end gives fewer values, no error
#   (apt-get).
#
# Expected: a server whose addresses are not all there answers with exception 2, illegal data address, and writes nothing (MODBUS
#   Application Protocol V1.1b3, 6.1 to 6.4, 6.11 and 6.12: "Starting Address + Quantity"). An answer has as many values as were asked for.
# Seen, with 16 coils and 10 registers: writing coils 100 and 101 is confirmed, and nothing is written. Of coils 14 to 17 the first two
#   are written and four are confirmed. Ten registers from 5 on are five, two from 100 on are none, both as regular answers: jsmodbus' own
#   client hands on a list that is too short, modbus-serial fails with "Data length error" without a code. Only writing several registers
#   is refused with exception 2. pymodbus, with the same sizes, refuses all of it.
# Why it matters: the server is what people put in front of relays, or test their master with. A master that counts from 1, or has the map of
#   another model, gets a confirmation for each switch that never moves; with the real device there would be an error at once.
# What to do: as master compare the number of values with what was asked, and read back what was written (checked below). As server give no
#   buffers to the package but answer its events yourself.
. "$(dirname "$0")/common.bash"

npm_packages jsmodbus@5.0.0 modbus-serial@8.0.25
debian_packages python3 python3-pymodbus python3-serial python3-serial-asyncio
export PYTHONPATH="$work/root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages"

cat > server.py <<'PY'
import sys
from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartTcpServer

slave = ModbusSlaveContext(co=ModbusSequentialDataBlock(0, [True] * 16), hr=ModbusSequentialDataBlock(0, list(range(10))), zero_mode=True)
StartTcpServer(context=ModbusServerContext(slaves=slave, single=True), address=('127.0.0.1', int(sys.argv[1])))
PY
pymodbus=$(free_port)
serve "$pymodbus" python3 server.py "$pymodbus"

cat > relays.mjs <<'JS'
import { once } from 'node:events';
import net from 'node:net';
import jsmodbus from 'jsmodbus';
import ModbusRTU from 'modbus-serial';

const listener = net.createServer();
const registers = Buffer.alloc(20);
for (let i = 0; i < 10; i++) registers.writeUInt16BE(i, 2 * i);
new jsmodbus.server.TCP(listener, { coils: Buffer.from([255, 255]), holding: registers });
await once(listener.listen(0, '127.0.0.1'), 'listening');
const servers = { jsmodbus: listener.address().port, pymodbus: Number(process.argv[2]) };

const off = (count) => Array(count).fill(false);
const asked = {
  'coils 14 and 15 off': (client) => client.writeCoils(14, off(2)).then(() => 'confirmed'),
  'coils 14 to 17 off': (client) => client.writeCoils(14, off(4)).then(() => 'confirmed'),
  'coils 100 and 101 off': (client) => client.writeCoils(100, off(2)).then(() => 'confirmed'),
  'registers 5 to 9': (client) => client.readHoldingRegisters(5, 5).then(({ data }) => data.join(' ')),
  'registers 5 to 14': (client) => client.readHoldingRegisters(5, 10).then(({ data }) => data.join(' ')),
  'registers 9 and 10 to 1': (client) => client.writeRegisters(9, [1, 1]).then(() => 'confirmed'),
};
const finding = {
  jsmodbus: ['confirmed', 'confirmed', 'confirmed', '5 6 7 8 9', 'no code', 'exception 2'],
  pymodbus: ['confirmed', 'exception 2', 'exception 2', '5 6 7 8 9', 'exception 2', 'exception 2'],
};
let same = true;
for (const [name, port] of Object.entries(servers)) {
  const client = new ModbusRTU();
  await client.connectTCP('127.0.0.1', { port });
  client.setID(1);
  client.setTimeout(10000);
  for (const [index, [what, ask]] of Object.entries(asked).entries()) {
    const got = await ask(client).catch((error) => (error.modbusCode ? `exception ${error.modbusCode}` : 'no code'));
    console.log(`${name}, ${what}: ${got}`);
    same = same && got === finding[name][index];
  }
  // Reading back shows it: the coils there are, and that 100 is not one of them.
  const there = await client.readCoils(14, 2).then(({ data }) => data.slice(0, 2).join(' '));
  const absent = await client.readCoils(100, 2).then(() => 'values', () => 'an error');
  console.log(`${name}, read back: coils 14 and 15 ${there}, coils 100 and 101 ${absent}`);
  same = same && there === 'false false' && absent === 'an error';
  client.close();
}

const socket = net.connect(servers.jsmodbus, '127.0.0.1');
const own = new jsmodbus.client.TCP(socket, 1, 10000);
await once(socket, 'connect');
for (const [from, count, wanted] of [[0, 10, '0 1 2 3 4 5 6 7 8 9'], [5, 10, '5 6 7 8 9'], [100, 2, '']]) {
  const values = [...(await own.readHoldingRegisters(from, count)).response.body.values];
  console.log(`jsmodbus on both sides, ${count} registers from ${from} on: ${values.length} values, ${values.join(' ')}`);
  same = same && values.join(' ') === wanted;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node relays.mjs "$pymodbus"
