#!/usr/bin/env bash
# gps (npm): most of the time state.time has the time of the satellites and the date of the computer, also when the receiver has said the
#   date.
#
# Expected: of the sentences of a receiver RMC and ZDA have a date and GGA, GLL, GNS the time alone (NMEA 0183). state is "updated in
#   place" and has "the latest available navigation values" (README), so the date of the last RMC goes with the times that follow.
# Seen: a time without a date gets the date of the computer's own clock. A receiver sends RMC first and GLL last each second, so
#   state.time has the receiver's date for some milliseconds and the computer's for the rest of the second. A computer that woke up in
#   January 2000 stays there; a log that is played back jumps between its day and today; around midnight in UTC, with a computer 0.3 s
#   ahead, the last fix of the day is a day in the future.
# Why it matters: the clock of a gateway without a battery is set by its GPS, which is why this package is there. "Set the clock to
#   state.time" sets it to the right time of the day that it had before, unless RMC was the last sentence. In a test on a computer with a
#   right clock nothing shows.
# What to do: take the time only from RMC or ZDA, in "data" events (checked below), or keep the date of the last one yourself.
. "$(dirname "$0")/common.bash"

npm_packages gps@0.9.0

cat > date.mjs <<'JS'
import GPS from 'gps';

const sentence = (text) => {
  const sum = Array.from(text).reduce((all, letter) => all ^ letter.charCodeAt(0), 0);
  return `$${text}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
};

// The computer's clock stands at the given time.
const RealDate = Date;
let clock = 0;
globalThis.Date = class extends RealDate {
  constructor(...values) { super(...(values.length ? values : [clock])); }
  static now() { return clock; }
};

// What a receiver sends each second, in the order of u-blox
const second = (time, date) => [
  `GNRMC,${time},A,4807.038,N,01131.000,E,0.0,,${date},,,A,V`, 'GNVTG,,T,,M,0.004,N,0.008,K,A',
  `GNGGA,${time},4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,`, 'GNGSA,A,3,80,71,73,79,69,,,,,,,,1.83,1.09,1.47,2',
  `GNGLL,4807.038,N,01131.000,E,${time},A,A`,
].map(sentence);

let same = true;
function run(what, computer, time, date, wanted, finding) {
  clock = RealDate.parse(computer);
  const receiver = new GPS();
  let told;
  receiver.on('data', (data) => { if (data.type === 'RMC') told = data.time.toISOString(); });
  const after = {};
  for (const line of second(time, date)) {
    receiver.update(line);
    after[line.slice(3, 6)] = receiver.state.time.toISOString();
  }
  console.log(`${what}: expected ${wanted}, got ${after.RMC} after RMC, ${after.GGA} after GGA, ${after.GLL} after GLL`);
  same = same && told === wanted && after.RMC === wanted && after.GGA === finding && after.GLL === finding;
}
const noon = '2026-03-23T12:35:19.500Z';
run('computer right', '2026-03-23T12:35:19.700Z', '123519.50', '230326', noon, noon);
run('computer in 2000', '2000-01-01T00:00:40.000Z', '123519.50', '230326', noon, '2000-01-01T12:35:19.500Z');
run('log of another day', '2026-11-28T09:00:00.000Z', '123519.50', '230326', noon, '2026-11-28T12:35:19.500Z');
run('midnight, computer 0.3 s ahead', '2026-03-24T00:00:00.100Z', '235959.80', '230326', '2026-03-23T23:59:59.800Z',
  '2026-03-24T23:59:59.800Z');
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node date.mjs
