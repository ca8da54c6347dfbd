#!/usr/bin/env bash
# @tak-ps/node-cot (npm): a TAK message loses its phone number, its state and the source of its position on the way through protobuf, in
#   both directions.
#
# Expected: what does not fit into the typed messages stays XML: "WHOLE ELEMENTS MUST BE CONVERTED TO MESSAGES", and for an element with
#   more attributes than its message has fields "omit the message and put the entire element in xmlDetail" (TAK protocol 1, detail.proto;
#   the package brings this file along). The README says that it converts "between TAK message protocols (XML & Protobuf)".
# Seen: to_proto() takes contact, status, track and takv out of the XML and fills the fields that the messages have; each other attribute
#   is gone: phone and e-mail of a contact, readiness of a status, slope of a track. precisionlocation is lost whole, and from_proto()
#   loses it from what others sent: the field is called precisionLocation, the package looks for precisionlocation. Nothing is thrown.
# Why it matters: TAK's chat and positions go as XML to a server and as protobuf to the devices. Behind a bridge that is made of this
#   package a contact can be seen and not be called, and a position that somebody has put on the map by hand ("USER") no longer says so.
#   Call sign, place, battery are right, so nobody looks.
# What to do: before to_proto() rename the elements that have more than the message (checked below: as "x-contact" it stays XML), or send
#   XML to those that take it.
. "$(dirname "$0")/common.bash"

npm_packages @tak-ps/node-cot@14.23.2 protobufjs@7.4.0

cat > tak.mjs <<'JS'
import { CoTParser } from '@tak-ps/node-cot';
import protobuf from 'protobufjs';

const event = (detail) => '<event version="2.0" uid="ANDROID-1" type="a-f-G-U-C" how="m-g" time="2026-02-27T20:32:24.771Z" ' +
  'start="2026-02-27T20:32:24.771Z" stale="2026-02-28T20:32:24.771Z"><point lat="48.1" lon="11.5" hae="520" ce="9.9" le="9.9"/>' +
  `<detail>${detail}</detail></event>`;
const element = (xml, name) => new RegExp(`<${name} [^>]*>`).exec(xml)?.[0] ?? 'nothing';
const through = async (xml) => CoTParser.to_xml(await CoTParser.from_proto(await CoTParser.to_proto(CoTParser.from_xml(xml))));

let same = true;
for (const [name, xml, lost] of [
  ['contact', '<contact callsign="Tom" endpoint="*:-1:stcp" phone="+491512345678" emailAddress="tom@example.org"/>', /phone|emailAddress/],
  ['status', '<status battery="88" readiness="true"/>', /readiness/],
  ['track', '<track speed="1.5" course="90" slope="4"/>', /slope/],
  ['precisionlocation', '<precisionlocation geopointsrc="USER" altsrc="DTED0"/>', /./],
]) {
  const got = element(await through(event(xml)), name);
  console.log(`expected ${xml}\n     got ${got}`);
  same = same && (name === 'precisionlocation' ? got === 'nothing' : got !== 'nothing' && !lost.test(got));
}

// A message of another program, with the package's own copy of the protocol
const folder = 'node_modules/@tak-ps/node-cot/dist/lib/proto';
const root = new protobuf.Root();
root.resolvePath = (origin, target) => (target.startsWith(folder) ? target : `${folder}/${target}`);
await root.load(`${folder}/takmessage.proto`);
const Message = root.lookupType('atakmap.commoncommo.protobuf.v1.TakMessage');
const bytes = Message.encode(Message.fromObject({ cotEvent: {
  uid: 'ANDROID-1', type: 'a-f-G-U-C', how: 'm-g', sendTime: 1772224344771, startTime: 1772224344771, staleTime: 1772310744771,
  lat: 48.1, lon: 11.5, hae: 520, ce: 9.9, le: 9.9,
  detail: { contact: { callsign: 'Tom' }, precisionLocation: { geopointsrc: 'USER', altsrc: 'DTED0' } },
} })).finish();
const received = CoTParser.to_xml(await CoTParser.from_proto(Buffer.from(bytes)));
console.log(`received with geopointsrc USER: ${element(received, 'contact')} and ${element(received, 'precisionlocation')}`);
same = same && element(received, 'contact') !== 'nothing' && element(received, 'precisionlocation') === 'nothing';

const kept = element(await through(event('<contact callsign="Tom"/><x-contact callsign="Tom" phone="+491512345678"/>')), 'x-contact');
console.log(`under another name: ${kept}`);
same = same && kept.includes('phone="+491512345678"');
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node tak.mjs
