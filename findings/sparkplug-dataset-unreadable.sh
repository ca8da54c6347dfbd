#!/usr/bin/env bash
# sparkplug-payload (npm): a DataSet with a column of Int32, DateTime or six other types is written, and nobody who uses this package
#   can read the message.
#
# Expected: the columns of a DataSet have any of the fourteen basic types (Eclipse Sparkplug 3.0.0, section 6.4.11,
#   tck-id-payloads-dataset-types-value), and the parameters of a Template too. What encodePayload() writes decodePayload() reads.
# Seen: encodePayload() takes them all. decodePayload() knows UInt32, Int64, Float, Double, Boolean and String in a DataSet, and throws
#   "Invalid DataSetValue" for Int8, Int16, Int32, UInt8, UInt16, UInt64, DateTime and Text, so the metrics beside it are lost too. A
#   metric of each of these types, outside of a DataSet, is read. The same goes for the parameters of a Template. An Int64 in a DataSet
#   has lost its sign: -5 is 18446744073709551611.
# Why it matters: a log has a time and a number in each row. A node's birth with such a table is valid, and for a host with this package
#   (the Eclipse project's) the node has no birth at all: its other metrics are unknown too, and asking for a rebirth brings the same
#   message.
# What to do: as a node, send integers and times in DataSets as Double, which is exact to 53 bits (checked below). As a host, decode in a
#   try of your own.
. "$(dirname "$0")/common.bash"

npm_packages sparkplug-payload@1.0.3

cat > dataset.mjs <<'JS'
import sparkplug from 'sparkplug-payload';

const { encodePayload, decodePayload } = sparkplug.get('spBv1.0');
const values = {
  Int8: 5, Int16: 5, Int32: 5, Int64: 5, UInt8: 5, UInt16: 5, UInt32: 5, UInt64: 5, Float: 1.5, Double: 1.5, Boolean: true, String: 'a',
  DateTime: 1700000000000, Text: 'a',
};
const level = { name: 'level', type: 'Double', value: 2.5 };
const birth = (metric) => encodePayload({ timestamp: 1700000000000, seq: 0, metrics: [level, metric] });
const table = (type, value = values[type]) => (
  { name: 'log', type: 'DataSet', value: { numOfColumns: 1, types: [type], columns: ['c'], rows: [[value]] } });
const reads = (bytes) => {
  try { return decodePayload(bytes).metrics.length; } catch (error) { return error.message; }
};
const alone = Object.keys(values).filter((type) => reads(birth({ name: 'alone', type, value: values[type] })) !== 2);
const unreadable = Object.keys(values).filter((type) => reads(birth(table(type))) !== 2);
console.log(`a birth with one more metric: not read for ${alone.length} types`);
console.log(`a birth with a DataSet: expected to be read for all, not read for ${unreadable.length}: ${unreadable.join(' ')}`);
console.log(`  Int32: ${reads(birth(table('Int32')))}`);
const template = birth({ name: 't', type: 'Template', value: {
  isDefinition: true, version: '1', metrics: [], parameters: [{ name: 'size', type: 'Int32', value: 5 }],
} });
console.log(`a Template with an Int32 parameter: ${reads(template)}`);
const cell = (type, value) => String(decodePayload(birth(table(type, value))).metrics[1].value.rows[0][0]);
const negative = cell('Int64', -5);
console.log(`-5 as Int64: ${negative}; alone ${decodePayload(birth({ name: 'alone', type: 'Int64', value: -5 })).metrics[1].value}`);
const cured = `${cell('Double', -5)} ${cell('Double', values.DateTime)}`;
console.log(`-5 and a time as Double: ${cured}`);

const same = alone.length === 0 && unreadable.join() === 'Int8,Int16,Int32,UInt8,UInt16,UInt64,DateTime,Text'
  && reads(template).toString().startsWith('Invalid Parameter')
  && negative === '18446744073709551611' && cured === `-5 ${values.DateTime}`;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node dataset.mjs
