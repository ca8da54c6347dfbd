#!/usr/bin/env bash
# sparkplug-payload (npm): data messages as Sparkplug 3.0 wants them are read as null, one for each value, and nothing else of the value
#   is left.
#
# Expected: the type of a metric is said in NBIRTH and DBIRTH; in NDATA, NCMD, DDATA and DCMD it "SHOULD NOT be included" (Eclipse Sparkplug
#   3.0.0, section 6.4.6, tck-id-payloads-metric-datatype-not-req). The protobuf says by itself which of its fields holds the value (a
#   oneof), so a reader has a number, a string or a boolean in any case, and a sign only to look up.
# Seen: decodePayload() chooses the field by the type in the same message. Without one each value is null, like a metric that says
#   "is_null"; alias and timestamp are there, and the object that comes back has no other way to the value. encodePayload() cannot make
#   such a message, so a test with this package at both ends passes.
# Why it matters: leaving out the types is what a node on a narrow line does first, and what the specification's own test kit asks for. Such
#   a node is online, its births are right, and everything that it sends afterwards is "no value" for a host that uses this package (the
#   one of the Eclipse project, also below its sparkplug-client).
# What to do: keep name, alias and type of each metric of the births; read data with protobufjs, put the types in, and only then hand it to
#   decodePayload() (checked below). On a node that must be read by such hosts, send the types.
. "$(dirname "$0")/common.bash"

npm_packages sparkplug-payload@1.0.3 protobufjs@7.4.0

cat > data.mjs <<'JS'
import protobuf from 'protobufjs';
import sparkplug from 'sparkplug-payload';

const { encodePayload, decodePayload } = sparkplug.get('spBv1.0');

// What is needed here of the specification's sparkplug_b.proto.
const Payload = protobuf.parse(`
  syntax = "proto2";
  message Metric {
    optional string name = 1; optional uint64 alias = 2; optional uint64 timestamp = 3; optional uint32 datatype = 4;
    oneof value {
      uint32 int_value = 10; uint64 long_value = 11; float float_value = 12; double double_value = 13; bool boolean_value = 14;
      string string_value = 15;
    }
  }
  message Payload { optional uint64 timestamp = 1; repeated Metric metrics = 2; optional uint64 seq = 3; }
`).root.lookupType('Payload');

const DOUBLE = 10, BOOLEAN = 11, STRING = 12, INT32 = 3;
const metrics = [
  { alias: 1, timestamp: 1700000000000, intValue: 4294967291 }, { alias: 2, timestamp: 1700000000000, doubleValue: 21.5 },
  { alias: 3, timestamp: 1700000000000, booleanValue: true }, { alias: 4, timestamp: 1700000000000, stringValue: 'away' },
];
const types = [INT32, DOUBLE, BOOLEAN, STRING];
const message = (withTypes) => Payload.encode(Payload.fromObject({
  timestamp: 1700000000000, seq: 7, metrics: metrics.map((metric, i) => (withTypes ? { ...metric, datatype: types[i] } : metric)),
})).finish();

const values = (bytes) => JSON.stringify(decodePayload(bytes).metrics.map((metric) => metric.value));
const expected = JSON.stringify([-5, 21.5, true, 'away']);
const bare = message(false);
const lost = values(bare);
const typed = values(message(true));

// The way out: what came is read without the package, and gets the types of the births.
const read = Payload.decode(bare);
read.metrics.forEach((metric) => { metric.datatype = types[Number(metric.alias) - 1]; });
const completed = values(Payload.encode(read).finish());

console.log(`${bare.length} bytes without types, ${message(true).length} with`);
console.log(`on the wire, by protobufjs: ${JSON.stringify(Payload.decode(bare).metrics.map((metric) => metric.value))} hold the values`);
console.log(`NDATA without types: expected ${expected}, got ${lost}`);
console.log(`all that is left of the first metric: ${JSON.stringify(Object.keys(decodePayload(bare).metrics[0]))}`);
console.log(`NDATA with types: got ${typed}`);
console.log(`without, types put in before: got ${completed}`);
let own = 'made';
try { encodePayload({ timestamp: 1, metrics: [{ alias: 1, value: 5 }] }); } catch (error) { own = error.constructor.name; }
console.log(`encodePayload of a metric without type: ${own}`);
const same = lost === '[null,null,null,null]' && typed === expected && completed === expected && own === 'TypeError';
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node data.mjs
