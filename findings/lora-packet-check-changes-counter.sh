#!/usr/bin/env bash
# lora-packet (npm): the check of a LoRaWAN 1.1 frame changes the counter that it is given, so the same frame is right, wrong, right.
#
# Expected: verifyMIC() "returns a boolean; true if the MIC is correct" (README); nothing says that it changes what it is given. In
#   LoRaWAN 1.1 an uplink that acknowledges is signed with the number of the frame that it acknowledges, ConfFCnt, and with its data rate
#   and channel (section 4.4, block B1); for another uplink the number in that place is 0.
# Seen: the Buffer with these three (ConfFCntDownTxDrTxCh) is turned into the other byte order in place. The second check of a frame with
#   the same Buffer says false, the third true. After an uplink that acknowledges nothing the number in the Buffer is 0 for good, and the
#   next acknowledgement is wrong. fromFields() does the same to the Buffer that it signs with. For numbers whose two bytes are alike, as
#   0, nothing shows.
# Why it matters: a server keeps the number of its last confirmed frame with the session and hands it to each check. The retransmission of
#   an acknowledgement, or the first one after a plain uplink, is then thrown away as forged, and the server sends its message again to a
#   device that has it. Each test that makes its arguments anew passes.
# What to do: hand over a copy, Buffer.from(counter), each time (checked below).
. "$(dirname "$0")/common.bash"

npm_packages lora-packet@0.9.3 aes-cmac@1.0.3

cat > check.mjs <<'JS'
import { AesCmac } from 'aes-cmac';
import lora from 'lora-packet';

const key = (byte) => Buffer.alloc(16, byte);
const [encryption, forwarding, serving] = [key(0x11), key(0x22), key(0x33)]; // AppSKey, FNwkSIntKey, SNwkSIntKey
const counter = () => Buffer.from('00070203', 'hex'); // ConfFCnt 7, data rate 2, channel 3

// MIC of an uplink as LoRaWAN 1.1 has it, section 4.4: two bytes of the CMAC with B1, two of the CMAC with B0
function micOf(frame, confirmed) {
  const message = frame.subarray(0, frame.length - 4);
  const block = Buffer.alloc(16);
  block[0] = 0x49;
  message.copy(block, 6, 1, 5);  // device address
  message.copy(block, 10, 6, 8); // counter
  block[15] = message.length;
  const start = (integrity) => Buffer.from(new AesCmac(integrity).calculate(Buffer.concat([block, message]))).toString('hex', 0, 2);
  const plain = start(forwarding);
  block.set([confirmed, 0, 2, 3], 1);
  return start(serving) + plain;
}
function uplink(acknowledges) {
  const fields = { MType: 'Unconfirmed Data Up', DevAddr: Buffer.from('49be7df1', 'hex'), FCnt: 5, payload: 'hi', FPort: 1 };
  fields.FCtrl = { ACK: acknowledges };
  const frame = Buffer.from(lora.fromFields(fields, encryption, forwarding, serving, undefined, counter()).getPHYPayload());
  const wanted = micOf(frame, acknowledges ? 7 : 0);
  const mic = frame.toString('hex').slice(-8);
  console.log(`acknowledges ${acknowledges ? 'frame 7' : 'nothing'}: MIC ${mic}, by the specification ${wanted}`);
  same = same && mic === wanted;
  return frame;
}
const verify = (frame, kept) => lora.verifyMIC(lora.fromWire(frame), forwarding, serving, undefined, kept);

let same = true;
const [answer, plain] = [uplink(true), uplink(false)];

function expect(what, wanted, frames, finding, copy) {
  const kept = counter();
  const got = frames.map((frame) => verify(frame, copy ? Buffer.from(kept) : kept)).join(' ');
  console.log(`${what}: expected ${wanted}, got ${got}; the counter is ${kept.toString('hex')} afterwards`);
  same = same && got === finding;
}
const right = 'true true true true';
expect('one acknowledgement four times', right, [answer, answer, answer, answer], 'true false true false');
expect('plain uplinks, then acknowledgements', right, [plain, plain, answer, answer], 'true true false false');
expect('the same, each with a copy', right, [answer, plain, answer, answer], right, true);
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node check.mjs
