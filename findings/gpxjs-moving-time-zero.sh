#!/usr/bin/env bash
# @we-gold/gpxjs (npm): with a point each minute nobody ever moved, a plane neither, and the last minute is not part of the track.
#
# Expected: movingDuration is the time that the track was faster than avgSpeedThreshold, 0.000215 m/ms where not given, which is 0.215 m/s;
#   totalDuration is the track's time, endTime its end (README of the package).
# Seen: the average is taken over the points of the last ten seconds. With more than ten seconds from point to point there is one, the sum
#   of times is 0, and the speed with it: movingDuration 0, at 250 m/s too. With a point each second each is counted with its distance in
#   time from the newest, so that a speed of 1.0 m/s is below the 0.215. The last point is left out of the times: endTime is that of the
#   one before it, and 20 points, one a minute, last 18 minutes in place of 19.
# Why it matters: trackers on batteries, on LoRa and over SMS send a position a minute or less often. "0 s moving" beside 285 km is
#   noticed; a slow walk that "moved" 9 s of 10 minutes, and a ride that ends a minute early, are not.
# What to do: take the sum of the times between points whose own speed is above the threshold (checked below), and the time of the last
#   point. Do not take the example of the README, avgSpeedThreshold 0.1: that is 360 km/h.
. "$(dirname "$0")/common.bash"

npm_packages @we-gold/gpxjs@1.2.0 @xmldom/xmldom@0.8.10

cat > moving.mjs <<'JS'
import { createRequire } from 'node:module';
import { parseGPXWithCustomParser } from '@we-gold/gpxjs';

const { DOMParser } = createRequire(import.meta.url)('@xmldom/xmldom');
const start = Date.UTC(2026, 8, 21, 12);
const time = (seconds) => new Date(start + seconds * 1000).toISOString();
// Points due north, at an even speed.
function track(count, every, speed) {
  const points = Array.from({ length: count }, (_, i) => (
    `<trkpt lat="${(47 + i * every * speed / 111195).toFixed(7)}" lon="8.5"><time>${time(i * every)}</time></trkpt>`));
  return `<?xml version="1.0"?><gpx version="1.1" creator="finding" xmlns="http://www.topografix.com/GPX/1/1">
<trk><trkseg>${points.join('')}</trkseg></trk></gpx>`;
}
function moving({ points, distance }) {
  let sum = 0;
  for (let i = 1; i < points.length; i++) {
    const seconds = (points[i].time - points[i - 1].time) / 1000;
    if (distance.cumulative[i] - distance.cumulative[i - 1] > 0.215 * seconds) sum += seconds;
  }
  return sum;
}

let same = true;
for (const [what, count, every, speed, finding] of [
  ['bicycle', 600, 1, 5, 598], ['slow walk', 600, 1, 1, 9], ['walk', 100, 10, 1.4, 980], ['walk', 100, 11, 1.4, 0],
  ['plane', 20, 60, 250, 0],
]) {
  const xml = (text) => new DOMParser().parseFromString(text, 'text/xml');
  const [{ tracks: [parsed] }] = parseGPXWithCustomParser(track(count, every, speed), xml);
  const { movingDuration, totalDuration, endTime } = parsed.duration;
  const whole = (count - 1) * every;
  console.log(`${what}, ${speed} m/s, each ${every} s, ${Math.round(parsed.distance.total)} m: expected to move ${whole} s of `
    + `${whole} s; seen ${movingDuration} s of ${totalDuration} s, end ${whole - (endTime - start) / 1000} s early; `
    + `cured ${moving(parsed)} s`);
  same = same && movingDuration === finding && totalDuration === whole - every && endTime - start === (whole - every) * 1000
    && moving(parsed) === whole;
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node moving.mjs
