#!/usr/bin/env bash
# cbor-x (npm): integers from 2^32 on, such as times in milliseconds, are written as floats; another reader's ReadInt64 refuses them.
#
# Expected: integers and floats are distinct in CBOR, "even if they have the same numeric value" (RFC 8949, section 2), and a reader of a
#   message with a schema asks for one of them. The README has an option alwaysUseFloat that writes "any number, including integers" as a
#   float: so without it an integer is written as an integer.
# Seen: up to 4294967295 it is; 4294967296 and all above, and below -4294967296 alike, are FB, a double. Six other packages of npm and
#   .NET write 1B. System.Formats.Cbor (.NET) throws when an integer is asked for and a float is there. The other way about cbor-x gives a
#   BigInt for the 1B of the others, and an ordinary number for what it wrote itself.
# Why it matters: a round trip through cbor-x alone is perfect, and ids, counters and times in seconds, which are small, pass to all
#   others for years. The one field in milliseconds or microseconds, or the first id above 2^32, is what the board or the service refuses.
# What to do: hand such numbers to cbor-x as BigInt and decode with int64AsNumber: true (checked below); or keep to seconds.
. "$(dirname "$0")/common.bash"

npm_packages cbor-x@1.6.8 cbor@10.0.12 cbor2@2.3.0 cborg@6.1.5 borc@3.0.0 cbor-sync@1.0.4 @stablelib/cbor@2.0.4
nuget_packages System.Formats.Cbor@10.0.15
dotnet_program reader <<'CS'
using System;
using System.Formats.Cbor;

if (args[0] == "write")
{
    var writer = new CborWriter();
    writer.WriteInt64(long.Parse(args[1]));
    Console.WriteLine(Convert.ToHexString(writer.Encode()).ToLowerInvariant());
    return;
}
try { Console.WriteLine(new CborReader(Convert.FromHexString(args[1])).ReadInt64()); }
catch (InvalidOperationException error) { Console.WriteLine(error.GetType().Name); }
CS

cat > integers.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import borc from 'borc';
import cbor from 'cbor';
import cborsync from 'cbor-sync';
import { Decoder, decode, encode } from 'cbor-x';
import * as cbor2 from 'cbor2';
import * as cborg from 'cborg';
import * as stablelib from '@stablelib/cbor';

const others = { cbor, cbor2, cborg, borc, 'cbor-sync': cborsync, '@stablelib/cbor': stablelib };
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const net = (...words) => execFileSync('dotnet', ['reader.dll', ...words], { encoding: 'utf8' }).trim();
const seen = (value) => (typeof value === 'bigint' ? `BigInt ${value}` : `number ${value}`);

const time = 1700000000000;
const integer = '1b0000018bcfe56800';
let same = hex(encode(4294967295)) === '1affffffff' && hex(encode(4294967296)) === 'fb41f0000000000000';
console.log(`cbor-x: 4294967295 is ${hex(encode(4294967295))}, 4294967296 is ${hex(encode(4294967296))}`);
console.log(`expected of ${time}: ${integer}`);
for (const [name, { encode: other }] of Object.entries(others)) {
  console.log(`  ${name}: ${hex(other(time))}`);
  if (hex(other(time)) !== integer) same = false;
}
const float = hex(encode(time));
const refused = net('read', float);
const received = decode(Buffer.from(net('write', String(time)), 'hex'));
console.log(`  System.Formats.Cbor: ${net('write', String(time))}`);
console.log(`  cbor-x: ${float}`);
console.log(`ReadInt64 of what cbor-x wrote: ${refused}`);
console.log(`what .NET wrote, in cbor-x: ${seen(received)}; its own: ${seen(decode(encode(time)))}`);
const asBigInt = net('read', hex(encode(BigInt(time))));
const asNumber = new Decoder({ int64AsNumber: true }).decode(Buffer.from(integer, 'hex'));
console.log(`written as BigInt: ${asBigInt}; read with int64AsNumber: ${seen(asNumber)}`);
same = same && float === 'fb4278bcfe56800000' && refused === 'InvalidOperationException' && received === BigInt(time)
  && decode(encode(time)) === time && asBigInt === String(time) && asNumber === time;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node integers.mjs
