#!/usr/bin/env bash
# @meshtastic/core (npm): a message that asks for no receipt is sent, and a minute later its promise fails with TIMEOUT.
#
# Expected: wantAck of sendText() and sendPacket() says whether a receipt is asked for. Without one the send is done when the device has
#   taken the packet, which it says with a QueueStatus: its "mesh_packet_id" is the packet, "res" 0 is success (Meshtastic protobufs,
#   mesh.proto, QueueStatus).
# Seen: the promise waits for a routing packet with the packet's number in both cases. With wantAck false none ever comes, so each such
#   send is rejected after 60 s with Routing_Error.TIMEOUT, and the console says "timed out"; the QueueStatus is handed to onQueueStatus
#   and is nothing to the promise. A packet that the device refuses at once (QueueStatus with another "res") fails with the same TIMEOUT a
#   minute later.
# Why it matters: positions, states and the like are sent without a receipt to save time on air. A client that repeats what failed sends
#   each of them again every minute, for ever, and one that shows failures shows all of them as failed, though everybody has them.
# What to do: with wantAck false do not await the promise (and catch its rejection); take the QueueStatus with the packet's number for the
#   end of the send (checked below), other than 0 for its failure.
. "$(dirname "$0")/common.bash"

npm_packages @meshtastic/core@2.6.7 @meshtastic/protobufs@2.7.18

cat > receipt.mjs <<'JS'
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { MeshDevice, Protobuf } from '@meshtastic/core';

const {
  DataSchema, FromRadioSchema, MeshPacketSchema, MyNodeInfoSchema, QueueStatusSchema, Routing_Error, RoutingSchema, ToRadioSchema,
} = Protobuf.Mesh;
const REFUSED = 32; // any number but 0 is a failure
const warnings = [];
console.warn = console.error = (text) => warnings.push(text);

// A device: takes each packet, says so after 20 ms, and sends the receipt when one is asked for
let tell;
let refuse = false;
const onAir = [];
const fromDevice = new ReadableStream({ start(controller) {
  tell = (which, value) => controller.enqueue({
    type: 'packet', data: toBinary(FromRadioSchema, create(FromRadioSchema, { payloadVariant: { case: which, value } })),
  });
} });
const toDevice = new WritableStream({ write(bytes) { setTimeout(take, 20, bytes); } });
function take(bytes) {
  const { case: which, value: packet } = fromBinary(ToRadioSchema, bytes).payloadVariant;
  if (which !== 'packet') return;
  const text = new TextDecoder().decode(packet.payloadVariant.value.payload);
  if (!refuse) onAir.push(text);
  tell('queueStatus', create(QueueStatusSchema, { res: refuse ? REFUSED : 0, free: 15, maxlen: 16, meshPacketId: packet.id }));
  if (!packet.wantAck || refuse) return;
  tell('packet', create(MeshPacketSchema, {
    from: packet.to, to: packet.from, id: 7, payloadVariant: { case: 'decoded', value: create(DataSchema, {
      portnum: Protobuf.Portnums.PortNum.ROUTING_APP, requestId: packet.id,
      payload: toBinary(RoutingSchema, create(RoutingSchema, { variant: { case: 'errorReason', value: Routing_Error.NONE } })),
    }) },
  }));
}

const device = new MeshDevice({ fromDevice, toDevice, disconnect() {} });
device.log.settings.minLevel = 6;
tell('myInfo', create(MyNodeInfoSchema, { myNodeNum: 1 }));
console.log(`a send fails after ${device.queue.timeout} ms; here after 3000`);
const known = device.queue.timeout === 60000;
device.queue.timeout = 3000;

const states = new Map();
device.events.onQueueStatus.subscribe(({ meshPacketId, res }) => states.set(meshPacketId, res));
async function send(text, wantAck) {
  const began = Date.now();
  const result = await device.sendText(text, 2, wantAck)
    .then((id) => ({ id, end: 'fulfilled' }), ({ id, error }) => ({ id, end: Routing_Error[error] }));
  return `${result.end}, ${Date.now() - began > 2900 ? 'late' : 'at once'}; QueueStatus ${states.get(result.id)}`;
}
const got = { 'with a receipt': await send('one', true), 'without': await send('two', false) };
refuse = true;
got['without, refused by the device'] = await send('three', false);
const finding = {
  'with a receipt': 'fulfilled, at once; QueueStatus 0', without: 'TIMEOUT, late; QueueStatus 0',
  'without, refused by the device': 'TIMEOUT, late; QueueStatus 32',
};
console.log('expected: fulfilled at once for the first two, an error at once for the third');
for (const what of Object.keys(got)) console.log(`${what}: ${got[what]}`);
console.log(`on the air: ${onAir}; on the console: ${warnings.join('; ')}`);
const same = known && JSON.stringify(got) === JSON.stringify(finding) && String(onAir) === 'one,two' &&
  warnings.filter((text) => text.includes('timed out')).length === 2;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node receipt.mjs
