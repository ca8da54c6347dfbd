#!/usr/bin/env bash
# serialport (npm), ready parser: a prompt that comes after an empty line is not seen, and nothing of what the board says is handed on.
#
# Expected: the parser "waits for a sequence of "ready" bytes", raises "ready" and then passes the data on (its own documentation),
#   wherever in the stream that sequence is.
# Seen: when a byte does not fit it starts over behind that byte, and does not ask whether the byte itself begins the sequence. Of CR LF
#   CR LF > the second CR ends the first attempt and is gone, so the sequence CR LF > is missed. So are ">>> " after one more ">", "OK"
#   after an "O", and 55 AA in 55 55 AA. The next place where it comes is found, if there is one; until then no byte is passed on.
# Why it matters: a board prints its prompt once and waits, and so does the program, each for the other. Whether a blank line or a doubled
#   byte stands before the prompt is a matter of the boot log: one firmware version works and the next one does not.
# What to do: choose a sequence whose first byte does not come again in it and cannot stand just before it (checked below), or look for it
#   in the text with a line parser.
. "$(dirname "$0")/common.bash"

npm_packages @serialport/parser-ready@13.0.0

cat > ready.mjs <<'JS'
import { once } from 'node:events';
import { ReadyParser } from '@serialport/parser-ready';

async function read(delimiter, stream) {
  const parser = new ReadyParser({ delimiter });
  let ready = false;
  let data = '';
  parser.on('ready', () => { ready = true; });
  parser.on('data', (piece) => { data += piece.toString('latin1'); });
  parser.end(Buffer.from(stream, 'latin1'));
  await once(parser, 'end');
  return ready ? `ready, then ${JSON.stringify(data)}` : `not ready, ${JSON.stringify(data)}`;
}
let same = true;
for (const [delimiter, stream, finding] of [
  ['\r\n> ', 'boot\r\n> hello', 'ready, then "hello"'], ['\r\n> ', 'boot\r\n\r\n> hello', 'not ready, ""'],
  ['>>> ', '\r\n>>> hello', 'ready, then "hello"'], ['>>> ', '\r\n>>>> hello', 'not ready, ""'],
  ['OK', 'ATOOK', 'not ready, ""'], ['\x55\xaa', '\x55\x55\xaahello', 'not ready, ""'],
  ['\r\n> ', 'boot\r\n\r\n> hello\r\n> world', 'ready, then "world"'], ['> ', 'boot\r\n\r\n> hello', 'ready, then "hello"'],
]) {
  const at = stream.indexOf(delimiter) + delimiter.length;
  const got = await read(delimiter, stream);
  const wanted = `ready, then ${JSON.stringify(stream.slice(at))}`;
  console.log(`${JSON.stringify(delimiter)} in ${JSON.stringify(stream)}: expected ${wanted}, got ${got}`);
  if (got !== finding) same = false;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node ready.mjs
