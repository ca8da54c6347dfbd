#!/usr/bin/env bash
# utm-converter, utm-latlng and utm (npm): Bergen is in zone 31, Copenhagen in 32, and at 180 degrees there is a zone 61 (apt-get).
#
# Expected: a zone of UTM is 6 degrees wide, but for two places: 32V reaches to the west as far as 3 degrees (the coast of Norway), and
#   around Svalbard there are 31X, 33X, 35X and 37X only (NGA, The Universal Grids, NGA.STND.0037, 3-1). Zones are 1 to 60; 180 degrees is
#   -180, zone 1. GeographicLib's GeoConvert and npm's mgrs keep to it.
# Seen: utm-converter knows neither place: Bergen is in zone 31, Longyearbyen in 33 as it should, the north-east of Svalbard in 34.
#   utm-latlng knows both, and has one more, where 54.5 to 58 degrees north and 8 to 13 east are all zone 32: Copenhagen. At 180 degrees
#   utm-latlng and utm give zone 61, which utm itself does not take back, "zone number out of range". All else each of them turns back to
#   the right place.
# Why it matters: that each package agrees with itself is what a test finds. Somebody with a map, a receiver or another package has a
#   position 330 km to the side if the zone goes without saying, as it does among people of one place, and otherwise a square that is not on
#   the sheet.
# What to do: ask mgrs for the zone, and give it to utm, whose third argument it is (checked below).
. "$(dirname "$0")/common.bash"

npm_packages utm-converter@0.1.1 utm-latlng@1.0.8 utm@1.1.1 mgrs@2.2.0
debian_packages geographiclib-tools

cat > zones.mjs <<'JS'
import { spawnSync } from 'node:child_process';
import mgrs from 'mgrs';
import utm from 'utm';
import UtmConverter from 'utm-converter';
import UTMLatLng from 'utm-latlng';

const converter = new UtmConverter();
const latlng = new UTMLatLng();
const shown = (zone, easting, northing) => `${zone} ${Math.round(easting)} ${Math.round(northing)}`;
const packages = {
  'utm-converter': (latitude, longitude) => {
    const { coord, zone } = converter.toUtm({ coord: { latitude, longitude } });
    return shown(zone, coord.x, coord.y);
  },
  'utm-latlng': (latitude, longitude) => {
    const { ZoneNumber, Easting, Northing } = latlng.convertLatLngToUtm(latitude, longitude, 1);
    return shown(ZoneNumber, Easting, Northing);
  },
  utm: (latitude, longitude, zone) => {
    const { zoneNum, easting, northing } = utm.fromLatLon(latitude, longitude, zone);
    return shown(zoneNum, easting, northing);
  },
};
const attempt = (call) => { try { return call(); } catch (error) { return 'error'; } };
function geoConvert(latitude, longitude) {
  const { stdout } = spawnSync('GeoConvert', ['-u', '-p', '0'], { input: `${latitude} ${longitude}\n`, encoding: 'utf8' });
  const [zone, easting, northing] = stdout.trim().split(' ');
  return shown(parseInt(zone, 10), easting, northing);
}

let same = true;
for (const [where, latitude, longitude, wrong] of [
  ['Zurich', 47.3769, 8.5417, {}], ['Sydney', -33.8688, 151.2093, {}],
  ['Bergen', 60.39, 5.32, { 'utm-converter': '31' }], ['Longyearbyen', 78.22, 15.65, {}],
  ['Nordaustlandet', 79.8, 20.5, { 'utm-converter': '34' }], ['Copenhagen', 55.6761, 12.5683, { 'utm-latlng': '32' }],
  ['Taveuni', -16.8, 180, { 'utm-converter': 'error', 'utm-latlng': '61', utm: '61' }],
]) {
  const wanted = geoConvert(latitude, longitude);
  const got = Object.fromEntries(Object.entries(packages).map(([name, call]) => [name, attempt(() => call(latitude, longitude))]));
  const zone = parseInt(mgrs.forward([longitude === 180 ? -180 : longitude, latitude]), 10);
  const own = packages.utm(latitude, longitude === 180 ? -180 : longitude, zone);
  const list = Object.entries(got).map((pair) => pair.join(' ')).join(', ');
  console.log(`${where}: expected ${wanted}; ${list}; with the zone of mgrs ${own}`);
  const near = (text) => { // to the metre
    const [a, b] = [text, wanted].map((one) => one.split(' ').map(Number));
    return a[0] === b[0] && Math.abs(a[1] - b[1]) <= 1 && Math.abs(a[2] - b[2]) <= 1;
  };
  same = same && near(own) && Object.entries(got).every(([name, text]) => (wrong[name] ? text.split(' ')[0] === wrong[name] : near(text)));
}
const back = attempt(() => utm.toLatLon(180211, 8140148, 61, 'K'));
console.log(`utm, zone 61 back: ${back}`);
same = same && back === 'error';
const { coord } = converter.toWgs(converter.toUtm({ coord: { latitude: 60.39, longitude: 5.32 } }));
console.log(`utm-converter, Bergen there and back: ${coord.latitude.toFixed(4)} ${coord.longitude.toFixed(4)}`);
same = same && coord.latitude.toFixed(4) === '60.3900' && coord.longitude.toFixed(4) === '5.3200';
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node zones.mjs
