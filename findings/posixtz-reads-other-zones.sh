#!/usr/bin/env bash
# posixtz (npm): of the time zone strings that it writes itself, it reads those of the south, of half hours and without letters as others.
#
# Expected: the package "contains functions for working with POSIX time zones": formatPosixTZ() makes a board's string of an IANA name,
#   and getOffsetForLocalDateWithPosixTZ() gives the offset of a date in such a string. POSIX.1-2017, section 8.3, has offsets of
#   hh[:mm[:ss]], names in <>, and summer times that begin in October and end in April.
# Seen: the one goes through the other, for January and July 2026. New York, Berlin and Tokyo are right. "IST-5:30" (India) is 5 hours.
#   "<+03>-3" (Istanbul, Riyadh) is 3 hours WEST, and "<+0545>-5:45" (Kathmandu) is 5 hours west: the last digit of the name is taken for
#   the offset; "<-03>3" (Buenos Aires) is right by luck. Sydney and Auckland never have summer time, Nuuk has lost its own. That is a
#   third of all zones. Nothing is thrown.
# Why it matters: tests are written for the zone of one's own and for New York. On the page that shows a board's times India is off by
#   half an hour, Sydney by an hour from October to April, Istanbul by six hours, each with a well-formed offset behind it.
# What to do: keep the IANA name beside the board's string and let Intl.DateTimeFormat count; or read the string yourself: names in <>
#   first, then hh:mm:ss, and a summer time whose end is before its beginning is over the turn of the year.
. "$(dirname "$0")/common.bash"

npm_packages posixtz@1.0.0 moment@2.30.1 moment-timezone@0.5.48

cat > zones.mjs <<'JS'
import posixtz from 'posixtz';

const { formatPosixTZ, getOffsetForLocalDateWithPosixTZ } = posixtz;
const days = ['2026-01-15', '2026-07-15'];

// Minutes east of UTC at noon of a day, as the time zone data of Node says
function expected(zone, day) {
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(Date.parse(`${day}T12:00:00Z`))
    .find(({ type }) => type === 'timeZoneName').value;
  const [, sign = '+', hours = 0, minutes = 0] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name);
  return Number(`${sign}1`) * (hours * 60 + Number(minutes));
}
const read = (zone, day) => getOffsetForLocalDateWithPosixTZ(`${day}T12:00:00`, formatPosixTZ(zone, 2026));

const finding = {
  'America/New_York': [-300, -240], 'Europe/Berlin': [60, 120], 'Asia/Tokyo': [540, 540], 'America/Argentina/Buenos_Aires': [-180, -180],
  'Asia/Kolkata': [300, 300], 'Asia/Kathmandu': [-300, -300], 'Europe/Istanbul': [-180, -180], 'Asia/Riyadh': [-180, -180],
  'Australia/Sydney': [600, 600], 'Pacific/Auckland': [720, 720], 'America/Nuuk': [-120, -120],
};
let same = true;
for (const [zone, found] of Object.entries(finding)) {
  const [wanted, got] = [expected, read].map((offset) => days.map((day) => offset(zone, day)));
  console.log(`${zone} ${formatPosixTZ(zone, 2026)}: expected ${wanted} minutes (January, July), got ${got}`);
  if (String(got) !== String(found)) same = false;
}
const all = Intl.supportedValuesOf('timeZone');
const wrong = all.filter((zone) => days.some((day) => read(zone, day) !== expected(zone, day))).length;
console.log(`wrong in January or July: ${wrong} of ${all.length} zones`);
same = same && wrong > all.length / 4 && wrong < all.length / 2;
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node zones.mjs
