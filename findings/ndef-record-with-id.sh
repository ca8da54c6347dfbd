#!/usr/bin/env bash
# NDEF of NFC tags: ndef (npm) gives an id to each record behind one with an id, and .NET IoT writes zeros for it; a new NTAG has no
#   message for .NET IoT.
#
# Expected: the id of a record is there when its own IL flag is set, between type and payload (NFC Forum, NDEF 1.0, section 3.2). A reader
#   of a tag's memory steps over the TLVs that are not for it (Type 2 Tag, section 2.3); a new NTAG213 has a lock control TLV first, 01 03
#   A0 0C 34 (NXP, data sheet of the NTAG213/215/216). UTF-16 without a byte order mark is big endian (Text RTD 1.0, section 3.4).
# Seen: ndef keeps the length of an id for the records after it: a text behind a record with the id "1" has its first byte as id, and no
#   value. Iot.Device.Bindings reads the id, and writes flag and length of it and zeros in its place. Its ExtractMessage takes the 03 in the
#   lock control TLV for a message, of 160 bytes, and throws. UTF-16 is read little endian by it, and as UTF-8 by ndef.
# Why it matters: the records of a handover and of many a smart poster have ids, which others refer to. A tag is read, one text is changed,
#   all is written back, and a phone cannot follow it any more. A tag fresh from the roll is an error, one that a phone formatted is not.
# What to do: with ndef decode record by record (checked below); with .NET IoT put the id into the bytes after Serialize, and search the
#   TLVs yourself: ExtractMessage takes what begins at the message's own 03 (checked below). Keep to UTF-8.
. "$(dirname "$0")/common.bash"

npm_packages ndef@0.2.0
nuget_packages Iot.Device.Bindings@4.2.0 System.Device.Gpio@4.2.0 UnitsNet@5.75.1
dotnet_program tags <<'CS'
using System;
using Iot.Device.Ndef;

for (int i = 0; i < args.Length; i += 2)
{
    byte[] bytes = Convert.FromHexString(args[i + 1]);
    try
    {
        Console.WriteLine(args[i] switch
        {
            "rewrite" => Rewrite(bytes),
            "extract" => Convert.ToHexString(NdefMessage.ExtractMessage(bytes)),
            _ => new TextRecord(new NdefMessage(bytes).Records[0]).Text,
        });
    }
    catch (Exception error)
    {
        Console.WriteLine(error.GetType().Name);
    }
}

string Rewrite(byte[] bytes)
{
    var message = new NdefMessage(bytes);
    byte[] written = new byte[message.Length];
    message.Serialize(written);
    return Convert.ToHexString(written);
}
CS

cat > tags.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import ndef from 'ndef';

const hex = (bytes) => Buffer.from(bytes).toString('hex').toUpperCase();
const shown = (records) => records.map(({ type, id, value }) => (
  `${type}${id.length ? ` with id ${hex(id)}` : ''}: ${JSON.stringify(value)}`)).join(', ');
const decoded = (message) => ndef.decodeMessage([...Buffer.from(message, 'hex')]);
// Each record is as long as it is when it is encoded again, but for the flags of the first and the last one.
function oneByOne(message) {
  const records = [];
  for (let bytes = [...Buffer.from(message, 'hex')]; bytes.length; bytes = bytes.slice(ndef.encodeMessage([records.at(-1)]).length)) {
    records.push(ndef.decodeMessage(bytes)[0]);
  }
  return records;
}
const utf16 = (text) => {
  const payload = Buffer.concat([Buffer.from([0x82]), Buffer.from('de'), Buffer.from(text, 'utf16le').swap16()]);
  return hex(ndef.encodeMessage([ndef.record(ndef.TNF_WELL_KNOWN, ndef.RTD_TEXT, [], [...payload])]));
};

const plain = hex(ndef.encodeMessage([ndef.uriRecord('https://a.example'), ndef.textRecord('Hall', 'en')]));
const withId = hex(ndef.encodeMessage([ndef.uriRecord('https://a.example', [0x31]), ndef.textRecord('Hall', 'en')]));
const tlv = `03${hex([plain.length / 2])}${plain}FE`;
const [samePlain, lostId, phone, fresh, cured, text] = execFileSync('dotnet', ['tags.dll', 'rewrite', plain, 'rewrite', withId,
  'extract', tlv, 'extract', `0103A00C34${tlv}`, 'extract', `0103A00C34${tlv}`.slice(10), 'text', utf16('Hall')],
{ encoding: 'utf8' }).trim().split('\n');

const expected = 'U with id 31: "https://a.example", T: "Hall"';
const seen = shown(decoded(withId));
console.log(`ndef: expected ${expected}\n           got ${seen}\n         cured ${shown(oneByOne(withId))}`);
console.log(`.NET IoT, read and written: expected ${withId}\n                                 got ${lostId}`);
console.log(`  message of a tag: ${phone === plain ? 'as it is' : phone}; behind a lock control TLV: expected as it is, got ${fresh}`);
const npm = decoded(utf16('Hall'))[0].value;
console.log(`UTF-16: expected "Hall", got ${JSON.stringify(text)} of .NET IoT and ${JSON.stringify(npm)} of ndef`);
const swapped = [...'Hall'].map((character) => String.fromCharCode(character.charCodeAt(0) << 8)).join('');
const same = seen === 'U with id 31: "https://a.example", T with id 02: ""' && shown(oneByOne(withId)) === expected
  && samePlain === plain && lostId === withId.replace('01553104', '01550004')
  && phone === plain && fresh === 'IndexOutOfRangeException' && cured === plain && text === swapped && npm === '\0H\0a\0l\0l';
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node tags.mjs
