#!/usr/bin/env bash
# lora-packet (npm): an acknowledgement without a payload goes out with the MIC EEEEEEEE, though the key was given, and no device takes
#   it.
#
# Expected: an acknowledgement may be a frame of its own, "possibly empty" (LoRaWAN 1.0.3, section 4.3.1.2), and each data frame has a MIC
#   over its header, and its port and payload if it has them (4.4). The README says of fromFields() that it "generates a valid packet" and
#   "If a NwkSKey is provided then the MIC is calculated (otherwise = "EEEEEEEE")".
# Seen: the MIC is calculated only where something is encrypted. A frame without port, which is an acknowledgement alone or MAC commands
#   in FOpts alone, and a frame with a payload whose AppSKey was not given, have EEEEEEEE at their end. Nothing is thrown. verifyMIC() of
#   the same package says false. With one byte of payload, or with a port, the same call signs.
# Why it matters: the empty acknowledgement is the usual answer to a confirmed message, the tick of LoRaWAN. The device drops what is not
#   signed, repeats its message up to its limit and reports it as lost, while the server's log has "acknowledged" each time. A test that
#   sends text with its acknowledgement finds nothing.
# What to do: call recalculateMIC(packet, NwkSKey) on each frame that is made (checked below), or verifyMIC() before sending.
. "$(dirname "$0")/common.bash"

npm_packages lora-packet@0.9.3 aes-cmac@1.0.3

cat > empty.mjs <<'JS'
import { AesCmac } from 'aes-cmac';
import lora from 'lora-packet';

const appSKey = Buffer.from('ec925802ae430ca77fd3dd73cb2cc588', 'hex');
const nwkSKey = Buffer.from('44024241ed4ce9a68c6a8bc055233fd3', 'hex');
const address = Buffer.from('49be7df1', 'hex');

// The MIC of a data frame (LoRaWAN 1.0.3, section 4.4)
function micOf(frame, up) {
  const message = frame.subarray(0, frame.length - 4);
  const block = Buffer.alloc(16);
  block.set([0x49, 0, 0, 0, 0, up ? 0 : 1]);
  message.copy(block, 6, 1, 5);   // device address
  message.copy(block, 10, 6, 8);  // counter
  block[15] = message.length;
  return Buffer.from(new AesCmac(nwkSKey).calculate(Buffer.concat([block, message]))).toString('hex', 0, 4);
}

let same = true;
for (const [what, fields, key, signed] of [
  ['acknowledgement', { MType: 'Unconfirmed Data Down', FCtrl: { ACK: true }, payload: '' }, appSKey, false],
  ['LinkCheckReq in FOpts', { MType: 'Unconfirmed Data Up', FOpts: Buffer.from('02', 'hex'), payload: '' }, appSKey, false],
  ['text, without AppSKey', { MType: 'Unconfirmed Data Down', FCtrl: { ACK: true }, payload: 'hi', FPort: 1 }, undefined, false],
  ['acknowledgement with a port', { MType: 'Unconfirmed Data Down', FCtrl: { ACK: true }, payload: '', FPort: 1 }, appSKey, true],
  ['acknowledgement with text', { MType: 'Unconfirmed Data Down', FCtrl: { ACK: true }, payload: 'hi', FPort: 1 }, appSKey, true],
]) {
  const packet = lora.fromFields({ DevAddr: address, FCnt: 5, ...fields }, key, nwkSKey);
  const frame = Buffer.from(packet.getPHYPayload());
  const mic = frame.toString('hex', frame.length - 4);
  const wanted = micOf(frame, fields.MType.endsWith('Up'));
  const valid = lora.verifyMIC(lora.fromWire(frame), nwkSKey);
  lora.recalculateMIC(packet, nwkSKey);
  const again = packet.getPHYPayload().toString('hex').slice(-8);
  console.log(`${what}: ${frame.toString('hex')}: expected MIC ${wanted}, got ${mic}, verifyMIC ${valid}, after recalculateMIC ${again}`);
  same = same && mic === (signed ? wanted : 'eeeeeeee') && valid === signed && again === wanted;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node empty.mjs
