#!/usr/bin/env bash
# direwolf: its log2gpx writes the latitude where the elevation belongs: a hut in the Alps is at 46 m, a ship off Cape Horn 56 m below.
#
# Expected: log2gpx converts the logs of direwolf to GPX, moving stations to tracks (log2gpx(1)); ele is the elevation in metres (GPX 1.1,
#   wptType). The log has the altitude of each station in its column "altitude", in metres.
# Seen: each point with an altitude gets its latitude, to one decimal, as its elevation; speed, course and time are right. The comment of
#   a station also stays with its later point that has none. The log itself, made here by direwolf from its own tones, is right.
# Why it matters: a balloon's flight of 30 km is a line at 47.5 m, and one that drifts north climbs 1 m in 111 km. Nothing looks broken:
#   the map is right, in flat country the profile is plausible, and the sum of a day's climbs is a few metres.
# What to do: take the altitude from the column of the log and put it into the GPX file, matched by latitude, longitude and time.
. "$(dirname "$0")/common.bash"

debian_packages direwolf

cat > tracker.txt <<'T'
N0CALL-9>APRS:!4600.00N/00730.00E>090/010/A=009514at the hut
N0CALL-9>APRS:!4600.00N/00731.00E>090/010/A=009843
N0CALL-8>APRS:!5558.80S/06716.20Ws180/010/A=000033off the cape
T
gen_packets -o tracker.wav tracker.txt > tones.log
printf 'ADEVICE stdin null\nACHANNELS 1\nCHANNEL 0\nMYCALL N0CALL\nMODEM 1200\nAGWPORT 0\nKISSPORT 0\n' > direwolf.conf
mkdir log
# A second of silence and of patience, as direwolf ends with its input, though a packet waits to be written.
{ cat tracker.wav; head -c 88200 /dev/zero; sleep 2; } |
  timeout 60 direwolf -c direwolf.conf -t 0 -l log -r 44100 - > direwolf.log 2>&1 || true
log2gpx log/*.log > tracker.gpx

cat > compare.mjs <<'JS'
import { readFileSync } from 'node:fs';

const [head, ...rows] = readFileSync(process.argv[2], 'utf8').trim().split('\n').map((row) => row.split(','));
const expected = rows.map((row) => {
  const of = (column) => row[head.indexOf(column)];
  return `${of('latitude')} ${of('longitude')}: ${of('altitude')} m "${of('comment')}"`;
});
// Each point of a track, and one for each station where it was last.
const point = /<(trkpt|wpt) lat="([^"]*)" lon="([^"]*)">(.*?)<\/\1>/gs;
const got = [...readFileSync(process.argv[3], 'utf8').matchAll(point)].map(([, , lat, lon, inside]) => {
  const of = (element) => new RegExp(`<${element}>(.*)</${element}>`).exec(inside)?.[1] ?? '';
  return `${lat} ${lon}: ${of('ele')} m "${of('cmt')}"`;
});
console.log(`expected, what the log of direwolf says:\n  ${expected.join('\n  ')}`);
console.log(`seen, in the GPX file of log2gpx:\n  ${got.join('\n  ')}`);
const same = expected.join() === [
  '46.000000 7.500000: 2899.9 m "at the hut"', '46.000000 7.516667: 3000.1 m ""', '-55.980000 -67.270000: 10.1 m "off the cape"',
].join() && [...got].sort().join() === [
  '-55.980000 -67.270000: -56.0 m "off the cape"', '46.000000 7.500000: 46.0 m "at the hut"', '46.000000 7.516667: 46.0 m ""',
  '46.000000 7.516667: 46.0 m "at the hut"',
].join();
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node compare.mjs log/*.log tracker.gpx
