#!/usr/bin/env bash
# gpx-parse (npm): what is 0 in a GPX file is -1: the beach is under water, Greenwich 69 km to the west, no elevation is -1 too.
#
# Expected: lat and lon of a point are degrees, 0 too; ele is metres and may be absent (GPX 1.1, wptType). The package documents all three
#   as numbers, and gives null for a time that is not there.
# Seen: each of the three that is 0 or absent is -1. A track from longitude 0.001 over 0 to -0.001 goes to -1 degree and back, 138 km in
#   place of 138 m by the package's own utils.calculateDistance; the equator is at -1 degree, 111 km off. At sea level a track is at -1 m,
#   and so is one of a tracker that sends no elevation. 0.4 m is right. @tmcw/togeojson has all of it right.
# Why it matters: exactly 0 is rare for a latitude, not for an elevation: receivers give whole metres, and a boat or a dike has it all day.
#   The sums are wrong by metres that nobody looks at: a walk on the beach climbs 1 m for each time it touches the water's edge.
# What to do: parse with @tmcw/togeojson (checked below), or take -1 for unknown and look into the file.
. "$(dirname "$0")/common.bash"

npm_packages gpx-parse@0.10.4 @tmcw/togeojson@7.1.3 @xmldom/xmldom@0.8.10

cat > zero.mjs <<'JS'
import { gpx as togeojson } from '@tmcw/togeojson';
import xmldom from '@xmldom/xmldom';
import gpx from 'gpx-parse';

const point = ([lat, lon, ele]) => `<trkpt lat="${lat}" lon="${lon}">${ele === undefined ? '' : `<ele>${ele}</ele>`}</trkpt>`;
const file = (points) => `<?xml version="1.0"?><gpx version="1.1" creator="finding" xmlns="http://www.topografix.com/GPX/1/1">
<trk><trkseg>${points.map(point).join('')}</trkseg></trk></gpx>`;
async function parsed(points) {
  const data = await new Promise((resolve, reject) => {
    gpx.parseGpx(file(points), (error, result) => (error ? reject(error) : resolve(result)));
  });
  return data.tracks[0].segments[0].map(({ lat, lon, elevation }) => [lat, lon, elevation]);
}
function other(points) {
  const { features } = togeojson(new xmldom.DOMParser().parseFromString(file(points), 'text/xml'));
  return features[0].geometry.coordinates.map(([lon, lat, ele]) => [lat, lon, ele]);
}
const shown = (points) => points.map(([lat, lon, ele]) => `${lat} ${lon} ${ele ?? 'none'}`).join(', ');
let same = true;
for (const [where, points, finding] of [
  ['Greenwich', [[51.48, 0.001, 45], [51.48, 0, 46], [51.48, -0.001, 47]], [[51.48, 0.001, 45], [51.48, -1, 46], [51.48, -0.001, 47]]],
  ['equator', [[0.5, 36, 1500], [0, 36, 1500]], [[0.5, 36, 1500], [-1, 36, 1500]]],
  ['beach', [[54.5, 8.3, 0.4], [54.5, 8.3001, 0], [54.5, 8.3002, 1]], [[54.5, 8.3, 0.4], [54.5, 8.3001, -1], [54.5, 8.3002, 1]]],
  ['without elevation', [[47.1, 8.1], [47.2, 8.2]], [[47.1, 8.1, -1], [47.2, 8.2, -1]]],
]) {
  const got = await parsed(points);
  console.log(`${where}: expected ${shown(points)}`);
  console.log(`  gpx-parse ${shown(got)}; @tmcw/togeojson ${shown(other(points))}`);
  same = same && JSON.stringify(got) === JSON.stringify(finding) && shown(other(points)) === shown(points);
  if (where === 'Greenwich') {
    const length = (track) => track.slice(1).reduce((sum, [lat, lon], i) => (
      sum + gpx.utils.calculateDistance(track[i][0], track[i][1], lat, lon)), 0);
    console.log(`  length: ${length(points)} km, of what gpx-parse gives: ${length(got)} km`);
    same = same && Math.abs(length(points) - 0.138) < 0.001 && Math.abs(length(got) - 138.4) < 0.1;
  }
}
console.log(same ? 'as in the finding' : 'CHANGED: not what the finding says');
process.exit(same ? 0 : 1);
JS
node zero.mjs
